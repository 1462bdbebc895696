/* A tile of queries at a time: scores, softmax into shares that lie side by side, context. What does not fill a tile goes row by row. */
#include "../composed_attention.h"
#include "../scalar/scalar.h"
#include "../softmax_scale.h"
#include "portable.h"
#include "tile.h"

static const nf_kernels row_by_row = {.matmul_s8 = nf_scalar_matmul_s8, .softmax_s8 = nf_portable_softmax_s8};

/* One of the two products: `columns` rows of int8, `stride` apart, with a zero point, times tokens. */
typedef struct product {
    const int8_t *rows;
    int32_t stride, columns, inputs, zero_point;
    nf_tile_scale scale;
} product;

/* y[t * token_stride + column]; token_sums: of each token's values, for the rows' zero point. The last tile may do some columns again. */
static void multiply(const product *p, const int16_t *tokens, const int32_t token_sums[NF_TILE_TOKENS], int8_t *y,
                     int32_t token_stride)
{
    for (int32_t n = 0; n < p->columns; n += NF_TILE_ROWS) {
        const int32_t first = n + NF_TILE_ROWS <= p->columns ? n : p->columns - NF_TILE_ROWS;
        int32_t sums[NF_TILE_ROWS][NF_TILE_TOKENS];
        for (int32_t t = 0; t < NF_TILE_TOKENS; t++) {
            const int32_t correction = -p->zero_point * token_sums[t];
            for (int32_t row = 0; row < NF_TILE_ROWS; row++) {
                sums[row][t] = correction;
            }
        }
        nf_tile_multiply(tokens, p->rows + first * p->stride, p->stride, p->inputs, sums);
        for (int32_t t = 0; t < NF_TILE_TOKENS; t++) {
            for (int32_t row = 0; row < NF_TILE_ROWS; row++) {
                y[t * token_stride + first + row] = nf_tile_stored(sums[row][t], &p->scale, -128, 127);
            }
        }
    }
}

/* Shares of the keys that a query sees, NF_TILE_TOKENS apart, and 0 for the others; returns their sum. */
static int32_t share(const nf_attention_params *params, nf_key_range keys, const int8_t *scores, int16_t *shares)
{
    const int8_t *const first = scores + keys.first, *const end = scores + keys.end;
    int32_t max = *first, total = 0;
    uint32_t sum = 0;

#pragma GCC unroll 4
    for (const int8_t *x = first; x != end; x++) {
        max = *x > max ? *x : max;
    }
    const int32_t *exponentials = params->exponentials + max;
#pragma GCC unroll 4
    for (const int8_t *x = first; x != end; x++) {
        sum += ((uint32_t)exponentials[-*x] + (1u << (NF_SOFTMAX_SUM_SHIFT - 1))) >> NF_SOFTMAX_SUM_SHIFT;
    }
    const nf_softmax_scale scale = nf_softmax_scale_of(sum);
    const uint32_t half = 1u << (scale.shift - 1);
    for (const int8_t *x = scores; x != first; x++, shares += NF_TILE_TOKENS) {
        *shares = 0;
    }
#pragma GCC unroll 2
    for (const int8_t *x = first; x != end; x++, shares += NF_TILE_TOKENS) {
        const uint32_t wide = ((uint32_t)nf_high_mul(scale.reciprocal, exponentials[-*x]) + half) >> scale.shift;
        const int32_t weight = wide > 255 ? 255 : (int32_t)wide;
        total += weight;
        *shares = (int16_t)weight;
    }
    for (const int8_t *x = end; x != scores + params->keys; x++, shares += NF_TILE_TOKENS) {
        *shares = 0;
    }
    return total;
}

static int is_tiled(const nf_attention_params *params, nf_scratch scratch)
{
    const uint32_t keys = (uint32_t)params->keys, columns = (uint32_t)params->head_columns;
    const uint32_t longest = keys > columns ? keys : columns;
    return scratch.size >= NF_TILE_TOKENS * (2 * longest + keys) && params->keys >= NF_TILE_ROWS &&
           params->head_columns >= NF_TILE_ROWS && nf_tile_fits(0, params->score_shift, params->head_columns) &&
           nf_tile_fits(0, params->context_shift, params->keys);
}

/* Apart, so that its registers take no stack below the composed attention. */
__attribute__((noinline)) static void attend_tiles(const nf_attention_params *params, int32_t tiled,
                                                   const int8_t *query, const int8_t *key, const int8_t *value,
                                                   int8_t *y, uint8_t *scratch)
{
    const int32_t keys = params->keys, columns = params->head_columns;
    const product score = {
        .rows = key,
        .stride = params->key_stride,
        .columns = keys,
        .inputs = columns,
        .zero_point = params->key_zero_point,
        .scale = nf_tile_scale_of(params->score_multiplier, params->score_shift, params->score_zero_point),
    };
    const product context = {
        .rows = value,
        .stride = params->value_stride,
        .columns = columns,
        .inputs = keys,
        .zero_point = params->value_zero_point,
        .scale = nf_tile_scale_of(params->context_multiplier, params->context_shift, params->output_zero_point),
    };
    int16_t *tokens = (int16_t *)(void *)scratch;
    int8_t *scores = (int8_t *)(tokens + NF_TILE_TOKENS * (keys > columns ? keys : columns));

    for (int32_t i = 0; i < tiled; i += NF_TILE_TOKENS) {
        int32_t sums[NF_TILE_TOKENS];
        nf_tile_interleave(query + i * columns, columns, columns, params->query_zero_point, tokens, sums);
        multiply(&score, tokens, sums, scores, keys);
        for (int32_t t = 0; t < NF_TILE_TOKENS; t++) {
            sums[t] = share(params, nf_keys_of(params, i + t), scores + t * keys, tokens + t);
        }
        multiply(&context, tokens, sums, y + i * params->output_stride, params->output_stride);
    }
}

void nf_portable_attention_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key,
                              const int8_t *value, int8_t *y, nf_scratch scratch)
{
    const int32_t tiled = is_tiled(params, scratch) ? params->queries / NF_TILE_TOKENS * NF_TILE_TOKENS : 0;

    if (tiled > 0) {
        attend_tiles(params, tiled, query, key, value, y, scratch.bytes);
    }
    nf_composed_attention_s8(&row_by_row, params, tiled, query, key, value, y, scratch);
}
