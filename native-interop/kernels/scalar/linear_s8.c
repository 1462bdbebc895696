#include "../contract.h"
#include "../fixed_point.h"
#include "dot.h"

void nf_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                  const int8_t *weights, int8_t *y)
{
    for (int32_t t = 0; t < params->tokens; t++) {
        for (int32_t n = 0; n < params->outputs; n++) {
            const int32_t acc = nf_dot_s8(constants->bias[n], x + t * params->inputs, weights + n * params->inputs,
                                          params->inputs);
            const int32_t scaled = nf_requantize(acc, constants->multiplier[n], constants->shift[n]);
            y[t * params->token_stride + n * params->output_stride] =
                nf_store(scaled, params->output_zero_point, params->low, params->high);
        }
    }
}
