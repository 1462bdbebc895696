#include <stdbool.h>
#include <stddef.h>

#include "../scalar/scalar.h"
#include "arguments.h"
#include "cmsis_nn.h"

/* One token: matrix times vector. CMSIS-NN for Helium reads bias plus input offset times sum of the weights from the context, where its
 * caller puts it. The input zero point is folded into our bias, so the bias is that sum. */
static bool multiply_vector(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                            const int8_t *weights, int8_t *y)
{
    const cmsis_nn_dims input = {.n = 1, .h = 1, .w = 1, .c = params->inputs};
    const cmsis_nn_dims filter = {.n = params->inputs, .h = 1, .w = 1, .c = params->outputs};
    const cmsis_nn_dims output = {.n = 1, .h = 1, .w = 1, .c = params->outputs};
    const cmsis_nn_context context = {
        .buf = nf_unconst(constants->bias),
        .size = params->outputs * (int32_t)sizeof(int32_t),
    };
    const cmsis_nn_fc_params layer = {
        .output_offset = params->output_zero_point,
        .activation = {.min = params->low, .max = params->high},
    };
    const cmsis_nn_per_channel_quant_params quantization = nf_channel_quantization(constants);
    return arm_fully_connected_per_channel_s8(&context, &layer, &quantization, &input, x, &filter, weights, &output,
                                              constants->bias, &output, y) == ARM_CMSIS_NN_SUCCESS;
}

/* Many tokens, one after the other: a convolution whose kernel is one sample wide. */
static bool multiply_matrix(const nf_linear_params *params, const nf_channel_constants *constants, int32_t tokens,
                            const int8_t *x, const int8_t *weights, int8_t *y)
{
    const cmsis_nn_dims input = {.n = 1, .h = 1, .w = tokens, .c = params->inputs};
    const cmsis_nn_dims filter = {.n = params->outputs, .h = 1, .w = 1, .c = params->inputs};
    const cmsis_nn_dims bias = {.n = 1, .h = 1, .w = 1, .c = params->outputs};
    const cmsis_nn_dims output = {.n = 1, .h = 1, .w = tokens, .c = params->outputs};
    const cmsis_nn_context context = {.buf = NULL, .size = 0};
    const cmsis_nn_conv_params layer = {
        .output_offset = params->output_zero_point,
        .stride = {.w = 1, .h = 1},
        .dilation = {.w = 1, .h = 1},
        .activation = {.min = params->low, .max = params->high},
    };
    const cmsis_nn_per_channel_quant_params quantization = nf_channel_quantization(constants);
    return arm_convolve_wrapper_s8(&context, &layer, &quantization, &input, x, &filter, weights, &bias, constants->bias,
                                   &output, y) == ARM_CMSIS_NN_SUCCESS;
}

static void scatter(const nf_linear_params *params, int32_t tokens, const int8_t *rows, int8_t *y)
{
    for (int32_t t = 0; t < tokens; t++) {
        for (int32_t n = 0; n < params->outputs; n++) {
            y[t * params->token_stride + n * params->output_stride] = *rows++;
        }
    }
}

/* How many tokens one call can take. Results that do not lie one after the other go through the scratch. */
static int32_t tokens_at_once(const nf_linear_params *params, nf_scratch scratch)
{
    const int32_t tokens = params->input_stride == params->inputs ? params->tokens : 1;
    if (params->output_stride == 1) {
        return params->token_stride == params->outputs ? tokens : 1;
    }
    const int32_t room = (int32_t)scratch.size / params->outputs;
    return tokens < room ? tokens : room;
}

static bool multiply(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                     const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const int32_t at_once = tokens_at_once(params, scratch);
    if (at_once == 0) {
        return false;
    }

    for (int32_t t = 0; t < params->tokens; t += at_once) {
        const int32_t tokens = params->tokens - t < at_once ? params->tokens - t : at_once;
        const int8_t *from = x + t * params->input_stride;
        int8_t *to = y + t * params->token_stride;
        int8_t *rows = params->output_stride == 1 ? to : (int8_t *)scratch.bytes;
        const bool done = tokens == 1 ? multiply_vector(params, constants, from, weights, rows)
                                      : multiply_matrix(params, constants, tokens, from, weights, rows);
        if (!done) {
            return false;
        }
        if (params->output_stride != 1) {
            scatter(params, tokens, rows, to);
        }
    }
    return true;
}

void nf_cmsis_nn_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                           const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    if (!multiply(params, constants, x, weights, y, scratch)) {
        nf_scalar_linear_s8(params, constants, x, weights, y, scratch);
    }
}
