/* NUMERICS 3.14. */
#include "../kind.h"

typedef struct attention_pool {
    int32_t score_zero_point, multiplier, shift;
} attention_pool;

static bool fits(const nf_operation *o)
{
    return o->y->rows == 1 && o->x->columns == o->y->columns && o->x->rows <= NF_MAX_ROW &&
           nf_has_weights(o, 1, o->x->columns) && nf_has_channel_constants(o, 1) && nf_has_exponentials(o) &&
           o->op->scratch_bytes >= nf_round_up(o->x->rows);
}

static void execute(const nf_context *c)
{
    const nf_operator *op = c->op;
    const attention_pool *with = nf_parameters(op);
    const nf_tensor *x = nf_tensor_at(c, op->input), *y = nf_tensor_at(c, op->output);
    const nf_channel_constants constants = nf_constants_from(c, 0);
    const nf_linear_params score = {
        .tokens = x->rows,
        .inputs = x->columns,
        .outputs = 1,
        .input_stride = x->columns,
        .token_stride = 1,
        .output_stride = 1,
        .output_zero_point = with->score_zero_point,
        .low = -128,
        .high = 127,
    };
    const nf_weighted_mean_params weighted = {
        .rows = x->rows,
        .columns = x->columns,
        .input_zero_point = x->zero_point,
        .output_zero_point = y->zero_point,
        .multiplier = with->multiplier,
        .shift = with->shift,
    };
    const nf_softmax_params softmax = nf_softmax_of(c, 1, x->rows);
    const int8_t *input = nf_read_s8(c, op->input);
    int8_t *weights = (int8_t *)nf_scratch_after(c, 0).bytes;

    c->kernels->linear_s8(&score, &constants, input, nf_constant_s8(c, op->weights), weights,
                          nf_scratch_after(c, nf_round_up(x->rows)));
    c->kernels->softmax_s8(&softmax, weights, weights);
    c->kernels->weighted_mean_s8(&weighted, weights, input, nf_write_s8(c, op->output));
}

static bool has_kernels(const nf_kernels *k)
{
    return k->linear_s8 != NULL && k->softmax_s8 != NULL && k->weighted_mean_s8 != NULL;
}

const nf_kind nf_kind_attention_pool = {
    .operands = NF_WEIGHTS | NF_CONSTANTS | NF_TABLE,
    .parameters = NF_ZERO_POINT NF_MULTIPLIER NF_SHIFT,
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
