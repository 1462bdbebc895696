#include "dsp.h"
#include "scalar/scalar.h"

#define HALF (1 << 30) /* the multiplier 1/2, with shift 0 */
#define MAX_SHIFT 22   /* 2 * 128 * 2^22 and a sum fit 32 bits */

/* Arguments of add.S, in the order it loads them. */
typedef struct nf_dsp_addition {
    const int8_t *half, *other;
    int8_t *y;
    int32_t count;
    int32_t half_offset, other_offset; /* minus the zero points, shifted as the values are */
    int32_t other_multiplier, other_rounding, other_shift;
    int32_t multiplier, rounding, shift;
} nf_dsp_addition;

void nf_dsp_add_run(const nf_dsp_addition *job);

static int is_half(int32_t multiplier, int32_t shift)
{
    return multiplier == HALF && shift == 0;
}

void nf_dsp_add_s8(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y)
{
    const int first_is_half = is_half(params->multiplier_1, params->shift_1);
    const int32_t other_shift = first_is_half ? params->shift_2 : params->shift_1;
    const int fast = (first_is_half || is_half(params->multiplier_2, params->shift_2)) && other_shift < 0 &&
                     params->shift < 0 && params->shift >= -MAX_SHIFT;
    if (!fast || params->count == 0) {
        nf_scalar_add_s8(params, x1, x2, y);
        return;
    }

    const nf_dsp_addition job = {
        .half = first_is_half ? x1 : x2,
        .other = first_is_half ? x2 : x1,
        .y = y,
        .count = params->count,
        .half_offset = -(first_is_half ? params->zero_point_1 : params->zero_point_2) * (1 << 20),
        .other_offset = -(first_is_half ? params->zero_point_2 : params->zero_point_1) * (1 << 21),
        .other_multiplier = first_is_half ? params->multiplier_2 : params->multiplier_1,
        .other_rounding = 1 << (-other_shift - 1),
        .other_shift = -other_shift,
        .multiplier = params->multiplier,
        .rounding = nf_dsp_rounding(params->zero_point, params->shift),
        .shift = -params->shift,
    };
    nf_dsp_add_run(&job);
    if (params->low > -128 || params->high < 127) {
        nf_dsp_clamp(y, params->count, params->low, params->high);
    }
}
