#include "../fixed_point.h"
#include "dot.h"
#include "scalar.h"

void nf_scalar_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                         const int8_t *weights, int8_t *restrict y, nf_scratch scratch)
{
    const int32_t inputs = params->inputs, outputs = params->outputs;
    int32_t sums[NF_DOT_BLOCK];
    (void)scratch;

    for (int32_t t = 0; t < params->tokens; t++) {
        for (int32_t n = 0; n < outputs;) {
            const int32_t done = nf_dot_rows_s8(x + t * params->input_stride, 0, weights + n * inputs, inputs, inputs,
                                                outputs - n, sums);

            for (int32_t i = 0; i < done; i++, n++) {
                const int32_t acc = constants->bias[n] + sums[i];
                const int32_t scaled = nf_requantize(acc, constants->multiplier[n], constants->shift[n]);
                y[t * params->token_stride + n * params->output_stride] =
                    nf_store(scaled, params->output_zero_point, params->low, params->high);
            }
        }
    }
}
