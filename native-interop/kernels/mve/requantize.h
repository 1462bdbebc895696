/* Requantization of four int32 values (NUMERICS 2.3) with any shifts. */
#ifndef NANOFORMER_KERNELS_MVE_REQUANTIZE_H
#define NANOFORMER_KERNELS_MVE_REQUANTIZE_H

#include <arm_mve.h>

/* VRSHL rounds halves up; one less before it makes negative halves go down. A shift of zero must not see the difference. */
static inline int32x4_t nf_mve_requantize(int32x4_t x, int32x4_t multiplier, int32x4_t shift)
{
    const int32x4_t zero = vdupq_n_s32(0);
    const int32x4_t right = vminq_s32(shift, zero);
    const int32x4_t high = vqrdmulhq_s32(vshlq_s32(x, vmaxq_s32(shift, zero)), multiplier);
    return vrshlq_s32(vaddq_s32(high, vshrq_n_s32(vandq_s32(high, right), 31)), right);
}

/* The same with a shift below 0, for all four. The sign of x is the sign of the product, or the product is 0 and -1 rounds to 0. */
static inline int32x4_t nf_mve_requantize_right(int32x4_t x, int32_t multiplier, int32_t shift)
{
    return vrshlq_n_s32(vqrdmlahq_n_s32(vshrq_n_s32(x, 31), x, multiplier), shift);
}

static inline int32x4_t nf_mve_clamp(int32x4_t x, int32x4_t low, int32x4_t high)
{
    return vminq_s32(vmaxq_s32(x, low), high);
}

#endif
