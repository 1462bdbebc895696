/* Up to sixteen queries at a time: scores, softmax in place and context, the products on the block. */
#include <stddef.h>

#include "../composed_attention.h"
#include "../scalar/scalar.h"
#include "../softmax_scale.h"
#include "block.h"
#include "rv32.h"

#define MAX_GROUPS 4

/* For what does not fill a group. */
static const nf_kernels row_by_row = {.matmul_s8 = nf_scalar_matmul_s8, .softmax_s8 = nf_scalar_softmax_s8};

/* One of the two products: tokens [n][inputs] times `columns` rows of `inputs` values, `stride` apart. */
typedef struct product {
    int32_t *biases; /* [columns]: what the tokens' zero point makes of each row */
    const int8_t *weights;
    int32_t inputs, stride, columns, token_zero_point, weight_zero_point;
    int32_t multiplier, shift, output_zero_point;
} product;

/* Scratch: biases of both products, the scores, and room to lay tokens side by side where their length has no code of its own. */
typedef struct workspace {
    int32_t *key_biases, *column_biases;
    int16_t *side_by_side;
    int8_t *scores; /* [groups * 4][keys] */
    int32_t groups;
} workspace;

static workspace workspace_in(const nf_attention_params *params, nf_scratch scratch)
{
    const uint32_t keys = (uint32_t)params->keys, columns = (uint32_t)params->head_columns;
    const uint32_t longest = keys > columns ? keys : columns;
    const uint32_t fixed = 4u * (keys + columns) + 2u * NF_RV32_BLOCK * longest;
    const uint32_t room = scratch.size > fixed ? (scratch.size - fixed) / (NF_RV32_BLOCK * keys) : 0;
    workspace space = {.key_biases = (int32_t *)(void *)scratch.bytes, .groups = MAX_GROUPS};

    space.column_biases = space.key_biases + keys;
    space.side_by_side = (int16_t *)(space.column_biases + columns);
    space.scores = (int8_t *)(space.side_by_side + NF_RV32_BLOCK * longest);
    if (room < MAX_GROUPS) {
        space.groups = (int32_t)room;
    }
    return space;
}

/* Field by field and in pairs: the compiler keeps the loop tight. */
static int32_t sum_of(const int8_t *x, int32_t count)
{
    int32_t sum = 0;
    const int8_t *end = x + count;
    for (; end - x >= 4; x += 4) {
        sum += x[0] + x[1] + x[2] + x[3];
    }
    while (x != end) {
        sum += *x++;
    }
    return sum;
}

/* sum (t - zt)(w - zw) = sum t w - zw sum t - zt sum w + n zt zw: the last two are a row's bias, the one before a token's correction. */
static void prepare(const product *p)
{
    const int32_t constant = p->inputs * p->token_zero_point * p->weight_zero_point;
    for (int32_t row = 0; row < p->columns; row++) {
        p->biases[row] = constant - p->token_zero_point * sum_of(p->weights + row * p->stride, p->inputs);
    }
}

/* Blocks of four columns, the last of which may do some columns once more; at least 4 columns. */
static void multiply(const product *p, nf_rv32_rows *rows, nf_rv32_block *block, int8_t *y)
{
    for (int32_t n = 0; n < p->columns; n += NF_RV32_BLOCK) {
        const int32_t first = n + NF_RV32_BLOCK <= p->columns ? n : p->columns - NF_RV32_BLOCK;
        for (int32_t i = 0; i < NF_RV32_BLOCK; i++) {
            rows->bias[i] = p->biases[first + i];
        }
        block->weights = p->weights + first * p->stride;
        block->y = y + first;
        nf_rv32_multiply_block(block);
    }
}

/* y [groups * 4][columns], rows `token_stride` apart. */
static void multiply_tokens(const product *p, const int8_t *tokens, int32_t groups, int8_t *y, int32_t token_stride,
                            int16_t *side_by_side)
{
    const nf_rv32_loop *dense = p->stride == p->inputs ? nf_rv32_dense_loop(p->inputs) : NULL;
    const int32_t at_once = dense != NULL ? groups : 1;
    int32_t corrections[MAX_GROUPS * NF_RV32_BLOCK];
    nf_rv32_rows rows;
    nf_rv32_block block = {
        .loop = dense != NULL ? dense : &nf_rv32_interleaved,
        .corrections = corrections,
        .weight_stride = p->stride,
        .inputs = p->inputs,
        .groups = at_once,
        .rows = &rows,
        .token_stride = token_stride,
        .output_stride = 1,
        .low = -128,
        .high = 127,
    };

    nf_rv32_rows_of_one(&rows, p->multiplier, p->shift, p->output_zero_point);
    for (int32_t group = 0; group < groups; group += at_once) {
        const int8_t *first = tokens + group * NF_RV32_BLOCK * p->inputs;
        for (int32_t i = 0; i < at_once * NF_RV32_BLOCK; i++) {
            corrections[i] = -p->weight_zero_point * sum_of(first + i * p->inputs, p->inputs);
        }
        if (dense == NULL) {
            nf_rv32_interleave(first, p->inputs, p->inputs, side_by_side);
        }
        block.tokens = dense != NULL ? (const void *)first : side_by_side;
        multiply(p, &rows, &block, y + group * NF_RV32_BLOCK * token_stride);
    }
}

