/* Eight channels at a time. Products are int32, of the even and of the odd channels. */
#include "mve.h"
#include "requantize.h"

#define LANES 8

typedef struct pair {
    int32x4_t even, odd;
} pair;

/* Constants of eight channels, or of as many as are left. */
typedef struct group {
    mve_pred16_t lanes;
    pair bias, multiplier, shift;
} group;

static pair pair_from(const int32_t *values, mve_pred16_t even, mve_pred16_t odd)
{
    const uint32x4_t channels = vidupq_n_u32(0, 2);
    return (pair){
        .even = vldrwq_gather_shifted_offset_z_s32(values, channels, even),
        .odd = vldrwq_gather_shifted_offset_z_s32(values + 1, channels, odd),
    };
}

static group group_from(const nf_channel_constants *constants, int32_t channel, int32_t channels)
{
    const uint32_t left = (uint32_t)(channels - channel);
    const mve_pred16_t even = vctp32q((left + 1) / 2), odd = vctp32q(left / 2);
    return (group){
        .lanes = vctp16q(left),
        .bias = pair_from(constants->bias + channel, even, odd),
        .multiplier = pair_from(constants->multiplier + channel, even, odd),
        .shift = pair_from(constants->shift + channel, even, odd),
    };
}

static pair add_product(pair sums, int16x8_t x, int16x8_t w)
{
    return (pair){
        .even = vaddq_s32(sums.even, vmullbq_int_s16(x, w)),
        .odd = vaddq_s32(sums.odd, vmulltq_int_s16(x, w)),
    };
}

/* Positions [from, to) of the kernel lie outside the input. */
static pair add_padding(pair sums, const nf_conv1d_params *params, const int8_t *weights, int32_t from, int32_t to,
                        mve_pred16_t lanes)
{
    const int16x8_t zero_point = vdupq_n_s16((int16_t)params->input_zero_point);
    for (int32_t j = from; j < to; j++) {
        sums = add_product(sums, zero_point, vldrbq_z_s16(weights + j * params->channels, lanes));
    }
    return sums;
}

static int32x4_t scaled(int32x4_t sums, int32x4_t multiplier, int32x4_t shift, const nf_conv1d_params *params)
{
    const int32x4_t y = vaddq_n_s32(nf_mve_requantize(sums, multiplier, shift), params->output_zero_point);
    return nf_mve_clamp(y, vdupq_n_s32(params->low), vdupq_n_s32(params->high));
}

static void convolve_group(const nf_conv1d_params *params, const group *g, const int8_t *x, const int8_t *weights,
                           int8_t *y)
{
    const int32_t channels = params->channels, kernel = params->kernel;

    for (int32_t u = 0; u < params->output_samples; u++, y += channels) {
        const int32_t start = u * params->stride - params->pad_left;
        const int32_t first = start < 0 ? -start : 0;
        const int32_t last = params->samples - start < kernel ? params->samples - start : kernel;
        const int8_t *sample = x + (start + first) * channels, *w = weights + first * channels;
        pair sums = add_padding(g->bias, params, weights, 0, first, g->lanes);

        for (int32_t j = first; j < last; j++, sample += channels, w += channels) {
            sums = add_product(sums, vldrbq_z_s16(sample, g->lanes), vldrbq_z_s16(w, g->lanes));
        }
        sums = add_padding(sums, params, weights, last, kernel, g->lanes);
        const int16x8_t even = vreinterpretq_s16_s32(scaled(sums.even, g->multiplier.even, g->shift.even, params));
        const int32x4_t odd = scaled(sums.odd, g->multiplier.odd, g->shift.odd, params);
        vstrbq_p_s16(y, vmovntq_s32(even, odd), g->lanes);
    }
}

void nf_mve_depthwise_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                                const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    (void)scratch;
    for (int32_t c = 0; c < params->channels; c += LANES) {
        const group g = group_from(constants, c, params->channels);
        convolve_group(params, &g, x + c, weights + c, y + c);
    }
}
