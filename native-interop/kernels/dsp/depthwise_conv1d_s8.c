#include <arm_acle.h>

#include "../fixed_point.h"
#include "dsp.h"
#include "packed.h"
#include "scalar/scalar.h"

/* Sums of four channels of the output sample whose kernel begins at `start`, which may lie outside the input. */
static void sum_channels(const nf_conv1d_params *params, const int8_t *x, const int8_t *weights, int32_t start,
                         int32_t sums[4])
{
    const uint32_t padding = (uint8_t)params->input_zero_point * 0x01010101u;

    for (int32_t j = 0; j < params->kernel; j++, weights += params->channels) {
        const uint32_t sample = (uint32_t)(start + j);
        const uint32_t values =
            sample < (uint32_t)params->samples ? nf_dsp_load4(x + (int32_t)sample * params->channels) : padding;
        const uint32_t w = nf_dsp_load4(weights);
        const int16x2_t even = __sxtb16((int8x4_t)values), odd = __sxtb16((int8x4_t)(values >> 8));
        const int16x2_t w_even = __sxtb16((int8x4_t)w), w_odd = __sxtb16((int8x4_t)(w >> 8));
        sums[0] = __smlabb(even, w_even, sums[0]);
        sums[1] = __smlabb(odd, w_odd, sums[1]);
        sums[2] = __smlatt(even, w_even, sums[2]);
        sums[3] = __smlatt(odd, w_odd, sums[3]);
    }
}

void nf_dsp_depthwise_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                                const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const int32_t channels = params->channels;
    if (channels % 4 != 0) {
        nf_scalar_depthwise_conv1d_s8(params, constants, x, weights, y, scratch);
        return;
    }
    for (int32_t u = 0; u < params->output_samples; u++) {
        for (int32_t c = 0; c < channels; c += 4, y += 4) {
            int32_t sums[4] = {constants->bias[c], constants->bias[c + 1], constants->bias[c + 2],
                               constants->bias[c + 3]};
            sum_channels(params, x + c, weights + c, u * params->stride - params->pad_left, sums);
            for (int32_t i = 0; i < 4; i++) {
                y[i] = nf_store(nf_requantize(sums[i], constants->multiplier[c + i], constants->shift[c + i]),
                                params->output_zero_point, params->low, params->high);
            }
        }
    }
}
