/* NUMERICS 2: the fixed-point arithmetic all kernels share. Signed overflow is undefined in C, so whatever may wrap is
 * computed unsigned; converting back and shifting right are two's complement on every compiler this is built with. */
#ifndef NANOFORMER_KERNELS_FIXED_POINT_H
#define NANOFORMER_KERNELS_FIXED_POINT_H

#include <stdint.h>

static inline int32_t nf_wrap_add(int32_t a, int32_t b)
{
    return (int32_t)((uint32_t)a + (uint32_t)b);
}

/* NUMERICS 2.1 without its one saturating case, which no multiplier reaches. */
#if defined(NF_NARROW_MULTIPLIER)
/* For cores whose multiplier gives the lower 32 bits only. The two products in the middle add up to 33 bits: they are halved first. */
static inline int32_t nf_high_mul(int32_t a, int32_t b)
{
    const uint32_t a_low = (uint32_t)a & 0xFFFFu, b_low = (uint32_t)b & 0xFFFFu;
    const int32_t a_high = a >> 16, b_high = b >> 16;
    const int32_t outer = a_high * (int32_t)b_low + (int32_t)(a_low * b_low >> 16);
    const int32_t inner = b_high * (int32_t)a_low;
    const int32_t middle = (outer >> 1) + (inner >> 1) + (outer & inner & 1);

    return (int32_t)(2u * (uint32_t)(a_high * b_high) + (uint32_t)((middle + (1 << 13)) >> 14));
}
#else
static inline int32_t nf_high_mul(int32_t a, int32_t b)
{
    return (int32_t)(((int64_t)a * b + (1 << 30)) >> 31);
}
#endif

/* high_mul(x / 2, multiplier) for an even x: less than nf_high_mul where a multiplication gives an upper half. */
static inline int32_t nf_high_mul_doubled(int32_t doubled, int32_t multiplier)
{
#if defined(NF_NARROW_MULTIPLIER)
    return nf_high_mul(doubled / 2, multiplier);
#else
    const int64_t product = (int64_t)doubled * multiplier;
    return (int32_t)(product >> 32) + (int32_t)((uint32_t)product >> 31);
#endif
}

/* The upper 32 bits of a product: floor(a * b / 2^32). */
static inline int32_t nf_upper_mul(int32_t a, int32_t b)
{
#if defined(NF_NARROW_MULTIPLIER)
    const uint32_t a_low = (uint32_t)a & 0xFFFFu, b_low = (uint32_t)b & 0xFFFFu;
    const int32_t a_high = a >> 16, b_high = b >> 16;
    const int32_t outer = a_high * (int32_t)b_low + (int32_t)(a_low * b_low >> 16);
    const int32_t inner = b_high * (int32_t)a_low;

    return a_high * b_high + (((outer >> 1) + (inner >> 1) + (outer & inner & 1)) >> 15);
#else
    return (int32_t)(((int64_t)a * b) >> 32);
#endif
}

/* How requantization by a right shift and an output zero point become one shift. floor(2 * x * multiplier / 2^31) has a bit more than
 * high_mul keeps, so that both roundings and what one is taken off a negative value are additions in front of that shift. */
typedef struct nf_scale {
    int32_t multiplier;
    int32_t centre; /* both halves, and the output zero point */
    int32_t shift;  /* 2..NF_SCALE_MAX_SHIFT + 1 */
} nf_scale;

#define NF_SCALE_MAX_SHIFT 22 /* a zero point shifted so far stays within 2^30 */

/* Whether nf_scale_of takes a shift. */
static inline int nf_scale_fits(int32_t shift)
{
    return (uint32_t)(shift + NF_SCALE_MAX_SHIFT) < NF_SCALE_MAX_SHIFT;
}

static inline nf_scale nf_scale_of(int32_t multiplier, int32_t shift, int32_t zero_point)
{
    return (nf_scale){
        .multiplier = multiplier,
        .centre = (2 * zero_point + 1) * (1 << -shift) + 1,
        .shift = 1 - shift,
    };
}

/* requantize(x, multiplier, shift) + zero_point of what comes four times: |x| < 2^29. */
static inline int32_t nf_scaled(int32_t four_times, nf_scale scale)
{
    const int32_t negative = four_times >> 31;
    return (nf_upper_mul(four_times, scale.multiplier) + scale.centre + 2 * negative) >> scale.shift;
}

/* To -128..127. */
static inline int32_t nf_saturate8(int32_t x)
{
#if defined(__ARM_FEATURE_SAT) && defined(__GNUC__)
    __asm__("ssat %0, #8, %0" : "+r"(x));
    return x;
#else
    return __builtin_expect((uint32_t)x + 128u < 256u, 1) ? x : (x >> 31) ^ 127; /* one test for what is usual */
#endif
}

/* NUMERICS 2.3. The high product is never -2^31, so taking 1 off a negative one does not wrap; it turns rounding half up
 * into rounding half away from zero. */
static inline int32_t nf_requantize(int32_t x, int32_t multiplier, int32_t shift)
{
    if (shift >= 0) {
        return nf_high_mul((int32_t)((uint32_t)x << shift), multiplier);
    }
    int32_t y = nf_high_mul(x, multiplier);
    y += y >> 31;
    return (y >> -shift) + ((y >> (-shift - 1)) & 1);
}

static inline int8_t nf_store(int32_t x, int32_t zero_point, int32_t low, int32_t high)
{
    const int32_t y = nf_wrap_add(x, zero_point);
    return (int8_t)(y < low ? low : y > high ? high : y);
}

#endif
