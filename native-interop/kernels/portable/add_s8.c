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

static void clamp(int8_t *y, int32_t count, int32_t low, int32_t high)
{
    for (const int8_t *end = y + count; y != end; y++) {
        *y = (int8_t)(*y < low ? low : *y > high ? high : *y);
    }
}

/* Both terms and their sum come four times; they stay below 2^31. */
typedef struct addition {
    nf_scale scale_2, scale;
    int32_t offset_1, offset_2;
} addition;

static inline int8_t sum_of(const addition *with, int32_t x1, int32_t x2)
{
    const int32_t a = x1 * (1 << (LEFT_SHIFT + 1)) - with->offset_1;
    const int32_t b = x2 * (1 << (LEFT_SHIFT + 2)) - with->offset_2;
    return (int8_t)nf_saturate8(nf_scaled(a + 4 * nf_scaled(b, with->scale_2), with->scale));
}

static void add_usual(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y)
{
    const addition with = {
        .scale_2 = nf_scale_of(params->multiplier_2, params->shift_2, 0),
        .scale = nf_scale_of(params->multiplier, params->shift, params->zero_point),
        .offset_1 = params->zero_point_1 * (1 << (LEFT_SHIFT + 1)),
        .offset_2 = params->zero_point_2 * (1 << (LEFT_SHIFT + 2)),
    };
    int8_t *const start = y, *const end = y + params->count;

    for (const int8_t *fours = y + (params->count & ~3); y != fours; x1 += 4, x2 += 4, y += 4) {
#pragma GCC unroll 4
        for (int i = 0; i < 4; i++) {
            y[i] = sum_of(&with, x1[i], x2[i]);
        }
    }
#pragma GCC unroll 1
    while (y != end) {
        *y++ = sum_of(&with, *x1++, *x2++);
    }
    if (params->low > -128 || params->high < 127) {
        clamp(start, params->count, params->low, params->high);
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
