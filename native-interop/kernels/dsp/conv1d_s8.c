#include <stddef.h>

#include "dsp.h"
#include "scalar/scalar.h"

/* Outputs [from, to), the edges: padding is the scalar kernel's. */
static void edge(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                 const int8_t *weights, int8_t *y, int32_t from, int32_t to)
{
    nf_conv1d_params part = *params;
    part.pad_left -= from * params->stride;
    part.output_samples = to - from;
    nf_scalar_conv1d_s8(&part, constants, x, weights, y + from * params->outputs,
                        (nf_scratch){.bytes = NULL, .size = 0});
}

/* Where the kernel lies wholly within the input, a convolution is a linear layer over overlapping rows. */
void nf_dsp_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                      const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const int32_t room = params->samples - params->kernel + params->pad_left;
    const int32_t first = (params->pad_left + params->stride - 1) / params->stride;
    int32_t end = room < 0 ? 0 : room / params->stride + 1;
    end = end < params->output_samples ? end : params->output_samples;
    if (first >= end) {
        edge(params, constants, x, weights, y, 0, params->output_samples);
        return;
    }

    const nf_linear_params inside = {
        .tokens = end - first,
        .inputs = params->kernel * params->channels,
        .outputs = params->outputs,
        .input_stride = params->stride * params->channels,
        .token_stride = params->outputs,
        .output_stride = 1,
        .output_zero_point = params->output_zero_point,
        .low = params->low,
        .high = params->high,
    };
    edge(params, constants, x, weights, y, 0, first);
    nf_dsp_linear_s8(&inside, constants, x + (first * params->stride - params->pad_left) * params->channels, weights,
                     y + first * params->outputs, scratch);
    edge(params, constants, x, weights, y, end, params->output_samples);
}
