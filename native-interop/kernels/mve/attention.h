/* The steps of attention for four queries at once: in every vector, lanes are queries. */
#ifndef NANOFORMER_KERNELS_MVE_ATTENTION_H
#define NANOFORMER_KERNELS_MVE_ATTENTION_H

#include <stdint.h>

/* Four vectors x of 8 or 16 values, `x_stride` bytes apart, against an even number of rows r that lie one after the other:
 * y[t * token_stride + n * output_stride] = store(requantize(sum of (x[t] - x_zero_point) * (r[n] - row_zero_point), ...)).
 * The shift must be below 0. The field order is the order in which four_rows.S loads its registers. */
typedef struct nf_mve_four {
    const int8_t *x;
    int32_t x_stride;
    const int8_t *rows;
    int32_t row_pairs;
    int8_t *y;
    int32_t y_step; /* 2 * output_stride */
    int32_t zero_point, multiplier, x_zero_point, shift, row_zero_point;
    uint16_t offsets[8]; /* t0 n0, t0 n1, t1 n0 ... */
} nf_mve_four;

void nf_mve_four_rows_8(const nf_mve_four *four);
void nf_mve_four_rows_16(const nf_mve_four *four);

/* NUMERICS 3.5. scores [keys][4], padded with -128 to a multiple of four keys, becomes differences to the row's maximum;
 * weights [4][keys], rows `stride` bytes apart, a multiple of 4. unseen[4]: how many of a query's scores it does not see, all of them -128;
 * null when they see them all. */
void nf_mve_softmax_four(int8_t *scores, int32_t keys, const int32_t *exponentials, int8_t *weights, int32_t stride,
                         const int32_t *unseen);

#endif
