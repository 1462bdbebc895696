/* Two integrators (a state-variable filter) with 24 fraction bits make a second-order Butterworth low-pass of 0.1 Hz. It starts
 * as the running mean of the first second, and is set to the mean of a still stretch, where that mean is the sensor's offset. */
#include "stages.h"

#define FRACTION_BITS 24
#define ONE (INT64_C(1) << FRACTION_BITS)
#define MICRO_RADIANS_PER_SECOND INT64_C(628319) /* 2 pi * 0.1 Hz */
#define DAMPING_Q24 INT64_C(23726566)            /* sqrt(2), Butterworth */

void nf_gyro_bias_open(nf_gyro_bias *bias, uint32_t hertz)
{
    *bias = (nf_gyro_bias){
        .rate_q24 = MICRO_RADIANS_PER_SECOND * ONE / (INT64_C(1000000) * hertz),
        .warm_up = (int32_t)hertz,
    };
}

/* |value| < 2^43 and the rate < 2^21 (4 Hz and up), so a few low bits are dropped before the product. */
static int64_t scale(const nf_gyro_bias *bias, int64_t value)
{
    return ((value >> 4) * bias->rate_q24) >> (FRACTION_BITS - 4);
}

static void track(nf_gyro_bias *bias, uint32_t axis, int64_t input)
{
    if (bias->seen < bias->warm_up) {
        bias->low[axis] += (input - bias->low[axis]) / (bias->seen + 1);
        return;
    }
    const int64_t damping = ((bias->band[axis] >> 8) * (DAMPING_Q24 >> 8)) >> (FRACTION_BITS - 16);
    const int64_t high = input - bias->low[axis] - damping;
    bias->band[axis] += scale(bias, high);
    bias->low[axis] += scale(bias, bias->band[axis]);
}

int32_t nf_gyro_bias_of(const nf_gyro_bias *bias, uint32_t axis)
{
    return (int32_t)((bias->low[axis] + ONE / 2) >> FRACTION_BITS);
}

void nf_gyro_bias_remove(nf_gyro_bias *bias, int16_t axes[NF_PATH_AXES])
{
    for (uint32_t axis = 0; axis < NF_PATH_AXES; axis++) {
        const int32_t raw = axes[axis];
        bias->sum[axis] += raw;
        track(bias, axis, raw * ONE);
        axes[axis] = nf_saturate_int16(raw - nf_gyro_bias_of(bias, axis));
    }
    bias->stretch++;
    if (bias->seen < bias->warm_up) {
        bias->seen++;
    }
}

void nf_gyro_bias_restore(nf_gyro_bias *bias, const int32_t known[NF_PATH_AXES])
{
    for (uint32_t axis = 0; axis < NF_PATH_AXES; axis++) {
        bias->low[axis] = nf_saturate_int16(known[axis]) * ONE;
        bias->band[axis] = 0;
    }
    bias->seen = bias->warm_up;
}

void nf_gyro_bias_end_stretch(nf_gyro_bias *bias, bool is_still)
{
    for (uint32_t axis = 0; axis < NF_PATH_AXES; axis++) {
        if (is_still && bias->stretch > 0) {
            bias->low[axis] = bias->sum[axis] * ONE / bias->stretch;
            bias->band[axis] = 0;
        }
        bias->sum[axis] = 0;
    }
    bias->stretch = 0;
}
