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

/* What both ways of tiling have in common. Doubled is whichever there is less of. Field by field: cheaper than clearing it first. */
static void start(nf_dsp_linear_job *job, const nf_dsp_layer *l, int32_t tokens, int32_t token_stride)
{
    const nf_linear_params *params = l->params;
    const int tokens_doubled = tokens < params->outputs;

    job->tile.token_stride = token_stride;
    job->tile.output_stride = params->output_stride;
    job->tile.both_strides = token_stride + params->output_stride;
    job->tile.rows = (int16_t *)(void *)l->scratch.bytes;
    job->tile.tokens = job->tile.rows + 2 * l->columns;
    job->tile.groups = l->columns / 4;
    job->weights_end = l->weights + (params->outputs & ~1) * params->inputs;
    job->columns = params->inputs;
    job->rounding = 2 * params->output_zero_point + 1;
    job->widen_weights = nf_dsp_widening(l->weights, params->inputs, params->inputs, !tokens_doubled);
    job->widen_tokens = nf_dsp_widening(l->x, params->input_stride, params->inputs, tokens_doubled);
}

static void go_on_at(nf_dsp_linear_job *job, const nf_dsp_layer *l, int32_t token, int32_t output)
{
    job->weights = l->weights + output * l->params->inputs;
    job->bias = l->constants->bias + output;
    job->multiplier = l->constants->multiplier + output;
    job->shift = l->constants->shift + output;
    job->y = output_at(l, token, output);
}

/* A single token is its own partner. */
void nf_dsp_linear_fill_outputs(const nf_dsp_layer *l, nf_dsp_linear_job *job)
{
    const nf_linear_params *params = l->params;
    const int32_t columns = l->tokens == 1 ? 2 : l->tokens;
    const int32_t input_stride = l->tokens == 1 ? 0 : params->input_stride;
    const int32_t token_stride = l->tokens == 1 ? 0 : params->token_stride;

    start(job, l, l->tokens, token_stride);
    go_on_at(job, l, l->token, l->output);
    job->tile.y = job->y;
    job->tile.tokens_end = job->tile.tokens + columns * l->columns;
    job->y_step = 2 * params->output_stride - columns * token_stride;
    nf_dsp_tile_prepare(&job->tile, nf_dsp_tile_store);
    if (!params->same_input || l->tokens != params->tokens) {
        nf_dsp_widen_rows(job->tile.rows + 2 * l->columns, l->x + l->token * params->input_stride, input_stride,
                          columns, params->inputs, 0, job->widen_tokens);
    }
}

/* Tokens, widened once; then pair by pair of weight rows. An even number of tokens, or one. */
static void multiply_by_outputs(nf_dsp_layer *l, int32_t token, int32_t tokens)
{
    const int32_t inputs = l->params->inputs, outputs = l->params->outputs, paired = outputs & ~1;
    const int8_t *end = l->weights + paired * inputs;

    l->token = token;
    l->tokens = tokens;
    for (l->output = 0; l->output < paired; l->output += 2) {
        const int8_t *stopped = nf_dsp_linear_by_outputs(l);
        if (stopped == end) {
            break;
        }
        l->output = (stopped - l->weights) / inputs;
        portable_part(l, token, tokens, l->output, 2);
    }
    if (paired < outputs) {
        portable_part(l, token, tokens, paired, 1);
    }
}

void nf_dsp_linear_fill_tokens(const nf_dsp_layer *l, nf_dsp_linear_job *job)
{
    const nf_linear_params *params = l->params;

    start(job, l, l->tokens, params->token_stride);
    go_on_at(job, l, 0, 0);
    job->x = l->x;
    job->input_stride = params->input_stride;
    job->tokens = l->tokens;
    job->stream = (int32_t *)(void *)(job->tile.rows + (2 + params->outputs) * l->columns);
    nf_dsp_tile_prepare(&job->tile, nf_dsp_columns_store);
}

/* All weight rows, widened once; then pair by pair of tokens. False, and nothing done, when that is not possible. */
static int multiply_by_tokens(nf_dsp_layer *l, int32_t tokens)
{
    const nf_linear_params *params = l->params;
    const uint32_t bytes = (uint32_t)(4 * l->columns + params->outputs * (2 * l->columns + 24));

    l->tokens = tokens;
    return params->outputs % 2 == 0 && l->scratch.size >= bytes && nf_dsp_linear_by_tokens(l);
}

/* Even, 0 when not even two tokens fit. */
static int32_t tokens_that_fit(const nf_dsp_layer *l)
{
    const uint32_t pair_bytes = 4u * (uint32_t)l->columns;
    return l->scratch.size < 2 * pair_bytes ? 0 : (int32_t)((l->scratch.size - pair_bytes) / pair_bytes * 2);
}

static void multiply(nf_dsp_layer *l)
{
    const int32_t tokens = l->params->tokens, even = tokens & ~1, fit = tokens_that_fit(l);
    if (fit == 0 || l->params->outputs < 2) {
        portable_part(l, 0, tokens, 0, l->params->outputs);
        return;
    }

    /* Tiles of equal size: each widens all weights again. An odd last token is a tile by itself. */
    const int32_t tiles = (even + fit - 1) / fit, tile = even == 0 ? 0 : ((even + tiles - 1) / tiles + 1) & ~1;
    int32_t token = fit < even && multiply_by_tokens(l, even) ? even : 0;
    while (token < tokens) {
        const int32_t left = even - token, size = left == 0 ? 1 : left < tile ? left : tile;
        multiply_by_outputs(l, token, size);
        token += size;
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
