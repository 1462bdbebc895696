/* NUMERICS 3.5: what a row's exponentials are multiplied by, from their sum. */
#ifndef NANOFORMER_KERNELS_DSP_RECIPROCAL_H
#define NANOFORMER_KERNELS_DSP_RECIPROCAL_H

#include <arm_acle.h>

#include "dsp.h"

/* share = (e + high(e * multiplier) + rounding) >> shift, the operand of softmax_row.S. */
typedef struct nf_dsp_reciprocal {
    int32_t multiplier; /* twice the reciprocal, modulo 2^32 */
    uint32_t rounding;
    int32_t shift;
} nf_dsp_reciprocal;

/* one_over_one_plus: half is in [2^30, 2^31), x in (2^29, 2^30), so what SMMULR wants doubled is x, and nothing saturates before the
 * last line. */
static inline nf_dsp_reciprocal nf_dsp_reciprocal_of(uint32_t sum)
{
    const int32_t headroom = __builtin_clz(sum);
    const int32_t half = (int32_t)((sum << headroom) >> 1);
    int32_t x = 1515870810 + nf_dsp_high_mul(half, -2021161080);

#pragma GCC unroll 1 /* three copies would save little, for rows that are long */
    for (int step = 0; step < 3; step++) {
        const int32_t error = (1 << 29) - nf_dsp_high_mul(half, 2 * x);
        x += nf_dsp_high_mul(2 * x, error) * 4;
    }
    const uint32_t reciprocal = (uint32_t)__qadd(x, x);
    const int32_t shift = 35 - headroom;
    return (nf_dsp_reciprocal){
        .multiplier = (int32_t)(2 * reciprocal),
        .rounding = 1u << (shift - 1),
        .shift = shift,
    };
}

#endif
