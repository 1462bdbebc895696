#include <stdbool.h>

#include "../scalar/scalar.h"
#include "arguments.h"
#include "cmsis_nn.h"

/* `rows` rows of a, one after the other, as are those of b and y. */
static bool multiply(const nf_matmul_params *params, int32_t rows, const int8_t *a, const int8_t *b, int8_t *y,
                     nf_scratch scratch)
{
    const cmsis_nn_dims left = {.n = 1, .h = 1, .w = rows, .c = params->inner};
    const cmsis_nn_dims right = {.n = 1, .h = 1, .w = params->columns, .c = params->inner};
    const cmsis_nn_dims output = {.n = 1, .h = 1, .w = rows, .c = params->columns};
    const cmsis_nn_context context = nf_context_of(scratch);
    const cmsis_nn_bmm_params layer = {
        .fc_params =
            {
                .input_offset = -params->a_zero_point,
                .filter_offset = -params->b_zero_point,
                .output_offset = params->output_zero_point,
                .activation = {.min = -128, .max = 127},
            },
    };
    const cmsis_nn_per_tensor_quant_params quantization = {.multiplier = params->multiplier, .shift = params->shift};
    return arm_batch_matmul_s8(&context, &layer, &quantization, &left, a, &right, b, &output, y) ==
           ARM_CMSIS_NN_SUCCESS;
}

/* On Helium the sums of b's rows take scratch. */
static bool expressible(const nf_matmul_params *params, nf_scratch scratch)
{
    const cmsis_nn_dims right = {.n = params->inner, .h = 1, .w = 1, .c = params->columns};
    return (params->b_stride == params->inner || params->columns == 1) &&
           arm_fully_connected_s8_get_buffer_size(&right) <= (int32_t)scratch.size;
}

static bool multiply_all(const nf_matmul_params *params, const int8_t *a, const int8_t *b, int8_t *y,
                         nf_scratch scratch)
{
    if (params->a_stride == params->inner && params->y_stride == params->columns) {
        return multiply(params, params->rows, a, b, y, scratch);
    }
    for (int32_t row = 0; row < params->rows; row++) {
        if (!multiply(params, 1, a + row * params->a_stride, b, y + row * params->y_stride, scratch)) {
            return false;
        }
    }
    return true;
}

void nf_cmsis_nn_matmul_s8(const nf_matmul_params *params, const int8_t *a, const int8_t *b, int8_t *y,
                           nf_scratch scratch)
{
    if (!expressible(params, scratch) || !multiply_all(params, a, b, y, scratch)) {
        nf_scalar_matmul_s8(params, a, b, y, scratch);
    }
}
