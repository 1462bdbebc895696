#include <stddef.h>

#include "linear.h"
#include "scalar/scalar.h"

/* A linear layer on its way: where inputs and outputs are, and the working memory. */
typedef struct layer {
    const nf_linear_params *params;
    const nf_channel_constants *constants;
    const int8_t *x, *weights;
    int8_t *y;
    nf_scratch scratch;
    int32_t columns; /* inputs, rounded up to a multiple of 4 */
} layer;

static int8_t *output_at(const layer *l, int32_t token, int32_t output)
{
    return l->y + token * l->params->token_stride + output * l->params->output_stride;
}

void nf_dsp_linear_portably(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                            const int8_t *weights, int8_t *y, int32_t from, int32_t outputs)
{
    nf_linear_params part = *params;
    const nf_channel_constants from_there = {
        .bias = constants->bias + from,
        .multiplier = constants->multiplier + from,
        .shift = constants->shift + from,
    };
    part.outputs = outputs;
    nf_scalar_linear_s8(&part, &from_there, x, weights + from * part.inputs, y + from * part.output_stride,
                        (nf_scratch){.bytes = NULL, .size = 0});
}

static void portable_part(const layer *l, int32_t token, int32_t tokens, int32_t output, int32_t outputs)
{
    nf_linear_params part = *l->params;
    part.tokens = tokens;
    nf_dsp_linear_portably(&part, l->constants, l->x + token * part.input_stride, l->weights, output_at(l, token, 0),
                           output, outputs);
}

/* What both ways of tiling have in common. Doubled is whichever there is less of. Field by field: cheaper than clearing it first. */
static void start(nf_dsp_linear_job *job, const layer *l, int32_t tokens, int32_t token_stride)
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

static void go_on_at(nf_dsp_linear_job *job, const layer *l, int32_t token, int32_t output)
{
    job->weights = l->weights + output * l->params->inputs;
    job->bias = l->constants->bias + output;
    job->multiplier = l->constants->multiplier + output;
    job->shift = l->constants->shift + output;
    job->y = output_at(l, token, output);
}

/* Tokens, widened once; then pair by pair of weight rows. An even number, or a single token, which is its own partner. */
static void multiply_by_outputs(const layer *l, int32_t token, int32_t tokens)
{
    const nf_linear_params *params = l->params;
    const int32_t paired = params->outputs & ~1, columns = tokens == 1 ? 2 : tokens;
    const int32_t input_stride = tokens == 1 ? 0 : params->input_stride;
    const int32_t token_stride = tokens == 1 ? 0 : params->token_stride;
    nf_dsp_linear_job job;

    start(&job, l, tokens, token_stride);
    job.tile.tokens_end = job.tile.tokens + columns * l->columns;
    job.y_step = 2 * params->output_stride - columns * token_stride;
    nf_dsp_tile_prepare(&job.tile, nf_dsp_tile_store);
    nf_dsp_widen_rows(job.tile.rows + 2 * l->columns, l->x + token * params->input_stride, input_stride, columns,
                      params->inputs, 0, job.widen_tokens);
    for (int32_t output = 0; output < paired; output += 2) {
        go_on_at(&job, l, token, output);
        job.tile.y = job.y;
        const int8_t *stopped = nf_dsp_linear_by_outputs(&job);
        if (stopped == job.weights_end) {
            break;
        }
        output = (stopped - l->weights) / params->inputs;
        portable_part(l, token, tokens, output, 2);
    }
    if (paired < params->outputs) {
        portable_part(l, token, tokens, paired, 1);
    }
}

/* All weight rows, widened once; then pair by pair of tokens. False, and nothing done, when that is not possible. */
static int multiply_by_tokens(const layer *l, int32_t tokens)
{
    const nf_linear_params *params = l->params;
    const uint32_t bytes = (uint32_t)(4 * l->columns + params->outputs * (2 * l->columns + 24));
    nf_dsp_linear_job job;
    if (params->outputs % 2 != 0 || l->scratch.size < bytes) {
        return 0;
    }

    start(&job, l, tokens, params->token_stride);
    go_on_at(&job, l, 0, 0);
    job.x = l->x;
    job.input_stride = params->input_stride;
    job.tokens = tokens;
    job.stream = (int32_t *)(void *)(job.tile.rows + (2 + params->outputs) * l->columns);
    nf_dsp_tile_prepare(&job.tile, nf_dsp_columns_store);
    return nf_dsp_linear_by_tokens(&job);
}

/* Even, 0 when not even two tokens fit. */
static int32_t tokens_that_fit(const layer *l)
{
    const uint32_t pair_bytes = 4u * (uint32_t)l->columns;
    return l->scratch.size < 2 * pair_bytes ? 0 : (int32_t)((l->scratch.size - pair_bytes) / pair_bytes * 2);
}

static void multiply(const layer *l)
{
    const int32_t tokens = l->params->tokens, even = tokens & ~1, fit = tokens_that_fit(l);
    if (fit == 0 || l->params->outputs < 2) {
        portable_part(l, 0, tokens, 0, l->params->outputs);
        return;
    }

    if (fit >= even || !multiply_by_tokens(l, even)) {
        /* Tiles of equal size: each widens all weights again. */
        const int32_t tiles = (even + fit - 1) / fit, tile = even == 0 ? 0 : ((even + tiles - 1) / tiles + 1) & ~1;
        for (int32_t token = 0; token < even; token += tile) {
            multiply_by_outputs(l, token, even - token < tile ? even - token : tile);
        }
    }
    if (even < tokens) {
        multiply_by_outputs(l, even, 1);
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
    const layer l = {
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
