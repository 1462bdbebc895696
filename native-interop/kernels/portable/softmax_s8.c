#include "../softmax_scale.h"
#include "portable.h"

void nf_portable_softmax_s8(const nf_softmax_params *params, const int8_t *x, int8_t *y)
{
    for (int32_t row = 0; row < params->rows; row++) {
        const int8_t *const end = x + params->columns;
        int32_t max = *x;
        uint32_t sum = 0;
#pragma GCC unroll 4
        for (const int8_t *value = x; value != end; value++) {
            max = *value > max ? *value : max;
        }
        const int32_t *exponentials = params->exponentials + max;
#pragma GCC unroll 4
        for (const int8_t *value = x; value != end; value++) {
            sum += ((uint32_t)exponentials[-*value] + (1u << (NF_SOFTMAX_SUM_SHIFT - 1))) >> NF_SOFTMAX_SUM_SHIFT;
        }
        const nf_softmax_scale scale = nf_softmax_scale_of(sum);
        const uint32_t half = 1u << (scale.shift - 1);
#pragma GCC unroll 2
        while (x != end) {
            const uint32_t share = ((uint32_t)nf_high_mul(scale.reciprocal, exponentials[-*x++]) + half) >> scale.shift;
            *y++ = (int8_t)((int32_t)(share > 255 ? 255 : share) - 128);
        }
    }
}
