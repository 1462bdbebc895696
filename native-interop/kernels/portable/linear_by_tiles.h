/* A linear layer tile by tile. Inline, so that the functions of a tiling are called by their names. */
#ifndef NANOFORMER_KERNELS_PORTABLE_LINEAR_BY_TILES_H
#define NANOFORMER_KERNELS_PORTABLE_LINEAR_BY_TILES_H

#include <stddef.h>

#include "../linear_part.h"
#include "tile.h"

/* A backend's product of a tile, and how it lays tokens by sixes, if it does. */
typedef struct nf_tiling {
    nf_tile_multiplier *multiply;
    int32_t (*sixes_of)(int32_t tokens, int32_t inputs); /* how many tokens lie so */
    int32_t *(*lay_six)(const int8_t *x, int32_t stride, int32_t inputs,
                        int32_t *tokens); /* returns where the next ones go, NF_SIX_WORDS(inputs) further */
} nf_tiling;

#define NF_SIX_WORDS(inputs) (3 * (inputs)) /* no more than the same tokens take in tiles */

/* How many tokens find room in `words`. From two sixes on, what does not fill one has room for two tiles. */
static inline int32_t nf_room_of(const nf_tiling *tiling, uint32_t words, int32_t inputs)
{
    const int32_t by_tiles = (int32_t)(words / (uint32_t)NF_TILE_WORDS(inputs)) * NF_TILE_TOKENS;
    if (tiling->sixes_of == NULL || tiling->sixes_of(12, inputs) == 0) {
        return by_tiles;
    }
    const int32_t by_sixes = (int32_t)(words / (uint32_t)NF_SIX_WORDS(inputs)) * 6;
    return by_sixes >= 12 && by_sixes > by_tiles ? by_sixes : by_tiles;
}

/* The tokens from x on, as `product` says. */
static inline void nf_lay_tokens(const nf_tiling *tiling, const nf_tile_product *product, const int8_t *x,
                                 int32_t stride, int32_t *tokens)
{
    const int32_t count = product->token_count, inputs = product->inputs;
    int32_t t = 0;

    for (; t < product->sixes; t += 6) {
        tokens = tiling->lay_six(x + nf_tile_first(t, 6, count) * stride, stride, inputs, tokens);
    }
    for (; t < count; t += NF_TILE_TOKENS, tokens += NF_TILE_WORDS(inputs)) {
        nf_tile_interleave(x + nf_tile_first(t, NF_TILE_TOKENS, count) * stride, stride, inputs, 0, tokens);
    }
}

static inline int nf_set_rows(nf_tile_rows *rows, const nf_channel_constants *constants, int32_t first, int32_t inputs,
                              int32_t zero_point)
{
    for (int32_t row = 0; row < NF_TILE_ROWS; row++) {
        const int32_t bias = constants->bias[first + row], shift = constants->shift[first + row];
        if (!nf_tile_fits(bias, shift, inputs)) {
            return 0;
        }
        rows->four_biases[row] = 4 * bias;
        rows->scales[row] = nf_scale_of(constants->multiplier[first + row], shift, zero_point);
    }
    return 1;
}

/* What a fused ReLU leaves of values that are saturated already. */
static inline void nf_clamp_linear(const nf_linear_params *params, int8_t *y)
{
    for (int32_t t = 0; t < params->tokens; t++, y += params->token_stride) {
        int8_t *out = y;
#pragma GCC unroll 4
        for (int32_t n = 0; n < params->outputs; n++, out += params->output_stride) {
            const int32_t value = *out;
            *out = (int8_t)(value < params->low ? params->low : value > params->high ? params->high : value);
        }
    }
}

/* All outputs of the tokens that lie in tiles, from token `token` on. */
static inline void nf_multiply_tiles(nf_tile_multiplier *multiply, const nf_linear_params *params,
                                     const nf_channel_constants *constants, const int8_t *x, const int8_t *weights,
                                     int8_t *y, int32_t token, nf_tile_product *product, nf_tile_rows *rows)
{
    for (int32_t n = 0; n < params->outputs; n += NF_TILE_ROWS) {
        const int32_t first = nf_tile_first(n, NF_TILE_ROWS, params->outputs);
        if (!nf_set_rows(rows, constants, first, params->inputs, params->output_zero_point)) {
            nf_scalar_linear_part(params, constants, x, weights, y, token, product->token_count, first, NF_TILE_ROWS);
            continue;
        }
        product->weights = weights + first * params->inputs;
        product->y = y + token * params->token_stride + first * params->output_stride;
        multiply(product);
    }
}

static inline void nf_linear_by_tiles(const nf_tiling *tiling, const nf_linear_params *params,
                                      const nf_channel_constants *constants, const int8_t *x, const int8_t *weights,
                                      int8_t *y, nf_scratch scratch)
{
    if (params->tokens < NF_TILE_TOKENS || params->outputs < NF_TILE_ROWS) {
        nf_scalar_linear_s8(params, constants, x, weights, y, scratch);
        return;
    }
    int32_t *const held = (int32_t *)(void *)scratch.bytes; /* the first of the tokens that lie behind it */
    const int32_t inputs = params->inputs;
    const uint32_t words = scratch.size >= 4u ? scratch.size / 4u - 1 : 0;
    const int32_t room = nf_room_of(tiling, words, inputs);
    nf_tile_rows rows;
    nf_tile_product product = {
        /* every field, or the compiler calls memset */
        .tokens = held + 1,
        .token_count = 0,
        .weights = weights,
        .weight_stride = inputs,
        .inputs = inputs,
        .rows = &rows,
        .y = y,
        .token_stride = params->token_stride,
        .output_stride = params->output_stride,
        .sixes = 0,
    };
    if (room == 0) {
        nf_scalar_linear_s8(params, constants, x, weights, y, scratch);
        return;
    }

    const int32_t start = params->same_input ? *held : 0;
    int32_t part = start, is_held = params->same_input;
    do {
        const int32_t left = params->tokens - part;
        product.token_count = left >= room ? room : left >= NF_TILE_TOKENS ? left : NF_TILE_TOKENS;
        const int32_t token = nf_tile_first(part, product.token_count, params->tokens);
        product.sixes = tiling->sixes_of == NULL ? 0 : tiling->sixes_of(product.token_count, inputs);
        if (!is_held) {
            nf_lay_tokens(tiling, &product, x + token * params->input_stride, params->input_stride, held + 1);
        }
        nf_multiply_tiles(tiling->multiply, params, constants, x, weights, y, token, &product, &rows);
        *held = part;
        is_held = 0;
        part = left > room ? part + room : 0;
    } while (part != start);
    if (params->low > -128 || params->high < 127) {
        nf_clamp_linear(params, y);
    }
}

#endif
