#include "../fixed_point.h"
#include "../scalar/scalar.h"
#include "portable.h"

#define LEFT_SHIFT 20
#define HALF (1 << 30) /* the multiplier of a factor of 1/2, which a shift does exactly */

static int is_half(int32_t multiplier, int32_t shift)
{
    return multiplier == HALF && shift == 0;
}

/* Right shifts only, one input with the larger scale of the two: what the rule for the multipliers yields. */
static int is_usual(const nf_add_params *params)
{
    return is_half(params->multiplier_1, params->shift_1) && nf_scale_fits(params->shift_2) &&
           nf_scale_fits(params->shift);
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

/* Both terms and their sum come four times; they stay below 2^31. */
static void add_usual(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y)
{
    const nf_scale scale_2 = nf_scale_of(params->multiplier_2, params->shift_2, 0);
    const nf_scale scale = nf_scale_of(params->multiplier, params->shift, params->zero_point);
    const int32_t offset_1 = params->zero_point_1 * (1 << (LEFT_SHIFT + 1));
    const int32_t offset_2 = params->zero_point_2 * (1 << (LEFT_SHIFT + 2));
    const int32_t low = params->low, high = params->high;

    for (const int8_t *end = x1 + params->count; x1 != end;) {
        const int32_t a = *x1++ * (1 << (LEFT_SHIFT + 1)) - offset_1;
        const int32_t b = *x2++ * (1 << (LEFT_SHIFT + 2)) - offset_2;
        const int32_t value = nf_scaled(a + 4 * nf_scaled(b, scale_2), scale);
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
