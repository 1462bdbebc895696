#include "../contract.h"
#include "../fixed_point.h"

#define ACCUMULATOR_SHIFT 12 /* integer bits of the sum: room for 4,096 exponentials of 1.0 */

static int32_t leading_zeros(uint32_t x)
{
    int32_t count = 0;
    while (x < 0x80000000u) {
        x <<= 1;
        count++;
    }
    return count;
}

/* v * 2^n within the int32 range. */
static int32_t saturating_shift(int32_t v, int32_t n)
{
    const int64_t wide = (int64_t)v * (1 << n);
    return wide > INT32_MAX ? INT32_MAX : wide < INT32_MIN ? INT32_MIN : (int32_t)wide;
}

/* 1 / (1 + a) in Q0.31, a in [0, 1) as Q0.31: three Newton steps. */
static int32_t one_over_one_plus(int32_t a)
{
    const int32_t half = (int32_t)(((int64_t)a + (1LL << 31)) / 2);
    int32_t x = 1515870810 + nf_high_mul(half, -1010580540);

    for (int32_t step = 0; step < 3; step++) {
        const int32_t error = (1 << 29) - nf_high_mul(half, x);
        x = nf_wrap_add(x, saturating_shift(nf_high_mul(x, error), 2));
    }
    return saturating_shift(x, 1);
}

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
        sum += round_shift_positive(exponentials[max - x[c]], ACCUMULATOR_SHIFT);
    }

    const int32_t headroom = leading_zeros(sum);
    const int32_t reciprocal = one_over_one_plus((int32_t)((sum << headroom) - 0x80000000u));
    const int32_t shift = ACCUMULATOR_SHIFT + 23 - headroom;

    for (int32_t c = 0; c < columns; c++) {
        const int32_t share = nf_high_mul(reciprocal, exponentials[max - x[c]]);
        const int32_t value = (int32_t)round_shift_positive(share, shift) - 128;
        y[c] = (int8_t)(value > 127 ? 127 : value);
    }
}

void nf_softmax_s8(int32_t rows, int32_t columns, const int32_t *exponentials, const int8_t *x, int8_t *y)
{
    for (int32_t r = 0; r < rows; r++) {
        softmax_row(columns, exponentials, x + r * columns, y + r * columns);
    }
}
