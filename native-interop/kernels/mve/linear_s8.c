#include <stdbool.h>

#include "mve.h"
#include "product.h"

/* As nf_mve_linear_s8, for rows of 32 inputs that lie one after the other, whole groups of eight tokens and pairs of outputs. Returns the
 * pairs it left, from the first that has a shift of 0 or more. */
int32_t nf_mve_linear_32(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                         const int8_t *weights, int8_t *y);

static bool is_regular(const nf_linear_params *params)
{
    return params->inputs == 32 && params->input_stride == 32 && params->tokens % 8 == 0 && params->outputs % 2 == 0 &&
           params->tokens > 0 && 3 * params->token_stride + params->output_stride <= UINT16_MAX;
}

/* Outputs from `done` on. */
__attribute__((noinline)) static void linear_from(int32_t done, const nf_linear_params *params,
                                                  const nf_channel_constants *constants, const int8_t *x,
                                                  const int8_t *weights, int8_t *y)
{
    const nf_mve_product product = {
        .x = x,
        .weights = weights + done * params->inputs,
        .y = y + done * params->output_stride,
        .tokens = params->tokens,
        .rows = params->outputs - done,
        .inner = params->inputs,
        .x_stride = params->input_stride,
        .weight_stride = params->inputs,
        .token_stride = params->token_stride,
        .output_stride = params->output_stride,
        .bias = constants->bias + done,
        .multiplier = constants->multiplier + done,
        .shift = constants->shift + done,
        .constants_step = 1,
        .zero_point = params->output_zero_point,
        .low = params->low,
        .high = params->high,
    };
    nf_mve_product_run(&product);
}

void nf_mve_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                      const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    int32_t done = 0;
    (void)scratch;

    if (is_regular(params)) {
        done = params->outputs - 2 * nf_mve_linear_32(params, constants, x, weights, y);
    }
    if (done < params->outputs) {
        linear_from(done, params, constants, x, weights, y);
    }
}
