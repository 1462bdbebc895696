/* The softmax has no table of exponentials: NUMERICS 3.5 from multiplier and shift. */
#include "arm_nnfunctions.h"
#include "fixed_point.h"
#include "scalar/scalar.h"

#define DIFFERENCES 256

/* NUMERICS 2.2, 1 <= n. */
static int32_t round_shift(int32_t x, int32_t n)
{
    const int32_t y = x + (x >> 31);
    return (y >> n) + ((y >> (n - 1)) & 1);
}

/* e^a, a not positive in Q5.26, as Q0.31. */
static int32_t exp_q31(int32_t a)
{
    static const int32_t factors[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
    if (a == 0) {
        return INT32_MAX;
    }

    const int32_t m = (a & ((1 << 24) - 1)) - (1 << 24), k = m - a;
    const int32_t x = m * (1 << 5) + (1 << 28);
    const int32_t x2 = nf_high_mul(x, x), x3 = nf_high_mul(x2, x), x4 = nf_high_mul(x2, x2);
    const int32_t cubic = nf_high_mul(round_shift(x4, 2) + x3, 715827883) + x2;
    int32_t y = 1895147668 + nf_high_mul(1895147668, x + round_shift(cubic, 1));
    for (int32_t bit = 0; bit < 7; bit++) {
        y = (k >> (24 + bit) & 1) != 0 ? nf_high_mul(y, factors[bit]) : y;
    }
    return y;
}

void arm_softmax_s8(const int8_t *input, const int32_t num_rows, const int32_t row_size, const int32_t mult,
                    const int32_t shift, const int32_t diff_min, int8_t *output)
{
    int32_t exponentials[DIFFERENCES];
    for (int32_t d = 0; d < DIFFERENCES; d++) {
        const int64_t difference = -(int64_t)d * (1LL << shift);
        exponentials[d] = -d < diff_min ? 0 : exp_q31(nf_high_mul((int32_t)difference, mult));
    }
    const nf_softmax_params params = {.rows = num_rows, .columns = row_size, .exponentials = exponentials};
    nf_scalar_softmax_s8(&params, input, output);
}
