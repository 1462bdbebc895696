/* Some rows of weights times some tokens, in registers: the core of every matrix product of the portable backend. */
#ifndef NANOFORMER_KERNELS_PORTABLE_TILE_H
#define NANOFORMER_KERNELS_PORTABLE_TILE_H

#include "../fixed_point.h"
#include "nanoformer/kernels.h"

/* As many sums as fit the registers. */
#if defined(__arm__) || defined(__xtensa__) || defined(__XTENSA__)
#define NF_TILE_ROWS 2
#define NF_TILE_TOKENS 2
#else
#define NF_TILE_ROWS 4
#define NF_TILE_TOKENS 4
#endif

/* How a row's sums become bytes: (high_mul(sum, multiplier) + sign + centre) >> shift, NUMERICS 2.3 in one shift. */
typedef struct nf_tile_scale {
    int32_t multiplier;
    int32_t centre; /* half of what is shifted out, and the output zero point in its place */
    int32_t shift;  /* right, 1..22 */
} nf_tile_scale;

#define NF_TILE_MAX_BIAS (1 << 29)   /* leaves room for a sum of ... */
#define NF_TILE_MAX_INPUTS (1 << 13) /* ... this many products of 255 * 128 */
#define NF_TILE_MAX_SHIFT 22         /* a zero point shifted so far stays within 2^30 */

static inline int nf_tile_fits(int32_t bias, int32_t shift, int32_t inputs)
{
    return bias >= -NF_TILE_MAX_BIAS && bias <= NF_TILE_MAX_BIAS && shift <= -1 && shift >= -NF_TILE_MAX_SHIFT &&
           inputs <= NF_TILE_MAX_INPUTS;
}

static inline nf_tile_scale nf_tile_scale_of(int32_t multiplier, int32_t shift, int32_t zero_point)
{
    return (nf_tile_scale){
        .multiplier = multiplier,
        .centre = (1 << (-shift - 1)) + zero_point * (1 << -shift),
        .shift = -shift,
    };
}

/* |sum| < 2^30. */
static inline int8_t nf_tile_stored(int32_t sum, const nf_tile_scale *scale, int32_t low, int32_t high)
{
    const int32_t product = nf_high_mul_doubled(2 * sum, scale->multiplier);
    const int32_t value = (product + (sum >> 31) + scale->centre) >> scale->shift;
    return (int8_t)(value < low ? low : value > high ? high : value);
}

/* sums[row][token] += weights[row] times token; tokens int16 [inputs][NF_TILE_TOKENS], rows of weights `stride` apart. */
static inline void nf_tile_multiply(const int16_t *tokens, const int8_t *weights, int32_t stride, int32_t inputs,
                                    int32_t sums[NF_TILE_ROWS][NF_TILE_TOKENS])
{
    const int8_t *w0 = weights, *w1 = w0 + stride;
    int32_t s00 = sums[0][0], s01 = sums[0][1], s10 = sums[1][0], s11 = sums[1][1];
#if NF_TILE_ROWS == 4
    const int8_t *w2 = w1 + stride, *w3 = w2 + stride;
    int32_t s02 = sums[0][2], s03 = sums[0][3], s12 = sums[1][2], s13 = sums[1][3];
    int32_t s20 = sums[2][0], s21 = sums[2][1], s22 = sums[2][2], s23 = sums[2][3];
    int32_t s30 = sums[3][0], s31 = sums[3][1], s32 = sums[3][2], s33 = sums[3][3];
#endif
#pragma GCC unroll 4
    for (const int8_t *end = w0 + inputs; w0 != end; tokens += NF_TILE_TOKENS) {
        const int32_t t0 = tokens[0], t1 = tokens[1];
        int32_t w = *w0++;
        s00 += w * t0;
        s01 += w * t1;
#if NF_TILE_ROWS == 4
        const int32_t t2 = tokens[2], t3 = tokens[3];
        s02 += w * t2;
        s03 += w * t3;
        w = *w2++;
        s20 += w * t0;
        s21 += w * t1;
        s22 += w * t2;
        s23 += w * t3;
        w = *w3++;
        s30 += w * t0;
        s31 += w * t1;
        s32 += w * t2;
        s33 += w * t3;
#endif
        w = *w1++;
        s10 += w * t0;
        s11 += w * t1;
#if NF_TILE_ROWS == 4
        s12 += w * t2;
        s13 += w * t3;
#endif
    }
    sums[0][0] = s00;
    sums[0][1] = s01;
    sums[1][0] = s10;
    sums[1][1] = s11;
#if NF_TILE_ROWS == 4
    sums[0][2] = s02;
    sums[0][3] = s03;
    sums[1][2] = s12;
    sums[1][3] = s13;
    sums[2][0] = s20;
    sums[2][1] = s21;
    sums[2][2] = s22;
    sums[2][3] = s23;
    sums[3][0] = s30;
    sums[3][1] = s31;
    sums[3][2] = s32;
    sums[3][3] = s33;
#endif
}

/* Rows of x, `stride` apart, less a zero point, side by side: int16 [inputs][NF_TILE_TOKENS], and each row's sum. */
static inline void nf_tile_interleave(const int8_t *x, int32_t stride, int32_t inputs, int32_t zero_point,
                                      int16_t *tokens, int32_t sums[NF_TILE_TOKENS])
{
    for (int32_t t = 0; t < NF_TILE_TOKENS; t++, x += stride) {
        int16_t *out = tokens + t;
        int32_t sum = 0;
#pragma GCC unroll 4
        for (int32_t i = 0; i < inputs; i++, out += NF_TILE_TOKENS) {
            const int32_t value = x[i] - zero_point;
            sum += value;
            *out = (int16_t)value;
        }
        sums[t] = sum;
    }
}

#endif
