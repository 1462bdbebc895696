#include "../scalar/scalar.h"
#include "arguments.h"
#include "cmsis_nn.h"
#include "inside.h"

/* Windows that touch but do not overlap are tokens one after the other. */
static void multiply_patches(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                             const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const int32_t inputs = params->kernel * params->channels;
    const nf_linear_params patches = {
        .tokens = params->output_samples,
        .inputs = inputs,
        .outputs = params->outputs,
        .input_stride = inputs,
        .token_stride = params->outputs,
        .output_stride = 1,
        .output_zero_point = params->output_zero_point,
        .low = params->low,
        .high = params->high,
    };
    nf_cmsis_nn_linear_s8(&patches, constants, x, weights, y, scratch);
}

static bool convolve(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                     const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    /* No more than what is read: CMSIS-NN derives the padding behind the input from its width. */
    const int32_t samples = (params->output_samples - 1) * params->stride + params->kernel;
    const cmsis_nn_dims input = {.n = 1, .h = 1, .w = samples, .c = params->channels};
    const cmsis_nn_dims filter = {.n = params->outputs, .h = 1, .w = params->kernel, .c = params->channels};
    const cmsis_nn_dims bias = {.n = 1, .h = 1, .w = 1, .c = params->outputs};
    const cmsis_nn_dims output = {.n = 1, .h = 1, .w = params->output_samples, .c = params->outputs};
    const cmsis_nn_context context = nf_context_of(scratch);
    const cmsis_nn_conv_params layer = {
        .output_offset = params->output_zero_point,
        .stride = {.w = params->stride, .h = 1},
        .dilation = {.w = 1, .h = 1},
        .activation = {.min = params->low, .max = params->high},
    };
    const cmsis_nn_per_channel_quant_params quantization = nf_channel_quantization(constants);
    return arm_convolve_wrapper_s8_get_buffer_size(&layer, &input, &filter, &output) <= context.size &&
           arm_convolve_wrapper_s8(&context, &layer, &quantization, &input, x, &filter, weights, &bias, constants->bias,
                                   &output, y) == ARM_CMSIS_NN_SUCCESS;
}

static bool convolve_inside(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                            const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    if (params->stride == params->kernel) {
        multiply_patches(params, constants, x, weights, y, scratch);
        return true;
    }
    return convolve(params, constants, x, weights, y, scratch);
}

void nf_cmsis_nn_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                           const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    nf_convolve_in_parts(convolve_inside, nf_scalar_conv1d_s8, params, constants, x, weights, y, scratch);
}
