#include <stdbool.h>

#include "../fixed_point.h"
#include "scalar.h"

void nf_scalar_depthwise_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants,
                                   const int8_t *x, const int8_t *weights, int8_t *restrict y, nf_scratch scratch)
{
    const int32_t channels = params->channels;
    (void)scratch;

    for (int32_t u = 0; u < params->output_samples; u++) {
        const int32_t start = u * params->stride - params->pad_left;

        for (int32_t c = 0; c < channels; c++) {
            int32_t acc = constants->bias[c];
            for (int32_t j = 0; j < params->kernel; j++) {
                const int32_t sample = start + j;
                const bool inside = sample >= 0 && sample < params->samples;
                acc += (inside ? x[sample * channels + c] : params->input_zero_point) * weights[j * channels + c];
            }
            const int32_t scaled = nf_requantize(acc, constants->multiplier[c], constants->shift[c]);
            *y++ = nf_store(scaled, params->output_zero_point, params->low, params->high);
        }
    }
}
