#include <stdbool.h>
#include <stddef.h>

#include "../linear_part.h"
#include "dots.h"
#include "xtensa.h"

/* Some tokens on their way through all rows of weights. linear_job.inc knows the order of the fields. */
typedef struct linear_job {
    const int8_t *weights, *weights_end;
    const int32_t *bias;
    int32_t to_multiplier, to_shift; /* bytes from a bias to its channel's other constants */
    int16_t *values;                 /* a row of weights, widened */
    const int16_t *tokens, *tokens_end;
    int8_t *y;
    int32_t token_stride, output_stride, low;
    int32_t rounding; /* 2 * zero point + 1 */
    int32_t whole_groups, rest, groups;
    int32_t bound; /* of a row's sum of products */
} linear_job;

/* Row by row, to the end or to one whose constants are beyond it; returns where in the weights it stopped. */
typedef const int8_t *linear_rows(linear_job *job);
linear_rows nf_xtensa_linear_rows;

/* The same for a single token: rows of whole words, whose sums times 256 fit 32 bits. Needs neither values, rest nor bound. */
linear_rows nf_xtensa_linear_one_rows;
#define ONE_MOST_INPUTS 511
#define ONE_OVERREAD 8 /* bytes behind the token */

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

static int32_t one_fits(const nf_linear_params *params, const int8_t *weights, nf_scratch scratch)
{
    return (params->inputs | (int32_t)(uintptr_t)weights) % 4 == 0 && params->inputs <= ONE_MOST_INPUTS &&
           scratch.size >= 2u * (uint32_t)params->inputs + ONE_OVERREAD;
}

static void go_to(linear_job *job, const nf_linear_params *params, const nf_channel_constants *constants,
                  const int8_t *weights, int8_t *y, int32_t token, int32_t output)
{
    job->weights = weights + output * params->inputs;
    job->bias = constants->bias + output;
    job->y = y + token * params->token_stride + output * params->output_stride;
}

void nf_xtensa_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                         const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const int32_t inputs = params->inputs, columns = nf_xtensa_round_up4(inputs), tokens = params->tokens;
    const bool is_one = tokens == 1;
    const int32_t fit = is_one ? one_fits(params, weights, scratch) : tokens_that_fit(params, scratch);
    if (fit == 0) {
        nf_scalar_linear_s8(params, constants, x, weights, y, scratch);
        return;
    }

    int16_t *values = (int16_t *)(void *)scratch.bytes, *wide = is_one ? values : values + columns;
    linear_rows *const rows = is_one ? nf_xtensa_linear_one_rows : nf_xtensa_linear_rows;
    linear_job job = {
        .weights_end = weights + params->outputs * inputs,
        .to_multiplier = (int32_t)((const int8_t *)constants->multiplier - (const int8_t *)constants->bias),
        .to_shift = (int32_t)((const int8_t *)constants->shift - (const int8_t *)constants->bias),
        .values = values,
        .tokens = wide,
        .token_stride = params->token_stride,
        .output_stride = params->output_stride,
        .low = params->low,
        .rounding = 2 * params->output_zero_point + 1,
        .whole_groups = inputs / 4,
        .rest = inputs & 3,
        .groups = columns / 4,
        .bound = inputs * (128 * 128),
    };
    /* Tiles of equal size: each widens all weights again. */
    const int32_t tiles = (tokens + fit - 1) / fit, tile = (tokens + tiles - 1) / tiles;
    for (int32_t token = 0; token < tokens; token += tile) {
        const int32_t count = tokens - token < tile ? tokens - token : tile;
        if (is_one || !params->same_input || count != tokens) {
            nf_xtensa_widen(wide, x + token * params->input_stride, params->input_stride, count, inputs);
        }
        job.tokens_end = wide + count * columns;
        go_to(&job, params, constants, weights, y, token, 0);
        for (const int8_t *stopped; (stopped = rows(&job)) != job.weights_end;) {
            const int32_t output = (stopped - weights) / inputs;
            nf_scalar_linear_part(params, constants, x, weights, y, token, count, output, 1);
            if (output + 1 == params->outputs) {
                break;
            }
            go_to(&job, params, constants, weights, y, token, output + 1);
        }
    }
    if (params->high < 127) {
        clamp_high(params, y);
    }
}
