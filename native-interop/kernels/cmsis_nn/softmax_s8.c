#include "../scalar/scalar.h"
#include "arguments.h"
#include "cmsis_nn.h"

#define DIFFERENCE_LIMIT (31 << 26) /* in Q5.26; exponentials beyond count as 0 */

void nf_cmsis_nn_softmax_s8(const nf_softmax_params *params, const int8_t *x, int8_t *y)
{
    /* A scale outside of what NUMERICS 3.5 allows leaves the table. */
    if (params->shift < 1 || params->shift > 31) {
        nf_scalar_softmax_s8(params, x, y);
        return;
    }
    arm_softmax_s8(x, params->rows, params->columns, params->multiplier, params->shift,
                   -(DIFFERENCE_LIMIT >> params->shift), y);
}
