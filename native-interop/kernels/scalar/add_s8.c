#include "../fixed_point.h"
#include "scalar.h"

#define LEFT_SHIFT 20 /* headroom bits both inputs gain before they are scaled */

static int32_t scaled_input(int8_t x, int32_t zero_point, int32_t multiplier, int32_t shift)
{
    return nf_requantize((x - zero_point) * (1 << LEFT_SHIFT), multiplier, shift);
}

void nf_scalar_add_s8(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y)
{
    for (int32_t i = 0; i < params->count; i++) {
        const int32_t a = scaled_input(x1[i], params->zero_point_1, params->multiplier_1, params->shift_1);
        const int32_t b = scaled_input(x2[i], params->zero_point_2, params->multiplier_2, params->shift_2);
        const int32_t sum = nf_requantize(nf_wrap_add(a, b), params->multiplier, params->shift);
        y[i] = nf_store(sum, params->zero_point, params->low, params->high);
    }
}
