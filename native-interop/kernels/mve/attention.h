/* The steps of attention for four queries at once: in every vector, lanes are queries. */
#ifndef NANOFORMER_KERNELS_MVE_ATTENTION_H
#define NANOFORMER_KERNELS_MVE_ATTENTION_H

#include <stdint.h>

#define NF_LANES 4

/* The order of the rows of a four, and of their biases: rows 0 and 2 are computed together, and 1 and 3. */
#define NF_PAIRED(row) (((row) & ~3) | ((row)&1) << 1 | ((row) >> 1 & 1))

/* Four vectors x, `x_stride` bytes apart, against a multiple of four rows r, `row_stride` bytes apart: with s(t, n) =
 * store(requantize(sum of (x[t] - x_zero_point) * (r[n] - row_zero_point), multiplier, shift)), values n and n + 1 of x[t], n even, go to
 * y + n / 4 * y_step + offsets[2 * t + n / 2 % 2]. The shift must be below 0; offsets, step and y even. The assembly knows the fields by
 * their order. */
typedef struct nf_mve_four {
    const int8_t *x;
    int32_t x_stride;
    const int8_t *rows;
    const int32_t *bias; /* of a row, in paired order: -x_zero_point times its sum */
    int8_t *y;
    int32_t zero_point, multiplier, shift, x_zero_point, row_zero_point;
    const int8_t *rows_end;
    uint16_t offsets[2 * NF_LANES];
    int32_t y_step;
    int32_t row_stride;
    int32_t values; /* of a row */
} nf_mve_four;

typedef void nf_mve_four_rows(const nf_mve_four *four);

/* biases.S. `factor` times the sums of rows, in paired order; at least one four of them. */
void nf_mve_biases_of_fours(const int8_t *rows, int32_t stride, int32_t fours, int32_t values, int32_t factor,
                            int32_t *bias);

/* four_rows.S. Rows of 8 or 16 values that lie one after the other; y is four by four: step 16. Rows of 8 need no biases. */
nf_mve_four_rows nf_mve_scores_8, nf_mve_scores_16;

/* four_rows.S. Rows of 16 values that lie one after the other; y_step is 4. */
nf_mve_four_rows nf_mve_context_16;

/* four_tiles.S. Rows of up to 128 values. Of x, whole vectors are read: what is beyond `values` must be x_zero_point. */
nf_mve_four_rows nf_mve_four_tiles;

/* NUMERICS 3.5. scores [keys / 4][4 queries][4 keys], padded with -128 to a multiple of four keys, becomes differences to the row's maximum;
 * the weights of query t begin at weights_at[t] + 4, a multiple of 4. unseen[4]: how many of a query's scores it does not see, all of them
 * -128; null when they see them all. */
typedef struct nf_mve_softmax {
    int8_t *scores;
    int32_t keys;
    const int32_t *exponentials;
    const int32_t *unseen;
    uint32_t weights_at[NF_LANES];
} nf_mve_softmax;

void nf_mve_softmax_four(const nf_mve_softmax *softmax);

#endif
