/* As many tiles of queries at a time as scratch holds: scores, softmax in place, context. What does not fill a tile goes row by row. Inline,
 * so that `multiply` is called by its name. */
#ifndef NANOFORMER_KERNELS_PORTABLE_ATTENTION_BY_TILES_H
#define NANOFORMER_KERNELS_PORTABLE_ATTENTION_BY_TILES_H

#include "../composed_attention.h"
#include "../scalar/scalar.h"
#include "portable.h"
#include "tile.h"

static const nf_kernels nf_row_by_row = {.matmul_s8 = nf_scalar_matmul_s8, .softmax_s8 = nf_portable_softmax_s8};

/* One of the two products: tokens times `columns` rows of `inputs` values, `stride` apart. */
typedef struct nf_side {
    const int8_t *rows;
    int32_t *four_biases; /* [columns]: what the tokens' zero point makes of each row */
    int32_t columns, stride, inputs, row_zero_point, token_zero_point;
    nf_scale scale;
} nf_side;

/* sum (t - zt)(w - zw) = sum t (w - zw) - zt sum w + n zt zw. */
static inline void nf_set_biases(const nf_side *s)
{
    const int32_t constant = s->inputs * s->row_zero_point;
    for (int32_t n = 0; n < s->columns; n++) {
        s->four_biases[n] = 4 * s->token_zero_point * (constant - nf_tile_sum(s->rows + n * s->stride, s->inputs));
    }
}

/* x [count][inputs] -> y [count][columns], rows `y_stride` apart. */
static inline void nf_multiply_side(nf_tile_multiplier *multiply, const nf_side *s, const int8_t *x, int32_t count,
                                    int32_t *tokens, int8_t *y, int32_t y_stride)
{
    nf_tile_rows rows;
    nf_tile_product product = {
        /* every field, or the compiler calls memset */
        .tokens = tokens,
        .token_count = count,
        .weights = s->rows,
        .weight_stride = s->stride,
        .inputs = s->inputs,
        .rows = &rows,
        .y = y,
        .token_stride = y_stride,
        .output_stride = 1,
        .sixes = 0,
    };
    for (int32_t t = 0; t < count; t += NF_TILE_TOKENS, tokens += NF_TILE_WORDS(s->inputs)) {
        nf_tile_interleave(x + nf_tile_first(t, NF_TILE_TOKENS, count) * s->inputs, s->inputs, s->inputs,
                           s->row_zero_point, tokens);
    }
    for (int32_t row = 0; row < NF_TILE_ROWS; row++) {
        rows.scales[row] = s->scale;
    }
    for (int32_t n = 0; n < s->columns; n += NF_TILE_ROWS) {
        const int32_t first = nf_tile_first(n, NF_TILE_ROWS, s->columns);
        for (int32_t row = 0; row < NF_TILE_ROWS; row++) {
            rows.four_biases[row] = s->four_biases[first + row];
        }
        product.weights = s->rows + first * s->stride;
        product.y = y + first;
        multiply(&product);
    }
}

static inline void nf_fill(int8_t *x, const int8_t *end)
{
    while (x != end) {
        *x++ = -128;
    }
}

/* Softmax over the keys that a query sees; the others weigh nothing. */
static inline void nf_weigh(const nf_attention_params *params, int32_t query, int8_t *scores)
{
    const nf_key_range keys = nf_keys_of(params, query);

    nf_portable_softmax_row(keys.end - keys.first, params->exponentials, scores + keys.first, scores + keys.first);
    nf_fill(scores, scores + keys.first);
    nf_fill(scores + keys.end, scores + params->keys);
}

/* Scratch: the biases of both products, tiles of tokens, scores. Returns how many queries fit. */
static inline int32_t nf_queries_at_once(const nf_attention_params *params, nf_scratch scratch)
{
    const int32_t keys = params->keys, columns = params->head_columns, longest = keys > columns ? keys : columns;
    const int32_t left = (int32_t)scratch.size - 4 * (keys + columns);
    return left < 0 ? 0 : left / (4 * NF_TILE_WORDS(longest) + NF_TILE_TOKENS * keys) * NF_TILE_TOKENS;
}

static inline nf_side nf_scores_of(const nf_attention_params *params, const int8_t *key, int32_t *four_biases)
{
    return (nf_side){
        .rows = key,
        .four_biases = four_biases,
        .columns = params->keys,
        .stride = params->key_stride,
        .inputs = params->head_columns,
        .row_zero_point = params->key_zero_point,
        .token_zero_point = params->query_zero_point,
        .scale = nf_scale_of(params->score_multiplier, params->score_shift, params->score_zero_point),
    };
}

static inline nf_side nf_context_of(const nf_attention_params *params, const int8_t *value, int32_t *four_biases)
{
    return (nf_side){
        .rows = value,
        .four_biases = four_biases,
        .columns = params->head_columns,
        .stride = params->value_stride,
        .inputs = params->keys,
        .row_zero_point = params->value_zero_point,
        .token_zero_point = -128,
        .scale = nf_scale_of(params->context_multiplier, params->context_shift, params->output_zero_point),
    };
}

/* Apart, so that its registers take no stack below the composed attention. */
__attribute__((noinline)) static void nf_attend_tiles(nf_tile_multiplier *multiply, const nf_attention_params *params,
                                                      int32_t room, const int8_t *query, const int8_t *key,
                                                      const int8_t *value, int8_t *y, int32_t *scratch)
{
    const int32_t queries = params->queries, keys = params->keys, columns = params->head_columns;
    const int32_t longest = keys > columns ? keys : columns;
    int32_t *tokens = scratch + keys + columns;
    int8_t *scores = (int8_t *)(tokens + room / NF_TILE_TOKENS * NF_TILE_WORDS(longest));

    for (int32_t done = 0; done < queries; done += room) {
        const int32_t left = queries - done;
        const int32_t count = left >= room ? room : left >= NF_TILE_TOKENS ? left : NF_TILE_TOKENS;
        const int32_t first = nf_tile_first(done, count, queries);
        nf_side s = nf_scores_of(params, key, scratch);
        if (done == 0) {
            nf_set_biases(&s);
        }
        nf_multiply_side(multiply, &s, query + first * columns, count, tokens, scores, keys);
        for (int32_t i = 0; i < count; i++) {
            nf_weigh(params, first + i, scores + i * keys);
        }
        s = nf_context_of(params, value, scratch + keys);
        if (done == 0) {
            nf_set_biases(&s);
        }
        nf_multiply_side(multiply, &s, scores, count, tokens, y + first * params->output_stride, params->output_stride);
    }
}

static inline void nf_attention_by_tiles(nf_tile_multiplier *multiply, const nf_attention_params *params,
                                         const int8_t *query, const int8_t *key, const int8_t *value, int8_t *y,
                                         nf_scratch scratch)
{
    const int32_t room = nf_queries_at_once(params, scratch);

    if (room > 0 && params->queries >= NF_TILE_TOKENS && params->keys >= NF_TILE_ROWS &&
        params->head_columns >= NF_TILE_ROWS && nf_tile_fits(0, params->score_shift, params->head_columns) &&
        nf_tile_fits(0, params->context_shift, params->keys)) {
        nf_attend_tiles(multiply, params, room, query, key, value, y, (int32_t *)(void *)scratch.bytes);
        return;
    }
    nf_composed_attention_s8(&nf_row_by_row, params, 0, query, key, value, y, scratch);
}

#endif
