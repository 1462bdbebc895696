/* The part of a softmax that is done once per row: 1 / sum, as NUMERICS 3.5 computes it. */
#ifndef NANOFORMER_KERNELS_SOFTMAX_SCALE_H
#define NANOFORMER_KERNELS_SOFTMAX_SCALE_H

#include "fixed_point.h"

#define NF_SOFTMAX_SUM_SHIFT 12 /* integer bits of the sum: room for 4,096 exponentials of 1.0 */

/* A share of the row is round_shift(high_mul(reciprocal, exponential), shift), 19 <= shift <= 31. */
typedef struct nf_softmax_scale {
    int32_t reciprocal, shift;
} nf_softmax_scale;

/* 1 / (1 + a) in Q0.31, `half` being (1 + a) / 2, a in [0, 1): three Newton steps. With half in [2^30, 2^31) and x in (2^29, 2^30] nothing
 * saturates before the last line. */
static inline int32_t nf_one_over_one_plus(int32_t half)
{
    int32_t x = 1515870810 + nf_high_mul_doubled(-2021161080, half);

    for (int32_t step = 0; step < 3; step++) {
        const int32_t error = (1 << 29) - nf_high_mul_doubled(2 * x, half);
        x += nf_high_mul_doubled(2 * x, error) * 4;
    }
    return x < 1 << 30 ? 2 * x : INT32_MAX;
}

/* From the sum of a row's exponentials, each rounded to NF_SOFTMAX_SUM_SHIFT bits less: 2^19 <= sum < 2^28. */
static inline nf_softmax_scale nf_softmax_scale_of(uint32_t sum)
{
    int32_t headroom = 4;
    for (sum <<= 4; sum < 0x80000000u; sum <<= 1) {
        headroom++;
    }
    return (nf_softmax_scale){
        .reciprocal = nf_one_over_one_plus((int32_t)(sum >> 1)),
        .shift = NF_SOFTMAX_SUM_SHIFT + 23 - headroom,
    };
}

/* 0..256, one more than an int8 has room for. */
static inline int32_t nf_softmax_share(nf_softmax_scale scale, int32_t exponential)
{
    const uint32_t half = 1u << (scale.shift - 1);
#if defined(NF_NARROW_MULTIPLIER)
    const uint32_t product = (uint32_t)nf_high_mul(scale.reciprocal, exponential);
#else
    const uint64_t wide = (uint64_t)(2u * (uint32_t)scale.reciprocal) * (uint32_t)exponential;
    const uint32_t product = (uint32_t)(wide >> 32) + ((uint32_t)wide >> 31);
#endif
    return (int32_t)((product + half) >> scale.shift);
}

#endif
