/* Rows of int8 times rows of int8, requantized: what linear layers, convolutions and attention come down to. */
#ifndef NANOFORMER_KERNELS_MVE_PRODUCT_H
#define NANOFORMER_KERNELS_MVE_PRODUCT_H

#include <stdint.h>

#define NF_TILE 4         /* tokens and rows of a tile */
#define NF_TILE_VALUES 16 /* int8 values of a vector */
#define NF_TILE_VECTORS 8 /* the longest row of a tile, in whole vectors */
#define NF_TILE_MOST (NF_TILE_VECTORS * NF_TILE_VALUES + NF_TILE_VALUES - 1)

/* y[t][n] = store(requantize(bias[n] + correction[t] + sum over k of x[t][k] * weights[n][k], multiplier[n], shift[n])).
 * Strides in bytes: value (t, n) is stored at y[t * token_stride + n * output_stride]. tiles.S knows the fields by their order. */
typedef struct nf_mve_product {
    const int8_t *x, *weights;
    int8_t *y;
    int32_t tokens, rows, inner;
    int32_t x_stride, weight_stride, token_stride, output_stride;
    const int32_t *bias, *multiplier, *shift;
    int32_t constants_step;    /* 1; or 0: multiplier and shift are four equal values that hold for all rows */
    const int32_t *correction; /* null: none; otherwise there are no more than four tokens */
    int32_t zero_point, low, high;
} nf_mve_product;

void nf_mve_product_run(const nf_mve_product *product);

/* The part of it with rows from `row` to `row_end` and tokens from `token` to `token_end`, any sizes, any shifts. */
void nf_mve_product_rows(const nf_mve_product *product, int32_t row, int32_t row_end, int32_t token, int32_t token_end);

/* Rows from `row` on and all tokens, in whole groups of four of either, until a group has a shift of 0 or more, which it cannot do. Rows of
 * 1..NF_TILE_MOST values, 3 * token_stride + 2 * output_stride within 16 bits, no corrections. Returns the groups of rows left. */
int32_t nf_mve_tiles(const nf_mve_product *product, int32_t row);

#endif
