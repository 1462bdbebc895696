/* The scalar kernel over some of the tokens and outputs of a linear layer: what a faster way leaves over. */
#ifndef NANOFORMER_KERNELS_LINEAR_PART_H
#define NANOFORMER_KERNELS_LINEAR_PART_H

#include "scalar/scalar.h"

/* `tokens` from `token` on, `outputs` from `output` on. */
static inline void nf_scalar_linear_part(const nf_linear_params *params, const nf_channel_constants *constants,
                                         const int8_t *x, const int8_t *weights, int8_t *y, int32_t token,
                                         int32_t tokens, int32_t output, int32_t outputs)
{
    nf_linear_params part = *params;
    const nf_channel_constants from = {
        .bias = constants->bias + output,
        .multiplier = constants->multiplier + output,
        .shift = constants->shift + output,
    };
    part.tokens = tokens;
    part.outputs = outputs;
    nf_scalar_linear_s8(&part, &from, x + token * params->input_stride, weights + output * params->inputs,
                        y + token * params->token_stride + output * params->output_stride, (nf_scratch){0});
}

#endif
