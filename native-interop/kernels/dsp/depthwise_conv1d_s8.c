#include <arm_acle.h>
#include <stdbool.h>

#include "../fixed_point.h"
#include "dsp.h"
#include "packed.h"
#include "scalar/scalar.h"

/* A channel's constants, as the five-instruction epilogue of tile.S wants them. */
typedef struct channel {
    int32_t bias, multiplier, rounding, shift;
} channel;

/* Sums of four channels of the output sample whose kernel begins at `start`, which may lie outside the input. */
static inline void sum_channels(const nf_conv1d_params *params, const int8_t *x, const int8_t *weights, int32_t start,
                                const channel of[4], int32_t sums[4])
{
    const uint32_t padding = (uint8_t)params->input_zero_point * 0x01010101u;

    for (int i = 0; i < 4; i++) {
        sums[i] = of[i].bias;
    }
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

/* False when the epilogue does not cover one of four channels. */
static bool start(channel of[4], const nf_channel_constants *constants, int32_t zero_point, int32_t first)
{
    bool is_covered = true;
    for (int32_t i = 0; i < 4; i++) {
        const int32_t bias = constants->bias[first + i], shift = constants->shift[first + i];
        const bool is_fast = nf_dsp_is_fast_shift(shift);
        of[i] = (channel){
            .bias = bias,
            .multiplier = constants->multiplier[first + i],
            .rounding = is_fast ? nf_dsp_rounding(zero_point, shift) : 0,
            .shift = is_fast ? -shift : shift,
        };
        is_covered = is_covered && is_fast && bias < MAX_TILE_BIAS && bias >= -MAX_TILE_BIAS;
    }
    return is_covered;
}

static inline int8_t store(int32_t sum, const channel *of, int32_t low, int32_t high)
{
    const int32_t doubled = 2 * sum;
    const int32_t y = nf_dsp_high_mul_add(doubled, of->multiplier, of->rounding + (doubled >> 31)) >> of->shift;
    const int32_t at_least = y < low ? low : y;
    return (int8_t)(at_least > high ? high : at_least);
}

void nf_dsp_depthwise_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                                const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const int32_t channels = params->channels;
    channel of[4];

    if (channels % 4 != 0) {
        nf_scalar_depthwise_conv1d_s8(params, constants, x, weights, y, scratch);
        return;
    }
    for (int32_t c = 0; c < channels; c += 4) {
        const bool is_covered = start(of, constants, params->output_zero_point, c);
        for (int32_t u = 0; u < params->output_samples; u++) {
            int8_t *to = y + u * channels + c;
            int32_t sums[4];
            sum_channels(params, x + c, weights + c, u * params->stride - params->pad_left, of, sums);
            for (int32_t i = 0; i < 4; i++) {
                to[i] = is_covered
                            ? store(sums[i], &of[i], params->low, params->high)
                            : nf_store(nf_requantize(sums[i], constants->multiplier[c + i], constants->shift[c + i]),
                                       params->output_zero_point, params->low, params->high);
            }
        }
    }
}
