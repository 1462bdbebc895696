#include "inside.h"

/* Output rows [first, first + count) as a convolution of its own, whose input begins at sample `start`; `start` is where the first row's
 * kernel begins, or 0 when that lies in the padding. */
typedef struct part {
    nf_conv1d_params params;
    int32_t start;
} part;

static part part_of(const nf_conv1d_params *params, int32_t first, int32_t count)
{
    const int32_t position = first * params->stride - params->pad_left;
    part p = {.params = *params, .start = position > 0 ? position : 0};
    p.params.samples -= p.start;
    p.params.pad_left = p.start - position;
    p.params.output_samples = count;
    return p;
}

/* The first output row that reads no padding before the input. */
static int32_t first_inside(const nf_conv1d_params *params)
{
    const int32_t row = (params->pad_left + params->stride - 1) / params->stride;
    return row < params->output_samples ? row : params->output_samples;
}

/* The first output row that reads padding behind the input. */
static int32_t end_inside(const nf_conv1d_params *params)
{
    const int32_t last_position = params->samples + params->pad_left - params->kernel;
    const int32_t row = last_position < 0 ? 0 : last_position / params->stride + 1;
    return row < params->output_samples ? row : params->output_samples;
}

void nf_convolve_in_parts(nf_inside_convolution *inside, nf_convolution *any, const nf_conv1d_params *params,
                          const nf_channel_constants *constants, const int8_t *x, const int8_t *weights, int8_t *y,
                          nf_scratch scratch)
{
    const int32_t first = first_inside(params), end = end_inside(params);
    const part before = part_of(params, 0, first);
    const part middle = part_of(params, first, end - first);
    const part behind = part_of(params, end, params->output_samples - end);

    if (first >= end || !inside(&middle.params, constants, x + middle.start * params->channels, weights,
                                y + first * params->outputs, scratch)) {
        any(params, constants, x, weights, y, scratch);
        return;
    }
    any(&before.params, constants, x, weights, y, scratch);
    if (end < params->output_samples) {
        any(&behind.params, constants, x + behind.start * params->channels, weights, y + end * params->outputs,
            scratch);
    }
}
