#include <stddef.h>

#include "../scalar/scalar.h"
#include "dots.h"
#include "xtensa.h"

#define VALUE 128u /* the largest size of an int8 */

/* What the fast way does not cover. */
__attribute__((noinline)) static void portable_part(const nf_linear_params *params, const nf_channel_constants *constants,
                                                    const int8_t *x, const int8_t *weights, int8_t *y, int32_t token,
                                                    int32_t tokens, int32_t output)
{
    nf_linear_params part = *params;
    const nf_channel_constants from_there = {
        .bias = constants->bias + output,
        .multiplier = constants->multiplier + output,
        .shift = constants->shift + output,
    };
    part.tokens = tokens;
    part.outputs = 1;
    nf_scalar_linear_s8(&part, &from_there, x + token * params->input_stride, weights + output * params->inputs,
                        y + token * params->token_stride + output * params->output_stride, (nf_scratch){0});
}

/* The largest sum that a row can give. */
static uint32_t bound_of(const int8_t *weights, int32_t count)
{
    uint32_t sum = 0;
    for (int32_t i = 0; i < count; i++) {
        const int32_t value = weights[i];
        sum += (uint32_t)(value < 0 ? -value : value);
    }
    return sum * VALUE;
}

static int set_row(nf_xtensa_row *row, const nf_linear_params *params, const nf_channel_constants *constants,
                   const int8_t *weights, int32_t n)
{
    const int32_t inputs = params->inputs;
    const int32_t bias = constants->bias[n], multiplier = constants->multiplier[n], shift = constants->shift[n];

    return nf_xtensa_set_row(row, inputs, bias, (uint32_t)inputs * VALUE * VALUE, multiplier, shift,
                             params->output_zero_point) ||
           nf_xtensa_set_row(row, inputs, bias, bound_of(weights + n * inputs, inputs), multiplier, shift,
                             params->output_zero_point);
}

static void clamp_high(const nf_linear_params *params, int8_t *y)
{
    for (int32_t token = 0; token < params->tokens; token++) {
        for (int32_t n = 0; n < params->outputs; n++) {
            int8_t *value = y + token * params->token_stride + n * params->output_stride;
            *value = *value > params->high ? (int8_t)params->high : *value;
        }
    }
}

/* Tokens that scratch has room for, beside a row of weights. */
static int32_t tokens_that_fit(const nf_linear_params *params, nf_scratch scratch)
{
    const uint32_t row_bytes = 2u * (uint32_t)nf_xtensa_round_up4(params->inputs);
    return scratch.size < 2u * row_bytes + NF_XTENSA_OVERREAD
               ? 0
               : (int32_t)((scratch.size - NF_XTENSA_OVERREAD) / row_bytes) - 1;
}

void nf_xtensa_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                         const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const int32_t inputs = params->inputs, outputs = params->outputs, tokens = params->tokens;
    const int32_t fit = tokens_that_fit(params, scratch);
    if (fit == 0 || tokens == 1) {
        nf_scalar_linear_s8(params, constants, x, weights, y, scratch);
        return;
    }

    int16_t *row_values = (int16_t *)(void *)scratch.bytes, *wide = row_values + nf_xtensa_round_up4(inputs);
    nf_xtensa_row row = {.low = params->low};
    /* Tiles of equal size: each widens all weights again. */
    const int32_t tiles = (tokens + fit - 1) / fit, tile = (tokens + tiles - 1) / tiles;
    for (int32_t token = 0; token < tokens; token += tile) {
        const int32_t count = tokens - token < tile ? tokens - token : tile;
        nf_xtensa_widen(wide, x + token * params->input_stride, params->input_stride, count, inputs);
        for (int32_t n = 0; n < outputs; n++) {
            if (!set_row(&row, params, constants, weights, n)) {
                portable_part(params, constants, x, weights, y, token, count, n);
                continue;
            }
            nf_xtensa_widen(row_values, weights + n * inputs, 0, 1, inputs);
            nf_xtensa_dots(&row, row_values, wide, count, y + token * params->token_stride + n * params->output_stride,
                           params->token_stride);
        }
    }
    if (params->high < 127) {
        clamp_high(params, y);
    }
}