static int32_t max_of(const int8_t *x, const int8_t *end)
{
    int32_t max = *x;
#pragma GCC unroll 4
    while (++x != end) {
        if (*x > max) {
            max = *x;
        }
    }
    return max;
}

static void fill(int8_t *x, const int8_t *end)
{
    while (x != end) {
        *x++ = -128;
    }
}

/* Softmax in place over the keys that a query sees; the others weigh nothing. */
__attribute__((noinline)) static void weigh(const nf_attention_params *params, nf_key_range keys, int8_t *scores)
{
    int8_t *const first = scores + keys.first, *const end = scores + keys.end;
    const int32_t *exponentials = params->exponentials + max_of(first, end);
    uint32_t sum = 0;

#pragma GCC unroll 4
    for (const int8_t *x = first; x != end; x++) {
        sum += ((uint32_t)exponentials[-*x] + (1u << (NF_SOFTMAX_SUM_SHIFT - 1))) >> NF_SOFTMAX_SUM_SHIFT;
    }

    const nf_softmax_scale scale = nf_softmax_scale_of(sum);
    const uint32_t doubled = 2u * (uint32_t)scale.reciprocal, half = 1u << (scale.shift - 1);
#pragma GCC unroll 4
    for (int8_t *x = first; x != end; x++) {
        const uint64_t wide = (uint64_t)doubled * (uint32_t)exponentials[-*x];
        const uint32_t share = (uint32_t)(wide >> 32) + ((uint32_t)wide >> 31);
        const uint32_t weight = (share + half) >> scale.shift;
        *x = (int8_t)((int32_t)(weight > 255 ? 255 : weight) - 128);
    }
    fill(scores, first);
    fill(end, scores + params->keys);
}

static product scores_of(const nf_attention_params *params, const int8_t *key, int32_t *biases)
{
    return (product){
        .biases = biases,
        .weights = key,
        .inputs = params->head_columns,
        .stride = params->key_stride,
        .columns = params->keys,
        .token_zero_point = params->query_zero_point,
        .weight_zero_point = params->key_zero_point,
        .multiplier = params->score_multiplier,
        .shift = params->score_shift,
        .output_zero_point = params->score_zero_point,
    };
}

static product context_of(const nf_attention_params *params, const int8_t *value, int32_t *biases)
{
    return (product){
        .biases = biases,
        .weights = value,
        .inputs = params->keys,
        .stride = params->value_stride,
        .columns = params->head_columns,
        .token_zero_point = -128,
        .weight_zero_point = params->value_zero_point,
        .multiplier = params->context_multiplier,
        .shift = params->context_shift,
        .output_zero_point = params->output_zero_point,
    };
}

/* All queries but those that do not fill a group of four; returns how many. */
static int32_t attend_groups(const nf_attention_params *params, const int8_t *query, const product *scores,
                             const product *context, const workspace *space, int8_t *y)
{
    int32_t row = 0;

    prepare(scores);
    prepare(context);
    while (row + NF_RV32_BLOCK <= params->queries) {
        const int32_t left = (params->queries - row) / NF_RV32_BLOCK;
        const int32_t groups = left < space->groups ? left : space->groups;
        multiply_tokens(scores, query + row * params->head_columns, groups, space->scores, params->keys,
                        space->side_by_side);
        for (int32_t i = 0; i < groups * NF_RV32_BLOCK; i++) {
            weigh(params, nf_keys_of(params, row + i), space->scores + i * params->keys);
        }
        multiply_tokens(context, space->scores, groups, y + row * params->output_stride, params->output_stride,
                        space->side_by_side);
        row += groups * NF_RV32_BLOCK;
    }
    return row;
}

void nf_rv32_attention_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key,
                          const int8_t *value, int8_t *y, nf_scratch scratch)
{
    const workspace space = workspace_in(params, scratch);
    const product scores = scores_of(params, key, space.key_biases);
    const product context = context_of(params, value, space.column_biases);
    int32_t row = 0;

    if (params->queries >= NF_RV32_BLOCK && params->keys >= NF_RV32_BLOCK && params->head_columns >= NF_RV32_BLOCK &&
        space.groups > 0 && nf_rv32_fits(0, params->score_shift, params->head_columns) &&
        nf_rv32_fits(0, params->context_shift, params->keys)) {
        row = attend_groups(params, query, &scores, &context, &space, y);
    }
    nf_composed_attention_s8(&row_by_row, params, row, query, key, value, y, scratch);
}
