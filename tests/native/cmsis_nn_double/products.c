#include "arm_nnfunctions.h"
#include "buffer.h"
#include "fixed_point.h"
#include "test_port.h"

int32_t arm_fully_connected_s8_get_buffer_size(const cmsis_nn_dims *filter_dims)
{
    return filter_dims->c * (int32_t)sizeof(int32_t);
}

/* Helium begins with the sums in the context, other cores with the bias: for one result everywhere, the caller must have put into the
 * context what the bias and the input offset come to. */
static int32_t first_sum(const cmsis_nn_context *ctx, int32_t n, int32_t bias, int32_t input_offset, const int8_t *row,
                         int32_t inputs)
{
    const int32_t given = ((const int32_t *)ctx->buf)[n];
    int32_t sum = bias;
    for (int32_t k = 0; k < inputs; k++) {
        sum += input_offset * row[k];
    }
    TEST_CHECK(given == sum);
    return given;
}

arm_cmsis_nn_status arm_fully_connected_per_channel_s8(const cmsis_nn_context *ctx, const cmsis_nn_fc_params *fc_params,
                                                       const cmsis_nn_per_channel_quant_params *quant_params,
                                                       const cmsis_nn_dims *input_dims, const int8_t *input_data,
                                                       const cmsis_nn_dims *filter_dims, const int8_t *filter_data,
                                                       const cmsis_nn_dims *bias_dims, const int32_t *bias_data,
                                                       const cmsis_nn_dims *output_dims, int8_t *output_data)
{
    const int32_t inputs = filter_dims->n, outputs = output_dims->c;
    TEST_CHECK(input_dims->h * input_dims->w * input_dims->c == inputs && input_dims->n == output_dims->n);
    TEST_CHECK(filter_dims->c == outputs && bias_dims->c == outputs && fc_params->filter_offset == 0);
    TEST_CHECK(ctx->size >= arm_fully_connected_s8_get_buffer_size(filter_dims));

    for (int32_t i = 0; i < output_dims->n * outputs; i++) {
        const int32_t n = i % outputs;
        const int8_t *x = input_data + i / outputs * inputs, *row = filter_data + n * inputs;
        int32_t acc = first_sum(ctx, n, bias_data[n], fc_params->input_offset, row, inputs);
        for (int32_t k = 0; k < inputs; k++) {
            acc += x[k] * row[k];
        }
        output_data[i] = nf_store(nf_requantize(acc, quant_params->multiplier[n], quant_params->shift[n]),
                                  fc_params->output_offset, fc_params->activation.min, fc_params->activation.max);
    }
    return ARM_CMSIS_NN_SUCCESS;
}

/* A batch of one. */
arm_cmsis_nn_status arm_batch_matmul_s8(const cmsis_nn_context *ctx, const cmsis_nn_bmm_params *bmm_params,
                                        const cmsis_nn_per_tensor_quant_params *quant_params,
                                        const cmsis_nn_dims *input_lhs_dims, const int8_t *input_lhs,
                                        const cmsis_nn_dims *input_rhs_dims, const int8_t *input_rhs,
                                        const cmsis_nn_dims *output_dims, int8_t *output)
{
    const cmsis_nn_fc_params *params = &bmm_params->fc_params;
    const int32_t inner = input_rhs_dims->c, columns = input_rhs_dims->w;
    const cmsis_nn_dims filter = {.n = inner, .h = 1, .w = 1, .c = columns};
    TEST_CHECK(input_lhs_dims->n == 1 && input_rhs_dims->n == 1 && output_dims->n == 1);
    TEST_CHECK(input_lhs_dims->h == 1 && input_rhs_dims->h == 1 && output_dims->h == 1);
    TEST_CHECK(input_lhs_dims->c == inner && output_dims->w == input_lhs_dims->w && output_dims->c == columns);
    use_buffer(ctx, arm_fully_connected_s8_get_buffer_size(&filter));

    for (int32_t i = 0; i < output_dims->w * columns; i++) {
        const int8_t *a = input_lhs + i / columns * inner, *b = input_rhs + i % columns * inner;
        int32_t acc = 0;
        for (int32_t k = 0; k < inner; k++) {
            acc += (a[k] + params->input_offset) * (b[k] + params->filter_offset);
        }
        output[i] = nf_store(nf_requantize(acc, quant_params->multiplier, quant_params->shift), params->output_offset,
                             params->activation.min, params->activation.max);
    }
    return ARM_CMSIS_NN_SUCCESS;
}
