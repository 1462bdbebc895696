/* Where its kernel lies wholly within the input, a convolution is a linear layer over overlapping rows; the edges are the scalar kernel's. */
#ifndef NANOFORMER_KERNELS_CONVOLUTION_H
#define NANOFORMER_KERNELS_CONVOLUTION_H

#include <stddef.h>

#include "scalar/scalar.h"

/* Outputs [from, to). */
static inline void nf_convolve_edge(const nf_conv1d_params *params, const nf_channel_constants *constants,
                                    const int8_t *x, const int8_t *weights, int8_t *y, int32_t from, int32_t to)
{
    if (from == to) {
        return;
    }
    nf_conv1d_params part = *params;
    part.pad_left -= from * params->stride;
    part.output_samples = to - from;
    nf_scalar_conv1d_s8(&part, constants, x, weights, y + from * params->outputs,
                        (nf_scratch){.bytes = NULL, .size = 0});
}

/* Inline, so that `linear` is called by its name. */
static inline void nf_convolve_by(nf_linear_s8_kernel *linear, const nf_conv1d_params *params,
                                  const nf_channel_constants *constants, const int8_t *x, const int8_t *weights,
                                  int8_t *y, nf_scratch scratch)
{
    const int32_t room = params->samples - params->kernel + params->pad_left;
    const int32_t first = (params->pad_left + params->stride - 1) / params->stride;
    const int32_t last = room < 0 ? 0 : room / params->stride + 1;
    const int32_t end = last < params->output_samples ? last : params->output_samples;
    if (first >= end) {
        nf_convolve_edge(params, constants, x, weights, y, 0, params->output_samples);
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
        .packed = params->packed,
    };
    nf_convolve_edge(params, constants, x, weights, y, 0, first);
    linear(&inside, constants, x + (first * params->stride - params->pad_left) * params->channels, weights,
           y + first * params->outputs, scratch);
    nf_convolve_edge(params, constants, x, weights, y, end, params->output_samples);
}

#endif
