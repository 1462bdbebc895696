#include "../scalar/scalar.h"
#include "arguments.h"
#include "cmsis_nn.h"

#define LEFT_SHIFT 20 /* headroom bits both inputs gain before they are scaled */

void nf_cmsis_nn_add_s8(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y)
{
    const arm_cmsis_nn_status status = arm_elementwise_add_s8(
        x1, x2, -params->zero_point_1, params->multiplier_1, params->shift_1, -params->zero_point_2,
        params->multiplier_2, params->shift_2, LEFT_SHIFT, y, params->zero_point, params->multiplier, params->shift,
        params->low, params->high, params->count);
    (void)status; /* always success */
}
