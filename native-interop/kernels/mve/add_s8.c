#include <stdbool.h>

#include "mve.h"
#include "requantize.h"

#define LEFT_SHIFT 20
#define HALF (1 << 30)

typedef struct operand {
    const int8_t *x;
    int32_t zero_point, multiplier, shift;
} operand;

/* The operand with the larger scale is halved, which takes no rounding: it is shifted to the left by one bit less, 19. The other operand
 * and the sum have shifts below 0. The field order is the order in which add_halved.S loads its registers. */
typedef struct nf_mve_halved_sum {
    const int8_t *halved, *other;
    int8_t *y;
    int32_t sixteens; /* values, in groups of sixteen */
    int32_t halved_offset, other_offset;
    int32_t other_multiplier, other_shift;
    int32_t multiplier, shift, zero_point;
    int32_t low, high;
} nf_mve_halved_sum;

void nf_mve_add_halved(const nf_mve_halved_sum *sum);

/* Whole groups of sixteen values; returns how many values were added. */
static int32_t add_halved(const nf_add_params *params, const operand *halved, const operand *other, int8_t *y)
{
    const bool fits = halved->multiplier == HALF && halved->shift == 0 && other->shift < 0 && params->shift < 0;
    if (!fits || params->count < 16) {
        return 0;
    }

    const nf_mve_halved_sum sum = {
        .halved = halved->x,
        .other = other->x,
        .y = y,
        .sixteens = params->count / 16,
        .halved_offset = -halved->zero_point * (1 << (LEFT_SHIFT - 1)),
        .other_offset = -other->zero_point * (1 << LEFT_SHIFT),
        .other_multiplier = other->multiplier,
        .other_shift = other->shift,
        .multiplier = params->multiplier,
        .shift = params->shift,
        .zero_point = params->zero_point,
        .low = params->low,
        .high = params->high,
    };
    nf_mve_add_halved(&sum);
    return sum.sixteens * 16;
}

static void add_any(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y, int32_t count)
{
    const int32x4_t scale = vdupq_n_s32(1 << LEFT_SHIFT);

    for (int32_t i = 0; i < count; i += 4) {
        const mve_pred16_t lanes = vctp32q((uint32_t)(count - i));
        const int32x4_t a = vmulq_s32(vsubq_n_s32(vldrbq_z_s32(x1 + i, lanes), params->zero_point_1), scale);
        const int32x4_t b = vmulq_s32(vsubq_n_s32(vldrbq_z_s32(x2 + i, lanes), params->zero_point_2), scale);
        int32x4_t sum =
            vaddq_s32(nf_mve_requantize(a, vdupq_n_s32(params->multiplier_1), vdupq_n_s32(params->shift_1)),
                      nf_mve_requantize(b, vdupq_n_s32(params->multiplier_2), vdupq_n_s32(params->shift_2)));
        sum = nf_mve_requantize(sum, vdupq_n_s32(params->multiplier), vdupq_n_s32(params->shift));
        sum = nf_mve_clamp(vaddq_n_s32(sum, params->zero_point), vdupq_n_s32(params->low), vdupq_n_s32(params->high));
        vstrbq_p_s32(y + i, sum, lanes);
    }
}

void nf_mve_add_s8(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y)
{
    const operand first = {x1, params->zero_point_1, params->multiplier_1, params->shift_1};
    const operand second = {x2, params->zero_point_2, params->multiplier_2, params->shift_2};
    int32_t done = add_halved(params, &first, &second, y);

    if (done == 0) {
        done = add_halved(params, &second, &first, y);
    }
    if (done < params->count) {
        add_any(params, x1 + done, x2 + done, y + done, params->count - done);
    }
}
