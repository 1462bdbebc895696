#include "../fixed_point.h"
#include "../scalar/scalar.h"
#include "portable.h"

#define LEFT_SHIFT 20
#define MAX_SHIFT 22   /* a zero point shifted so far stays within 2^30 */
#define HALF (1 << 30) /* the multiplier of a factor of 1/2, which a shift does exactly */

static int is_half(int32_t multiplier, int32_t shift)
{
    return multiplier == HALF && shift == 0;
}

/* Right shifts only, one input with the larger scale of the two: what the rule for the multipliers yields. */
static int is_usual(const nf_add_params *params)
{
    return is_half(params->multiplier_1, params->shift_1) && params->shift_2 < 0 && params->shift < 0 &&
           params->shift >= -MAX_SHIFT;
}

static nf_add_params swapped(const nf_add_params *params)
{
    nf_add_params other = *params;
    other.zero_point_1 = params->zero_point_2;
    other.multiplier_1 = params->multiplier_2;
    other.shift_1 = params->shift_2;
    other.zero_point_2 = params->zero_point_1;
    other.multiplier_2 = params->multiplier_1;
    other.shift_2 = params->shift_1;
    return other;
}

/* All terms carried doubled, so that the high words of products need no shift; |doubled| stays below 2^31. */
static void add_usual(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y)
{
    const int32_t shift_2 = -params->shift_2, shift = -params->shift;
    const int32_t half_2 = 1 << (shift_2 - 1);
    const int32_t centre = (1 << (shift - 1)) + params->zero_point * (1 << shift);
    const int32_t offset_1 = params->zero_point_1 * (1 << LEFT_SHIFT);
    const int32_t offset_2 = params->zero_point_2 * (1 << (LEFT_SHIFT + 1));
    const int32_t low = params->low, high = params->high, multiplier_2 = params->multiplier_2;
    const int32_t multiplier = params->multiplier;

    for (const int8_t *end = x1 + params->count; x1 != end;) {
        const int32_t a = *x1++ * (1 << LEFT_SHIFT) - offset_1;
        const int32_t b = *x2++ * (1 << (LEFT_SHIFT + 1)) - offset_2;
        const int32_t scaled_b = (nf_high_mul_doubled(b, multiplier_2) + (b >> 31) + half_2) >> shift_2;
        const int32_t sum = a + 2 * scaled_b;
        const int32_t value = (nf_high_mul_doubled(sum, multiplier) + (sum >> 31) + centre) >> shift;
        *y++ = (int8_t)(value < low ? low : value > high ? high : value);
    }
}

void nf_portable_add_s8(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y)
{
    const nf_add_params other = swapped(params);

    if (is_usual(params)) {
        add_usual(params, x1, x2, y);
    } else if (is_usual(&other)) {
        add_usual(&other, x2, x1, y);
    } else {
        nf_scalar_add_s8(params, x1, x2, y);
    }
}
