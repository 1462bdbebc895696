#include "product.h"

#include <stdbool.h>
#include <stddef.h>

#define FURTHEST_OFFSET 65535

static bool fits_tiles(const nf_mve_product *product)
{
    return product->tokens >= NF_TILE && product->rows >= NF_TILE && product->inner <= NF_TILE_MOST &&
           product->correction == NULL && 3 * product->token_stride + 2 * product->output_stride <= FURTHEST_OFFSET;
}

/* Whole tiles; a group of rows that they cannot do is done row by row. */
static void run_tiles(const nf_mve_product *product, int32_t rows, int32_t tokens)
{
    int32_t row = 0;

    while (row < rows) {
        row = rows - NF_TILE * nf_mve_tiles(product, row);
        if (row < rows) {
            nf_mve_product_rows(product, row, row + NF_TILE, 0, tokens);
            row += NF_TILE;
        }
    }
}

void nf_mve_product_run(const nf_mve_product *product)
{
    int32_t rows = 0, tokens = 0;

    if (fits_tiles(product)) {
        rows = product->rows - product->rows % NF_TILE;
        tokens = product->tokens - product->tokens % NF_TILE;
        run_tiles(product, rows, tokens);
    }
    if (tokens > 0 && rows < product->rows) {
        nf_mve_product_rows(product, rows, product->rows, 0, tokens);
    }
    if (tokens < product->tokens) {
        nf_mve_product_rows(product, 0, product->rows, tokens, product->tokens);
    }
}
