#include "../softmax_scale.h"
#include "portable.h"

/* Both roundings of a share are one addition in front of one shift, but where that addition may overflow. */
static inline void write_shares(nf_softmax_scale scale, const int32_t *exponentials, const int8_t *x, const int8_t *end,
                                int8_t *y)
{
#if !defined(NF_NARROW_MULTIPLIER)
    const uint32_t rounding = (1u << scale.shift) + 1u, doubled = 2u * (uint32_t)scale.reciprocal;
    if (doubled <= UINT32_MAX - rounding) {
        const int32_t shift = scale.shift + 1;
#pragma GCC unroll 4
        while (x != end) {
            const uint64_t product = (uint64_t)doubled * (2u * (uint32_t)exponentials[-*x++]);
            *y++ = (int8_t)((int32_t)(((uint32_t)(product >> 32) + rounding) >> shift) - 128);
        }
        return;
    }
#endif
#pragma GCC unroll 1
    while (x != end) {
        const int32_t share = nf_softmax_share(scale, exponentials[-*x++]);
        *y++ = (int8_t)(share - (share >> 8) - 128);
    }
}

void nf_portable_softmax_row(int32_t columns, const int32_t *exponentials, const int8_t *x, int8_t *y)
{
    const int8_t *const end = x + columns;
    int32_t max = *x;
    uint32_t sum = 0;

#pragma GCC unroll 4
    for (const int8_t *value = x; value != end; value++) {
        max = *value > max ? *value : max;
    }
    exponentials += max;
#pragma GCC unroll 4
    for (const int8_t *value = x; value != end; value++) {
        sum += ((uint32_t)exponentials[-*value] + (1u << (NF_SOFTMAX_SUM_SHIFT - 1))) >> NF_SOFTMAX_SUM_SHIFT;
    }
    write_shares(nf_softmax_scale_of(sum), exponentials, x, end, y);
}

void nf_portable_softmax_s8(const nf_softmax_params *params, const int8_t *x, int8_t *y)
{
    for (int32_t row = 0; row < params->rows; row++, x += params->columns, y += params->columns) {
        nf_portable_softmax_row(params->columns, params->exponentials, x, y);
    }
}
