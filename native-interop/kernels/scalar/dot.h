/* Dot products of one int8 row with one or four others. Four at a time, each value of the first row is loaded once for four
 * multiplications: the cheapest blocking whose pointers and sums fit the registers of a small core. */
#ifndef NANOFORMER_KERNELS_SCALAR_DOT_H
#define NANOFORMER_KERNELS_SCALAR_DOT_H

#include <stdint.h>

#define NF_DOT_BLOCK 4

/* Sum of (x - zero_point) * w. */
static inline int32_t nf_dot_s8(const int8_t *x, int32_t zero_point, const int8_t *w, int32_t count)
{
    int32_t sum = 0;
    for (int32_t i = 0; i < count; i++) {
        sum += (x[i] - zero_point) * w[i];
    }
    return sum;
}

/* The same with four rows of `w`, `stride` elements apart. */
static inline void nf_dot4_s8(const int8_t *x, int32_t zero_point, const int8_t *w, int32_t stride, int32_t count,
                              int32_t sums[NF_DOT_BLOCK])
{
    const int8_t *w1 = w + stride, *w2 = w1 + stride, *w3 = w2 + stride;
    int32_t sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;

    for (int32_t i = 0; i < count; i++) {
        const int32_t value = x[i] - zero_point;
        sum0 += value * w[i];
        sum1 += value * w1[i];
        sum2 += value * w2[i];
        sum3 += value * w3[i];
    }
    sums[0] = sum0;
    sums[1] = sum1;
    sums[2] = sum2;
    sums[3] = sum3;
}

/* Sums for rows n .. of `rows`: four when at least four are left, else one. Returns how many. */
static inline int32_t nf_dot_rows_s8(const int8_t *x, int32_t zero_point, const int8_t *w, int32_t stride,
                                     int32_t count, int32_t rows, int32_t sums[NF_DOT_BLOCK])
{
    if (rows >= NF_DOT_BLOCK) {
        nf_dot4_s8(x, zero_point, w, stride, count, sums);
        return NF_DOT_BLOCK;
    }
    sums[0] = nf_dot_s8(x, zero_point, w, count);
    return 1;
}

#endif
