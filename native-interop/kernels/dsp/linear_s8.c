#include <stdbool.h>
#include <stddef.h>

#include "linear.h"
#include "scalar/scalar.h"

static int8_t *output_at(const nf_dsp_layer *l, int32_t token, int32_t output)
{
    return l->y + token * l->params->token_stride + output * l->params->output_stride;
}

/* What the fast ways do not cover. */
__attribute__((noinline)) static void portable_part(const nf_dsp_layer *l, int32_t token, int32_t tokens,
                                                    int32_t output, int32_t outputs)
{
    nf_linear_params part = *l->params;
    const nf_channel_constants from_there = {
        .bias = l->constants->bias + output,
        .multiplier = l->constants->multiplier + output,
        .shift = l->constants->shift + output,
    };
    part.tokens = tokens;
    part.outputs = outputs;
    nf_scalar_linear_s8(&part, &from_there, l->x + token * part.input_stride, l->weights + output * part.inputs,
                        output_at(l, token, output), (nf_scratch){.bytes = NULL, .size = 0});
}

static bool is_packed(const nf_dsp_layer *l)
{
    return l->params->packed != NULL;
}

/* The scratch holds two rows of weights, unless they are packed, then the tokens. */
static int16_t *tokens_of(const nf_dsp_layer *l)
{
    return (int16_t *)(void *)l->scratch.bytes + (is_packed(l) ? 0 : 2 * l->columns);
}

/* Doubled is whichever there is less of; packed weights are. */
static bool tokens_are_doubled(const nf_dsp_layer *l)
{
    return !is_packed(l) && l->tokens < l->params->outputs;
}

/* A single token is its own partner. Field by field: cheaper than clearing it first. */
void nf_dsp_linear_fill(const nf_dsp_layer *l, nf_dsp_linear_job *job)
{
    const nf_linear_params *params = l->params;
    const int32_t columns = (l->tokens + 1) & ~1, stride = l->tokens == 1 ? 0 : params->token_stride;
    nf_dsp_tile *tile = &job->tile;

    tile->rows = (int16_t *)(void *)l->scratch.bytes;
    tile->y = output_at(l, l->token, l->output);
    tile->stride = stride;
    tile->strides = 3 * stride;
    tile->row_stride = params->output_stride;
    tile->tokens = tokens_of(l);
    tile->fours_end = tile->tokens + nf_dsp_fours_of(l->tokens, params->inputs) * l->columns;
    tile->tokens_end = tile->tokens + columns * l->columns;
    nf_dsp_tile_prepare(tile, l->columns / 4);
    job->bias = l->constants->bias + l->output;
    job->multiplier = l->constants->multiplier + l->output;
    job->shift = l->constants->shift + l->output;
    job->weights = l->weights + l->output * params->inputs;
    job->columns = params->inputs;
    job->rounding = 2 * params->output_zero_point + 1;
    job->weights_end = l->weights + (params->outputs & ~1) * params->inputs;
    job->widen_rows = nf_dsp_widening(l->weights, params->inputs, params->inputs, !tokens_are_doubled(l));
    job->y_step = 2 * params->output_stride - columns * stride;
    if (is_packed(l)) {
        job->weights = (const int8_t *)params->packed;
        job->columns = 4 * l->columns;
        job->weights_end = job->weights + params->outputs / 2 * (PACKED_CONSTANTS + job->columns);
    }
}

/* The tokens of a tile, widened once; then pair by pair of weight rows. An even number of tokens, or one. */
static void multiply_tile(nf_dsp_layer *l)
{
    const nf_linear_params *params = l->params;
    const int32_t inputs = params->inputs, outputs = params->outputs, paired = outputs & ~1;
    const int8_t *end = l->weights + paired * inputs;

    if (!params->same_input || l->tokens != params->tokens) {
        nf_dsp_widen(tokens_of(l), l->x + l->token * params->input_stride, params->input_stride, l->tokens, inputs, 0,
                     tokens_are_doubled(l));
    }
    l->output = 0;
    if (is_packed(l)) {
        nf_dsp_linear_packed(l);
        l->output = paired;
    }
    for (; l->output < paired; l->output += 2) {
        const int8_t *stopped = nf_dsp_linear_pairs(l);
        if (stopped == end) {
            break;
        }
        l->output = (stopped - l->weights) / inputs;
        portable_part(l, l->token, l->tokens, l->output, 2);
    }
    if (paired < outputs) {
        portable_part(l, l->token, l->tokens, paired, 1);
    }
}

/* Even, 0 when not even two tokens fit. */
static int32_t tokens_that_fit(const nf_dsp_layer *l)
{
    const uint32_t pair_bytes = 4u * (uint32_t)l->columns, weights_bytes = is_packed(l) ? 0 : pair_bytes;
    return l->scratch.size < weights_bytes ? 0 : (int32_t)((l->scratch.size - weights_bytes) / pair_bytes * 2);
}

/* As few tiles as can be, because each widens all weights again; of fours if they fit. */
static int32_t tile_of(int32_t tokens, int32_t fit)
{
    const int32_t tiles = (tokens + fit - 1) / fit, size = (tokens + tiles - 1) / tiles, fours = (size + 3) & ~3;
    return fours <= fit ? fours : (size + 1) & ~1;
}

static void multiply(nf_dsp_layer *l)
{
    const int32_t tokens = l->params->tokens, even = tokens & ~1, fit = tokens_that_fit(l);
    if (fit == 0 || l->params->outputs < 2) {
        portable_part(l, 0, tokens, 0, l->params->outputs);
        return;
    }

    /* An odd last token is a tile by itself. */
    const int32_t tile = even == 0 ? 0 : tile_of(even, fit);
    for (l->token = 0; l->token < tokens; l->token += l->tokens) {
        const int32_t left = even - l->token;
        l->tokens = left == 0 ? 1 : left < tile ? left : tile;
        multiply_tile(l);
    }
}

void nf_dsp_linear_clamp(const nf_linear_params *params, int8_t *y)
{
    if (params->output_stride == 1 && params->token_stride == params->outputs) {
        nf_dsp_clamp(y, params->tokens * params->outputs, params->low, params->high);
        return;
    }
    for (int32_t token = 0; token < params->tokens; token++) {
        for (int32_t output = 0; output < params->outputs; output++) {
            nf_dsp_clamp(y + token * params->token_stride + output * params->output_stride, 1, params->low,
                         params->high);
        }
    }
}

void nf_dsp_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                      const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    nf_dsp_layer l = {
        .params = params,
        .constants = constants,
        .x = x,
        .weights = weights,
        .y = y,
        .scratch = scratch,
        .columns = nf_dsp_round_up4(params->inputs),
    };
    multiply(&l);
    if (params->low > -128 || params->high < 127) {
        nf_dsp_linear_clamp(params, y);
    }
}
