#include <stddef.h>

#include "../linear_part.h"
#include "portable.h"
#include "tile.h"

/* A tile's rows times `tiles` tiles of tokens. */
static void multiply_rows(const nf_linear_params *params, const nf_channel_constants *constants, const int16_t *tokens,
                          int32_t tiles, const int8_t *weights, int8_t *y)
{
    nf_tile_scale scales[NF_TILE_ROWS];
    for (int32_t row = 0; row < NF_TILE_ROWS; row++) {
        scales[row] = nf_tile_scale_of(constants->multiplier[row], constants->shift[row], params->output_zero_point);
    }
    for (int32_t tile = 0; tile < tiles; tile++) {
        int32_t sums[NF_TILE_ROWS][NF_TILE_TOKENS];
        for (int32_t row = 0; row < NF_TILE_ROWS; row++) {
            for (int32_t t = 0; t < NF_TILE_TOKENS; t++) {
                sums[row][t] = constants->bias[row];
            }
        }
        nf_tile_multiply(tokens, weights, params->inputs, params->inputs, sums);
        for (int32_t t = 0; t < NF_TILE_TOKENS; t++, y += params->token_stride) {
            int8_t *out = y;
            for (int32_t row = 0; row < NF_TILE_ROWS; row++, out += params->output_stride) {
                *out = nf_tile_stored(sums[row][t], &scales[row], params->low, params->high);
            }
        }
        tokens += NF_TILE_TOKENS * params->inputs;
    }
}

static int rows_fit(const nf_channel_constants *constants, int32_t inputs)
{
    for (int32_t row = 0; row < NF_TILE_ROWS; row++) {
        if (!nf_tile_fits(constants->bias[row], constants->shift[row], inputs)) {
            return 0;
        }
    }
    return 1;
}

void nf_portable_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                           const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const int32_t inputs = params->inputs, outputs = params->outputs;
    const int32_t whole = outputs / NF_TILE_ROWS * NF_TILE_ROWS, most = params->tokens / NF_TILE_TOKENS;
    const int32_t room = (int32_t)(scratch.size / (2u * NF_TILE_TOKENS * (uint32_t)inputs));
    int16_t *tokens = (int16_t *)(void *)scratch.bytes;
    int32_t token = 0;

    for (int32_t left = room > 0 ? most : 0; left > 0;) {
        const int32_t tiles = left < room ? left : room, count = tiles * NF_TILE_TOKENS;
        int32_t sums[NF_TILE_TOKENS];
        for (int32_t tile = 0; tile < tiles && !(params->same_input && tiles == most); tile++) {
            nf_tile_interleave(x + (token + tile * NF_TILE_TOKENS) * params->input_stride, params->input_stride, inputs,
                               0, tokens + tile * NF_TILE_TOKENS * inputs, sums);
        }
        for (int32_t n = 0; n < whole; n += NF_TILE_ROWS) {
            const nf_channel_constants from = {constants->bias + n, constants->multiplier + n, constants->shift + n};
            if (rows_fit(&from, inputs)) {
                multiply_rows(params, &from, tokens, tiles, weights + n * inputs,
                              y + token * params->token_stride + n * params->output_stride);
            } else {
                nf_scalar_linear_part(params, constants, x, weights, y, token, count, n, NF_TILE_ROWS);
            }
        }
        if (whole < outputs) {
            nf_scalar_linear_part(params, constants, x, weights, y, token, count, whole, outputs - whole);
        }
        token += count;
        left -= tiles;
    }
    if (token < params->tokens) {
        nf_scalar_linear_part(params, constants, x, weights, y, token, params->tokens - token, 0, outputs);
    }
}
