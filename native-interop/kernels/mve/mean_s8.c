#include "mve.h"
#include "requantize.h"

#define MOST_ROWS 255 /* whose sum int16 holds */

static int32x4_t finished(int32x4_t sum, const nf_mean_params *params)
{
    const int32x4_t x = vsubq_n_s32(sum, params->input_zero_point * params->rows);
    const int32x4_t scaled = nf_mve_requantize(x, vdupq_n_s32(params->multiplier), vdupq_n_s32(params->shift));
    const int32x4_t y = vaddq_n_s32(scaled, params->output_zero_point);
    return nf_mve_clamp(y, vdupq_n_s32(INT8_MIN), vdupq_n_s32(INT8_MAX));
}

/* Eight columns of a few rows, summed in int16. */
static void mean_of_eight(const nf_mean_params *params, const int8_t *x, int8_t *y)
{
    const uint32x4_t even = vidupq_n_u32(0, 2);
    int16x8_t sum = vdupq_n_s16(0);

    for (int32_t r = 0; r < params->rows; r++, x += params->columns) {
        sum = vaddq_s16(sum, vldrbq_s16(x));
    }
    vstrbq_scatter_offset_s32(y, even, finished(vmovlbq_s16(sum), params));
    vstrbq_scatter_offset_s32(y + 1, even, finished(vmovltq_s16(sum), params));
}

/* Up to four columns. */
static void mean_of_four(const nf_mean_params *params, int32_t columns, const int8_t *x, int8_t *y)
{
    const mve_pred16_t lanes = vctp32q((uint32_t)columns);
    int32x4_t sum = vdupq_n_s32(0);

    for (int32_t r = 0; r < params->rows; r++, x += params->columns) {
        sum = vaddq_s32(sum, vldrbq_z_s32(x, lanes));
    }
    vstrbq_p_s32(y, finished(sum, params), lanes);
}

void nf_mve_mean_s8(const nf_mean_params *params, const int8_t *x, int8_t *y)
{
    int32_t c = 0;

    if (params->rows <= MOST_ROWS) {
        for (; c + 8 <= params->columns; c += 8) {
            mean_of_eight(params, x + c, y + c);
        }
    }
    for (; c < params->columns; c += 4) {
        mean_of_four(params, params->columns - c, x + c, y + c);
    }
}
