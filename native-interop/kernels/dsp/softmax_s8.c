#include "dsp.h"
#include "reciprocal.h"

static int32_t row_max(const int8_t *x, int32_t columns)
{
    int32_t max = x[0];
    for (int32_t c = 1; c < columns; c++) {
        max = x[c] > max ? x[c] : max;
    }
    return max;
}

/* Without working memory the exponentials are looked up twice. */
static void softmax_row(int32_t columns, const int32_t *exponentials, const int8_t *x, int8_t *y)
{
    const int32_t max = row_max(x, columns);
    int32_t sum = 0;

    for (int32_t c = 0; c < columns; c++) {
        sum = nf_dsp_high_mul_add(exponentials[max - x[c]], 1 << 20, sum);
    }
    const nf_dsp_reciprocal by = nf_dsp_reciprocal_of((uint32_t)sum);
    for (int32_t c = 0; c < columns; c++) {
        const int32_t e = exponentials[max - x[c]];
        const uint32_t share = (uint32_t)nf_dsp_high_mul_add(e, by.multiplier, (int32_t)((uint32_t)e + by.rounding));
        y[c] = nf_dsp_saturate8((int32_t)(share >> by.shift) - 128);
    }
}

void nf_dsp_softmax_s8(const nf_softmax_params *params, const int8_t *x, int8_t *y)
{
    for (int32_t r = 0; r < params->rows; r++) {
        softmax_row(params->columns, params->exponentials, x + r * params->columns, y + r * params->columns);
    }
}
