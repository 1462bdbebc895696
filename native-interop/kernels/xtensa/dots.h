/* One row times many: the core of every matrix product on Xtensa. All rows are widened to int16, a multiple of four values, zeros behind. */
#ifndef NANOFORMER_KERNELS_XTENSA_DOTS_H
#define NANOFORMER_KERNELS_XTENSA_DOTS_H

#include "nanoformer/kernels.h"

#define NF_XTENSA_OVERREAD 4 /* bytes that are read, and not used, behind the last of the rows */

/* How sums become bytes. The multiplier is in three pieces, so that no product leaves 32 bits:
 * (sum * multiplier >> 21, + centre) >> shift, NUMERICS 2.3 with all its roundings in one constant (centre, of sums below 0 another).
 * dots.S knows the order of the fields. */
typedef struct nf_xtensa_scale {
    int32_t pieces[3]; /* multiplier = pieces[2] << 21 + pieces[1] << 11 + pieces[0] */
    int32_t centre, centre_of_negative, shift;
    int32_t groups; /* of four values in a row */
} nf_xtensa_scale;

/* For rows of `columns`; false when a sum of up to `bound`, or the shift, is too much for it. */
int nf_xtensa_set_scale(nf_xtensa_scale *scale, int32_t columns, uint32_t bound, int32_t multiplier, int32_t shift,
                        int32_t zero_point);

/* y[i] = the row times row i of `count` others, at least one. */
void nf_xtensa_dots(const nf_xtensa_scale *scale, const int16_t *row, const int16_t *others, int32_t count, int8_t *y,
                    int32_t stride);

/* Rows of int8, `stride` bytes apart -> int16. */
void nf_xtensa_widen(int16_t *out, const int8_t *x, int32_t stride, int32_t rows, int32_t columns);

/* The same, with `offset` added to each. */
void nf_xtensa_widen_from(int16_t *out, const int8_t *x, int32_t stride, int32_t rows, int32_t columns, int32_t offset);

static inline int32_t nf_xtensa_round_up4(int32_t count)
{
    return (count + 3) & ~3;
}

#endif
