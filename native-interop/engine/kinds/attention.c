/* Softmax attention, NUMERICS 3.6, head by head. */
#include "attention.h"
#include "../../kernels/composed_attention.h"

static bool fits(const nf_operation *o)
{
    const uint32_t heads = (uint32_t)o->op->with.attention.heads;
    const uint32_t head_columns = (uint32_t)o->op->with.attention.head_columns;

    return o->x->rows <= NF_MAX_ROW && nf_has_exponentials(o) && nf_heads_fit(o, heads, head_columns) &&
           o->op->scratch_bytes >= nf_head_scratch_of(o->x->rows, head_columns).rest + nf_round_up(o->x->rows);
}

static int32_t zero_point_of(const nf_operator *op, uint32_t part)
{
    return part == NF_QUERY ? op->with.attention.query_zero_point
           : part == NF_KEY ? op->with.attention.key_zero_point
                            : op->with.attention.value_zero_point;
}

nf_projection nf_projection_of(const nf_context *c, uint32_t part, int32_t outputs, int32_t token_stride,
                               int32_t output_stride, int8_t *y)
{
    const nf_tensor *x = nf_tensor_at(c, c->op->input);
    const uint32_t row = part * nf_tensor_at(c, c->op->output)->columns;

    return (nf_projection){
        .constants = nf_constants_from(c, row),
        .weights = nf_constant_s8(c, c->op->weights) + row * x->columns,
        .y = y,
        .params =
            {
                .tokens = x->rows,
                .inputs = x->columns,
                .outputs = outputs,
                .input_stride = x->columns,
                .token_stride = token_stride,
                .output_stride = output_stride,
                .output_zero_point = zero_point_of(c->op, part),
                .low = -128,
                .high = 127,
            },
    };
}

nf_attention_params nf_attention_params_of(const nf_context *c)
{
    const nf_tensor *y = nf_tensor_at(c, c->op->output);
    const nf_softmax_params softmax = nf_softmax_of(c, 1, y->rows);
    return (nf_attention_params){
        .queries = y->rows,
        .keys = y->rows,
        .head_columns = c->op->with.attention.head_columns,
        .key_stride = c->op->with.attention.head_columns,
        .value_stride = y->rows,
        .output_stride = y->columns,
        .before = c->op->with.attention.before,
        .after = c->op->with.attention.after,
        .query_zero_point = c->op->with.attention.query_zero_point,
        .key_zero_point = c->op->with.attention.key_zero_point,
        .value_zero_point = c->op->with.attention.value_zero_point,
        .score_multiplier = c->op->with.attention.score_multiplier,
        .score_shift = c->op->with.attention.score_shift,
        .score_zero_point = c->op->with.attention.score_zero_point,
        .context_multiplier = c->op->with.attention.context_multiplier,
        .context_shift = c->op->with.attention.context_shift,
        .output_zero_point = y->zero_point,
        .exponentials = softmax.exponentials,
        .softmax_multiplier = softmax.multiplier,
        .softmax_shift = softmax.shift,
    };
}

void nf_attend(const nf_kernels *kernels, const nf_attention_params *params, const int8_t *query, const int8_t *key,
               const int8_t *value, int8_t *y, nf_scratch scratch)
{
    if (kernels->attention_s8 != NULL) {
        kernels->attention_s8(params, query, key, value, y, scratch);
        return;
    }
    nf_composed_attention_s8(kernels, params, 0, query, key, value, y, scratch);
}

/* One head's rows of the weights, then on to the next head's. */
static void project_head(const nf_context *c, nf_projection *p, const int8_t *x, nf_scratch scratch)
{
    const int32_t outputs = p->params.outputs;

    c->kernels->linear_s8(&p->params, &p->constants, x, p->weights, p->y, scratch);
    p->constants.bias += outputs;
    p->constants.multiplier += outputs;
    p->constants.shift += outputs;
    p->weights += outputs * p->params.inputs;
}

/* To a part of a head's scratch, row by row or transposed. */
static nf_projection projection_to(const nf_context *c, uint32_t part, uint32_t offset, bool transposed)
{
    const int32_t outputs = c->op->with.attention.head_columns;
    const int32_t tokens = nf_tensor_at(c, c->op->input)->rows;
    return nf_projection_of(c, part, outputs, transposed ? 1 : outputs, transposed ? tokens : 1,
                            (int8_t *)nf_scratch_after(c, offset).bytes);
}

/* Three projections of one head are all that is ever held beside input and output. */
static void execute(const nf_context *c)
{
    const nf_attention_params params = nf_attention_params_of(c);
    const nf_head_scratch parts = nf_head_scratch_of((uint32_t)params.queries, (uint32_t)params.head_columns);
    const nf_scratch rest = nf_scratch_after(c, parts.rest);
    const int8_t *x = nf_read_s8(c, c->op->input);
    int8_t *y = nf_write_s8(c, c->op->output);
    nf_projection query = projection_to(c, NF_QUERY, parts.query, false);
    nf_projection key = projection_to(c, NF_KEY, parts.key, false);
    nf_projection value = projection_to(c, NF_VALUE, parts.value, true);

    for (int32_t head = 0; head < c->op->with.attention.heads; head++, y += params.head_columns) {
        project_head(c, &query, x, rest);
        project_head(c, &key, x, rest);
        project_head(c, &value, x, rest);
        nf_attend(c->kernels, &params, query.y, key.y, value.y, y, rest);
    }
}

bool nf_attention_has_kernels(const nf_kernels *k)
{
    return k->linear_s8 != NULL && (k->attention_s8 != NULL || (k->matmul_s8 != NULL && k->softmax_s8 != NULL));
}

const nf_kind nf_kind_attention = {
    .operands = "wct",
    .parameters = "nnzzzmszmsrr",
    .fits = fits,
    .has_kernels = nf_attention_has_kernels,
    .execute = execute,
};
