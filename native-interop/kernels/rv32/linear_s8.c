#include <stddef.h>

#include "../linear_part.h"
#include "block.h"
#include "rv32.h"

#define MAX_GROUPS 4 /* more would save little: rows are prepared once for all of them */

static const int32_t no_corrections[MAX_GROUPS * NF_RV32_BLOCK];

/* All outputs of `groups` times four tokens, from token `token` on, with the operands as `block` has them. */
static void tile(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                 const int8_t *weights, int8_t *y, int32_t token, nf_rv32_block *block)
{
    const int32_t count = block->groups * NF_RV32_BLOCK;
    nf_rv32_rows rows;
    int32_t n = 0;

    block->rows = &rows;
    for (; n + NF_RV32_BLOCK <= params->outputs; n += NF_RV32_BLOCK) {
        if (!nf_rv32_rows_from(&rows, constants, n, params->inputs, params->output_zero_point)) {
            nf_scalar_linear_part(params, constants, x, weights, y, token, count, n, NF_RV32_BLOCK);
            continue;
        }
        block->weights = weights + n * params->inputs;
        block->y = y + token * params->token_stride + n * params->output_stride;
        nf_rv32_multiply_block(block);
    }
    if (n < params->outputs) {
        nf_scalar_linear_part(params, constants, x, weights, y, token, count, n, params->outputs - n);
    }
}

/* Groups of four tokens at once: as many as there are corrections for and, where they must be laid side by side, as the scratch holds. */
static int32_t groups_at_once(const nf_linear_params *params, const nf_rv32_loop *dense, nf_scratch scratch)
{
    const uint32_t group_bytes = 2u * NF_RV32_BLOCK * (uint32_t)params->inputs;
    const int32_t room = dense != NULL ? MAX_GROUPS : (int32_t)(scratch.size / group_bytes);
    return room < MAX_GROUPS ? room : MAX_GROUPS;
}

void nf_rv32_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                       const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const nf_rv32_loop *dense = params->input_stride == params->inputs ? nf_rv32_dense_loop(params->inputs) : NULL;
    const int32_t most = groups_at_once(params, dense, scratch);
    int16_t *side_by_side = (int16_t *)(void *)scratch.bytes;
    nf_rv32_block block = {
        .loop = dense != NULL ? dense : &nf_rv32_interleaved,
        .corrections = no_corrections,
        .weight_stride = params->inputs,
        .inputs = params->inputs,
        .token_stride = params->token_stride,
        .output_stride = params->output_stride,
        .low = params->low,
        .high = params->high,
    };
    int32_t token = 0;

    while (most > 0 && token + NF_RV32_BLOCK <= params->tokens) {
        const int32_t left = (params->tokens - token) / NF_RV32_BLOCK;
        block.groups = left < most ? left : most;
        block.tokens = dense != NULL ? (const void *)(x + token * params->inputs) : side_by_side;
        for (int32_t group = 0; dense == NULL && group < block.groups; group++) {
            nf_rv32_interleave(x + (token + group * NF_RV32_BLOCK) * params->input_stride, params->input_stride,
                               params->inputs, side_by_side + group * NF_RV32_BLOCK * params->inputs);
        }
        tile(params, constants, x, weights, y, token, &block);
        token += block.groups * NF_RV32_BLOCK;
    }
    if (token < params->tokens) {
        nf_scalar_linear_part(params, constants, x, weights, y, token, params->tokens - token, 0, params->outputs);
    }
}
