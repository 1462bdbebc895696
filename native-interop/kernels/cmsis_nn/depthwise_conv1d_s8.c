#include "../scalar/scalar.h"
#include "arguments.h"
#include "cmsis_nn.h"
#include "inside.h"

static bool convolve_inside(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                            const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const cmsis_nn_dims input = {.n = 1, .h = 1, .w = params->samples, .c = params->channels};
    const cmsis_nn_dims filter = {.n = 1, .h = 1, .w = params->kernel, .c = params->channels};
    const cmsis_nn_dims bias = {.n = 1, .h = 1, .w = 1, .c = params->channels};
    const cmsis_nn_dims output = {.n = 1, .h = 1, .w = params->output_samples, .c = params->channels};
    const cmsis_nn_context context = nf_context_of(scratch);
    const cmsis_nn_dw_conv_params layer = {
        .output_offset = params->output_zero_point,
        .ch_mult = 1,
        .stride = {.w = params->stride, .h = 1},
        .dilation = {.w = 1, .h = 1},
        .activation = {.min = params->low, .max = params->high},
    };
    const cmsis_nn_per_channel_quant_params quantization = nf_channel_quantization(constants);

    /* CMSIS-NN counts samples in an int16. */
    return params->samples <= INT16_MAX &&
           arm_depthwise_conv_wrapper_s8_get_buffer_size(&layer, &input, &filter, &output) <= context.size &&
           arm_depthwise_conv_wrapper_s8(&context, &layer, &quantization, &input, x, &filter, weights, &bias,
                                         constants->bias, &output, y) == ARM_CMSIS_NN_SUCCESS;
}

void nf_cmsis_nn_depthwise_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants,
                                     const int8_t *x, const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    nf_convolve_in_parts(convolve_inside, nf_scalar_depthwise_conv1d_s8, params, constants, x, weights, y, scratch);
}
