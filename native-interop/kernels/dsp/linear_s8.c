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

/* In the scratch there are two rows, then what they are multiplied with. */
static int16_t *behind_rows(const nf_dsp_layer *l)
{
    return (int16_t *)(void *)l->scratch.bytes + 2 * l->columns;
}

/* What both ways of tiling have in common: rows by tokens, whose results lie `stride` apart. Field by field: cheaper than clearing it first. */
static void start(nf_dsp_linear_job *job, const nf_dsp_layer *l, int32_t stride, int32_t row_stride)
{
    const nf_linear_params *params = l->params;

    job->tile.stride = stride;
    job->tile.strides = 3 * stride;
    job->tile.row_stride = row_stride;
    job->tile.rows = (int16_t *)(void *)l->scratch.bytes;
    job->tile.tokens = behind_rows(l);
    job->weights_end = l->weights + (params->outputs & ~1) * params->inputs;
    job->columns = params->inputs;
    job->rounding = 2 * params->output_zero_point + 1;
    nf_dsp_tile_prepare(&job->tile, l->columns / 4);
}

/* Doubled is whichever there is less of. */
static bool tokens_are_doubled(const nf_dsp_layer *l)
{
    return l->tokens < l->params->outputs;
}

/* A single token is its own partner. */
void nf_dsp_linear_fill_outputs(const nf_dsp_layer *l, nf_dsp_linear_job *job)
{
    const nf_linear_params *params = l->params;
    const int32_t columns = (l->tokens + 1) & ~1;
    const int32_t stride = l->tokens == 1 ? 0 : params->token_stride;

    start(job, l, stride, params->output_stride);
    job->weights = l->weights + l->output * params->inputs;
    job->bias = l->constants->bias + l->output;
    job->multiplier = l->constants->multiplier + l->output;
    job->shift = l->constants->shift + l->output;
    job->tile.y = output_at(l, l->token, l->output);
    job->tile.fours_end = job->tile.tokens + nf_dsp_fours_of(l->tokens, params->inputs) * l->columns;
    job->tile.tokens_end = job->tile.tokens + columns * l->columns;
    job->y_step = 2 * params->output_stride - columns * stride;
    job->widen_rows = nf_dsp_widening(l->weights, params->inputs, params->inputs, !tokens_are_doubled(l));
}

/* Tokens, widened once; then pair by pair of weight rows. An even number of tokens, or one. */
static void multiply_by_outputs(nf_dsp_layer *l, int32_t token, int32_t tokens)
{
    const nf_linear_params *params = l->params;
    const int32_t inputs = params->inputs, outputs = params->outputs, paired = outputs & ~1;
    const int8_t *end = l->weights + paired * inputs;

    l->token = token;
    l->tokens = tokens;
    if (!params->same_input || tokens != params->tokens) {
        nf_dsp_widen(behind_rows(l), l->x + token * params->input_stride, params->input_stride, tokens, inputs, 0,
                     tokens_are_doubled(l));
    }
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

/* The constants of four outputs from `output` on. False when the five-instruction epilogue does not cover them. */
static bool fill_stream(int32_t *stream, const nf_dsp_layer *l, const nf_dsp_linear_job *job, int32_t output)
{
    stream[0] = (int32_t)(uintptr_t)job->tile.rows;
    stream[9] = (int32_t)job->tile.entry;
    for (int32_t i = 0; i < 4; i++) {
        const int32_t bias = l->constants->bias[output + i], shift = l->constants->shift[output + i];
        if (!nf_dsp_is_fast_shift(shift) || bias >= MAX_TILE_BIAS || bias < -MAX_TILE_BIAS) {
            return false;
        }
        stream[1 + i] = stream[5 + i] = 2 * bias;
        stream[10 + 3 * i] = l->constants->multiplier[output + i];
        stream[11 + 3 * i] = job->rounding * (1 << (-shift - 1));
        stream[12 + 3 * i] = -shift;
    }
    return true;
}

bool nf_dsp_linear_fill_tokens(const nf_dsp_layer *l, nf_dsp_linear_job *job)
{
    const nf_linear_params *params = l->params;
    int16_t *weights_end = behind_rows(l) + params->outputs * l->columns;

    start(job, l, params->output_stride, params->token_stride);
    job->tile.rows_stop--;
    job->tile.fours_end = weights_end;
    job->y = l->y;
    job->x = l->x;
    job->input_stride = params->input_stride;
    job->tokens = l->tokens;
    job->widen_rows = nf_dsp_widening(l->x, params->input_stride, params->inputs, tokens_are_doubled(l));
    job->stream_start = (int32_t *)(void *)weights_end;
    for (int32_t output = 0; output < params->outputs; output += 4) {
        if (!fill_stream(job->stream_start + output / 4 * STREAM_WORDS, l, job, output)) {
            return false;
        }
    }
    return true;
}

/* All weight rows, widened once; then pair by pair of tokens. False, and nothing done, when that is not possible. */
static bool multiply_by_tokens(nf_dsp_layer *l, int32_t tokens)
{
    const nf_linear_params *params = l->params;
    const uint32_t bytes = (uint32_t)(4 * l->columns + params->outputs * (2 * l->columns + STREAM_WORDS));
    const bool in_fours = params->outputs == nf_dsp_fours_of(params->outputs, params->inputs);

    if (!in_fours || l->scratch.size < bytes) {
        return false;
    }
    l->tokens = tokens;
    nf_dsp_widen(behind_rows(l), l->weights, params->inputs, params->outputs, params->inputs, 0,
                 !tokens_are_doubled(l));
    return nf_dsp_linear_by_tokens(l);
}

/* Even, 0 when not even two tokens fit. */
static int32_t tokens_that_fit(const nf_dsp_layer *l)
{
    const uint32_t pair_bytes = 4u * (uint32_t)l->columns;
    return l->scratch.size < 2 * pair_bytes ? 0 : (int32_t)((l->scratch.size - pair_bytes) / pair_bytes * 2);
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
