/* What the block needs to know: its four rows, its loop, the layout of its tokens. */
#include <stddef.h>

#include "block.h"

#define MAX_BIAS (1 << 29)   /* leaves room for a sum of ... */
#define MAX_INPUTS (1 << 13) /* ... this many products of 255 * 128 */
#define MAX_SHIFT 22         /* a zero point shifted so far stays within 2^30 */

int nf_rv32_fits(int32_t bias, int32_t shift, int32_t inputs)
{
    return bias >= -MAX_BIAS && bias <= MAX_BIAS && shift <= -1 && shift >= -MAX_SHIFT && inputs <= MAX_INPUTS;
}

static void set_row(nf_rv32_rows *rows, int32_t row, int32_t bias, int32_t multiplier, int32_t shift,
                    int32_t zero_point)
{
    rows->bias[row] = bias;
    rows->doubled_multiplier[row] = 2u * (uint32_t)multiplier;
    rows->shift[row] = -shift;
    rows->centre[row] = (1 << (-shift - 1)) + zero_point * (1 << -shift);
}

int nf_rv32_rows_from(nf_rv32_rows *rows, const nf_channel_constants *constants, int32_t first, int32_t inputs,
                      int32_t output_zero_point)
{
    for (int32_t row = 0; row < NF_RV32_BLOCK; row++) {
        const int32_t n = first + row;
        if (!nf_rv32_fits(constants->bias[n], constants->shift[n], inputs)) {
            return 0;
        }
        set_row(rows, row, constants->bias[n], constants->multiplier[n], constants->shift[n], output_zero_point);
    }
    return 1;
}

void nf_rv32_rows_of_one(nf_rv32_rows *rows, int32_t multiplier, int32_t shift, int32_t output_zero_point)
{
    for (int32_t row = 0; row < NF_RV32_BLOCK; row++) {
        set_row(rows, row, 0, multiplier, shift, output_zero_point);
    }
}

extern const nf_rv32_loop nf_rv32_dense_8, nf_rv32_dense_16, nf_rv32_dense_32, nf_rv32_dense_48, nf_rv32_dense_64,
    nf_rv32_dense_128;

const nf_rv32_loop *nf_rv32_dense_loop(int32_t inputs)
{
    switch (inputs) {
    case 8:
        return &nf_rv32_dense_8;
    case 16:
        return &nf_rv32_dense_16;
    case 32:
        return &nf_rv32_dense_32;
    case 48:
        return &nf_rv32_dense_48;
    case 64:
        return &nf_rv32_dense_64;
    case 128:
        return &nf_rv32_dense_128;
    default:
        return NULL;
    }
}

void nf_rv32_interleave(const int8_t *x, int32_t stride, int32_t inputs, int16_t *tokens)
{
    const int8_t *x1 = x + stride, *x2 = x1 + stride, *x3 = x2 + stride;

    for (const int8_t *end = x + inputs; x != end; tokens += NF_RV32_BLOCK) {
        tokens[0] = *x++;
        tokens[1] = *x1++;
        tokens[2] = *x2++;
        tokens[3] = *x3++;
    }
}
