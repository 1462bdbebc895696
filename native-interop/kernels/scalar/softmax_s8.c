#include "../softmax_scale.h"
#include "scalar.h"

static int32_t row_max(const int8_t *x, int32_t columns)
{
    int32_t max = x[0];
    for (int32_t c = 1; c < columns; c++) {
        if (x[c] > max) {
            max = x[c];
        }
    }
    return max;
}

/* Rounding shift of what is never negative, 1 <= n: half goes up. */
static uint32_t round_shift_positive(int32_t x, int32_t n)
{
    return ((uint32_t)x + (1u << (n - 1))) >> n;
}

static void softmax_row(int32_t columns, const int32_t *exponentials, const int8_t *x, int8_t *y)
{
    const int32_t max = row_max(x, columns);
    uint32_t sum = 0;

    for (int32_t c = 0; c < columns; c++) {
        sum += round_shift_positive(exponentials[max - x[c]], NF_SOFTMAX_SUM_SHIFT);
    }

    const nf_softmax_scale scale = nf_softmax_scale_of(sum);
    for (int32_t c = 0; c < columns; c++) {
        const int32_t share = nf_high_mul(scale.reciprocal, exponentials[max - x[c]]);
        const int32_t value = (int32_t)round_shift_positive(share, scale.shift) - 128;
        y[c] = (int8_t)(value > 127 ? 127 : value);
    }
}

void nf_scalar_softmax_s8(const nf_softmax_params *params, const int8_t *x, int8_t *y)
{
    for (int32_t r = 0; r < params->rows; r++, x += params->columns, y += params->columns) {
        softmax_row(params->columns, params->exponentials, x, y);
    }
}
