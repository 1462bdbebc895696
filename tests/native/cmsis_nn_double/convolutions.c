/* Convolutions over one row of samples without padding, which is all that the adapter asks for. */
#include "arm_nnfunctions.h"
#include "buffer.h"
#include "fixed_point.h"
#include "test_port.h"

#define LANES 16 /* of Helium: a patch is rounded up to this size */

static bool is_one_row(const cmsis_nn_dims *dims)
{
    return dims->h == 1 && dims->w >= 1 && dims->c >= 1;
}

static bool is_plain(const cmsis_nn_tile *padding, const cmsis_nn_tile *dilation)
{
    return padding->w == 0 && padding->h == 0 && dilation->w == 1 && dilation->h == 1;
}

/* The last window ends where the input does, or before. */
static bool widths_agree(int32_t input, int32_t filter, int32_t stride, int32_t output)
{
    return stride >= 1 && (output - 1) * stride + filter <= input;
}

int32_t arm_convolve_wrapper_s8_get_buffer_size(const cmsis_nn_conv_params *conv_params,
                                                const cmsis_nn_dims *input_dims, const cmsis_nn_dims *filter_dims,
                                                const cmsis_nn_dims *output_dims)
{
    (void)conv_params;
    (void)output_dims;
    const int32_t patch = (filter_dims->w * input_dims->c + LANES - 1) / LANES * LANES;
    return filter_dims->w == 1 ? 0 : 4 * patch;
}

arm_cmsis_nn_status arm_convolve_wrapper_s8(const cmsis_nn_context *ctx, const cmsis_nn_conv_params *conv_params,
                                            const cmsis_nn_per_channel_quant_params *quant_params,
                                            const cmsis_nn_dims *input_dims, const int8_t *input_data,
                                            const cmsis_nn_dims *filter_dims, const int8_t *filter_data,
                                            const cmsis_nn_dims *bias_dims, const int32_t *bias_data,
                                            const cmsis_nn_dims *output_dims, int8_t *output_data)
{
    const int32_t outputs = output_dims->c, patch = filter_dims->w * filter_dims->c;
    TEST_CHECK(is_one_row(input_dims) && is_one_row(filter_dims) && is_one_row(output_dims));
    TEST_CHECK(input_dims->n == 1 && output_dims->n == 1 && filter_dims->n == outputs && bias_dims->c == outputs);
    TEST_CHECK(filter_dims->c == input_dims->c && is_plain(&conv_params->padding, &conv_params->dilation));
    TEST_CHECK(widths_agree(input_dims->w, filter_dims->w, conv_params->stride.w, output_dims->w));
    use_buffer(ctx, arm_convolve_wrapper_s8_get_buffer_size(conv_params, input_dims, filter_dims, output_dims));

    for (int32_t i = 0; i < output_dims->w * outputs; i++) {
        const int8_t *x = input_data + i / outputs * conv_params->stride.w * input_dims->c;
        const int32_t n = i % outputs;
        int32_t acc = bias_data[n];
        for (int32_t k = 0; k < patch; k++) {
            acc += (x[k] + conv_params->input_offset) * filter_data[n * patch + k];
        }
        output_data[i] = nf_store(nf_requantize(acc, quant_params->multiplier[n], quant_params->shift[n]),
                                  conv_params->output_offset, conv_params->activation.min, conv_params->activation.max);
    }
    return ARM_CMSIS_NN_SUCCESS;
}

int32_t arm_depthwise_conv_wrapper_s8_get_buffer_size(const cmsis_nn_dw_conv_params *dw_conv_params,
                                                      const cmsis_nn_dims *input_dims, const cmsis_nn_dims *filter_dims,
                                                      const cmsis_nn_dims *output_dims)
{
    (void)dw_conv_params;
    (void)output_dims;
    return filter_dims->w * input_dims->c * (int32_t)sizeof(int16_t);
}

arm_cmsis_nn_status arm_depthwise_conv_wrapper_s8(const cmsis_nn_context *ctx,
                                                  const cmsis_nn_dw_conv_params *dw_conv_params,
                                                  const cmsis_nn_per_channel_quant_params *quant_params,
                                                  const cmsis_nn_dims *input_dims, const int8_t *input_data,
                                                  const cmsis_nn_dims *filter_dims, const int8_t *filter_data,
                                                  const cmsis_nn_dims *bias_dims, const int32_t *bias_data,
                                                  const cmsis_nn_dims *output_dims, int8_t *output_data)
{
    const int32_t channels = input_dims->c;
    TEST_CHECK(is_one_row(input_dims) && is_one_row(filter_dims) && is_one_row(output_dims));
    TEST_CHECK(input_dims->n == 1 && filter_dims->n == 1 && output_dims->n == 1 && dw_conv_params->ch_mult == 1);
    TEST_CHECK(filter_dims->c == channels && output_dims->c == channels && bias_dims->c == channels);
    TEST_CHECK(is_plain(&dw_conv_params->padding, &dw_conv_params->dilation));
    TEST_CHECK(widths_agree(input_dims->w, filter_dims->w, dw_conv_params->stride.w, output_dims->w));
    use_buffer(ctx,
               arm_depthwise_conv_wrapper_s8_get_buffer_size(dw_conv_params, input_dims, filter_dims, output_dims));

    for (int32_t i = 0; i < output_dims->w * channels; i++) {
        const int8_t *x = input_data + i / channels * dw_conv_params->stride.w * channels;
        const int32_t c = i % channels;
        int32_t acc = bias_data[c];
        for (int32_t j = 0; j < filter_dims->w; j++) {
            acc += (x[j * channels + c] + dw_conv_params->input_offset) * filter_data[j * channels + c];
        }
        output_data[i] =
            nf_store(nf_requantize(acc, quant_params->multiplier[c], quant_params->shift[c]),
                     dw_conv_params->output_offset, dw_conv_params->activation.min, dw_conv_params->activation.max);
    }
    return ARM_CMSIS_NN_SUCCESS;
}
