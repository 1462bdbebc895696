/* Four weight rows times groups of four tokens: the core of every matrix product on RV32IM. */
#ifndef NANOFORMER_KERNELS_RV32_BLOCK_H
#define NANOFORMER_KERNELS_RV32_BLOCK_H

#include "nanoformer/kernels.h"

#define NF_RV32_BLOCK 4

/* How four rows' sums become bytes: (high_mul(sum, multiplier) + sign + centre) >> shift. */
typedef struct nf_rv32_rows {
    int32_t bias[NF_RV32_BLOCK];
    uint32_t doubled_multiplier[NF_RV32_BLOCK];
    int32_t shift[NF_RV32_BLOCK];  /* right, 1..22 */
    int32_t centre[NF_RV32_BLOCK]; /* half of what is shifted out, and the output zero point in its place */
} nf_rv32_rows;

/* The part of block.S that multiplies, by how the operands lie. */
typedef struct nf_rv32_loop nf_rv32_loop;

/* Tokens side by side: int16 [groups][inputs][4] (nf_rv32_interleave). For any shape. */
extern const nf_rv32_loop nf_rv32_interleaved;

/* Tokens and weights as they are, int8, both with rows `inputs` apart, for the inputs there is code for; null for others. */
const nf_rv32_loop *nf_rv32_dense_loop(int32_t inputs);

/* `corrections`: int32 [groups][4], added to each sum of a token. `weights`: int8, four rows `weight_stride` apart. Outputs:
 * y[token * token_stride + row * output_stride]. block.S knows the order of the fields. */
typedef struct nf_rv32_block {
    const nf_rv32_loop *loop;
    const void *tokens;
    const int32_t *corrections;
    const int8_t *weights;
    int32_t weight_stride, inputs, groups;
    const nf_rv32_rows *rows;
    int8_t *y;
    int32_t token_stride, output_stride, low, high;
} nf_rv32_block;

void nf_rv32_multiply_block(const nf_rv32_block *block);

/* Whether the block's short arithmetic holds such constants: no left shift, no sum beyond 2^30. */
int nf_rv32_fits(int32_t bias, int32_t shift, int32_t inputs);

/* Fills rows from channel constants; false when one of them does not fit. */
int nf_rv32_rows_from(nf_rv32_rows *rows, const nf_channel_constants *constants, int32_t first, int32_t inputs,
                      int32_t output_zero_point);

/* The same with one multiplier, which fits, and no bias. */
void nf_rv32_rows_of_one(nf_rv32_rows *rows, int32_t multiplier, int32_t shift, int32_t output_zero_point);

/* Lays four rows of x, `stride` apart, side by side: int16 [inputs][4]. */
void nf_rv32_interleave(const int8_t *x, int32_t stride, int32_t inputs, int16_t *tokens);

#endif
