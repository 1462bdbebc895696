#include <arm_acle.h>

#include "../fixed_point.h"
#include "dsp.h"
#include "packed.h"
#include "scalar/scalar.h"

#define ROWS_AT_A_TIME 255 /* this many values of -128..127 add up within 16 bits */

/* Sums of four columns. */
static void sum_columns(const nf_mean_params *params, const int8_t *x, int32_t sums[4])
{
    sums[0] = sums[1] = sums[2] = sums[3] = -params->rows * params->input_zero_point;

    for (int32_t left = params->rows; left > 0; left -= ROWS_AT_A_TIME) {
        int16x2_t even = 0, odd = 0;
        for (int32_t r = left < ROWS_AT_A_TIME ? left : ROWS_AT_A_TIME; r > 0; r--, x += params->columns) {
            const uint32_t values = nf_dsp_load4(x);
            even = __sxtab16(even, (int8x4_t)values);
            odd = __sxtab16(odd, (int8x4_t)(values >> 8 | values << 24));
        }
        sums[0] += (int16_t)even;
        sums[1] += (int16_t)odd;
        sums[2] += even >> 16;
        sums[3] += odd >> 16;
    }
}

void nf_dsp_mean_s8(const nf_mean_params *params, const int8_t *x, int8_t *y)
{
    int32_t sums[4];
    if (params->columns % 4 != 0) {
        nf_scalar_mean_s8(params, x, y);
        return;
    }
    for (int32_t c = 0; c < params->columns; c += 4) {
        sum_columns(params, x + c, sums);
#pragma GCC unroll 1 /* four copies of a requantization would be large, and save nothing worth it */
        for (int32_t i = 0; i < 4; i++) {
            y[c + i] = nf_store(nf_requantize(sums[i], params->multiplier, params->shift), params->output_zero_point,
                                -128, 127);
        }
    }
}
