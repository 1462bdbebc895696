/* Softmax of a row of scores, NUMERICS 3.5, into shares of 0 to 255. */
#ifndef NANOFORMER_KERNELS_XTENSA_SOFTMAX_ROW_H
#define NANOFORMER_KERNELS_XTENSA_SOFTMAX_ROW_H

#include <stdint.h>

/* A share is (exponential >> 16) * multiplier + half >> shift, unless what these leave out could make it one more. softmax_row.S knows the
 * order of the fields. */
typedef struct nf_xtensa_share_scale {
    uint32_t multiplier, half, mask, limit, shift;
} nf_xtensa_share_scale;

/* The exponentials of `count` scores below the largest, in groups of four, zeros behind; returns the sum a softmax is scaled by. */
uint32_t nf_xtensa_exponentials(const int8_t *scores, int32_t count, const int32_t *table, int32_t *out);

/* Groups of four exponentials -> shares; returns how far it came: a group that holds a value it cannot decide is left. */
const int32_t *nf_xtensa_shares(const nf_xtensa_share_scale *scale, const int32_t *exponentials, int32_t groups,
                                int16_t *shares);

/* All of it. `exponentials` and `shares` have room for a multiple of four. */
void nf_xtensa_softmax_row(const int8_t *scores, int32_t count, const int32_t *table, int32_t *exponentials,
                           int16_t *shares);

#endif
