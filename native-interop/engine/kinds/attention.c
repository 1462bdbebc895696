/* Softmax attention, NUMERICS 3.6, head by head. */
#include "attention.h"
#include "../../kernels/composed_attention.h"

static bool fits(const nf_operation *o)
{
    const nf_attention *with = nf_parameters(o->op);
    const uint32_t heads = (uint32_t)with->heads;
    const uint32_t head_columns = (uint32_t)with->head_columns;

    return o->x->rows <= NF_MAX_ROW && nf_has_exponentials(o) && nf_heads_fit(o, heads, head_columns) &&
           o->op->scratch_bytes >= nf_head_scratch_of(o->x->rows, head_columns).rest + nf_round_up(o->x->rows);
}

/* These are not inline: what the compiler builds on the way is not to lie beneath the kernels. */
__attribute__((noinline)) void nf_start_projection(nf_projection *p, const nf_context *c, uint32_t tokens,
                                                   int32_t columns, const int8_t *x, uint32_t scratch_used)
{
    const int32_t inputs = nf_tensor_at(c, c->op->input)->columns;

    p->params = (nf_linear_params){
        .tokens = (int32_t)tokens,
        .inputs = inputs,
        .outputs = columns,
        .input_stride = inputs,
        .token_stride = columns,
        .output_stride = 1,
        .output_zero_point = 0,
        .low = -128,
        .high = 127,
        .same_input = 0,
        .packed = NULL,
    };
    p->x = x;
    p->scratch = nf_scratch_after(c, scratch_used);
}

void nf_project(const nf_context *c, nf_projection *p, uint32_t part, uint32_t column, int8_t *y)
{
    const uint32_t row = part * nf_tensor_at(c, c->op->output)->columns + column;
    p->params.packed = nf_packed_from(c, row);
    const nf_channel_constants constants = nf_constants_from(c, row);
    const int8_t *weights = nf_constant_s8(c, c->op->weights) + row * (uint32_t)p->params.inputs;

    nf_run_linear(c->kernels, &p->params, &constants, p->x, weights, y, p->scratch);
}

__attribute__((noinline)) void nf_set_attention_params(nf_attention_params *params, const nf_context *c)
{
    const nf_attention *with = nf_parameters(c->op);
    const nf_tensor *y = nf_tensor_at(c, c->op->output);
    const nf_softmax_params softmax = nf_softmax_of(c, 1, y->rows);
    *params = (nf_attention_params){
        .queries = y->rows,
        .keys = y->rows,
        .heads = with->heads,
        .head_columns = with->head_columns,
        .key_stride = with->head_columns,
        .value_stride = y->rows,
        .output_stride = y->columns,
        .before = with->before,
        .after = with->after,
        .query_zero_point = with->query_zero_point,
        .key_zero_point = with->key_zero_point,
        .value_zero_point = with->value_zero_point,
        .score_multiplier = with->score_multiplier,
        .score_shift = with->score_shift,
        .score_zero_point = with->score_zero_point,
        .context_multiplier = with->context_multiplier,
        .context_shift = with->context_shift,
        .output_zero_point = y->zero_point,
        .exponentials = softmax.exponentials,
        .softmax_multiplier = softmax.multiplier,
        .softmax_shift = softmax.shift,
    };
}

__attribute__((noinline)) void nf_attend(const nf_kernels *kernels, const nf_attention_params *params,
                                         const int8_t *query, const int8_t *key, const int8_t *value, int8_t *y,
                                         nf_scratch scratch)
{
    if (kernels->attention_s8 != NULL) {
        kernels->attention_s8(params, query, key, value, y, scratch);
        return;
    }
    nf_composed_attention_s8(kernels, params, 0, query, key, value, y, scratch);
}

static void project_head(const nf_context *c, nf_projection *p, uint32_t column, int8_t *query, int8_t *key,
                         int8_t *value)
{
    nf_linear_params *params = &p->params;
    params->token_stride = params->outputs;
    params->output_stride = 1;
    params->output_zero_point = nf_attention_of(c)->query_zero_point;
    params->same_input = 0;
    nf_project(c, p, NF_QUERY, column, query);
    params->same_input = 1;
    params->output_zero_point = nf_attention_of(c)->key_zero_point;
    nf_project(c, p, NF_KEY, column, key);

    /* transposed */
    params->token_stride = 1;
    params->output_stride = params->tokens;
    params->output_zero_point = nf_attention_of(c)->value_zero_point;
    nf_project(c, p, NF_VALUE, column, value);
}

/* Three projections of one head are all that is ever held beside input and output. */
static void execute(const nf_context *c)
{
    const uint32_t rows = nf_tensor_at(c, c->op->input)->rows, columns = nf_tensor_at(c, c->op->output)->columns;
    const uint32_t head_columns = (uint32_t)nf_attention_of(c)->head_columns;
    const nf_head_scratch parts = nf_head_scratch_of(rows, head_columns);
    int8_t *query = (int8_t *)nf_scratch_after(c, 0).bytes, *y = nf_write_s8(c, c->op->output);
    int8_t *key = query + parts.key, *value = query + parts.value;
    nf_attention_params params;
    nf_projection p;

    nf_set_attention_params(&params, c);
    nf_start_projection(&p, c, rows, (int32_t)head_columns, nf_read_s8(c, c->op->input), parts.rest);
    for (uint32_t column = 0; column < columns; column += head_columns) {
        project_head(c, &p, column, query, key, value);
        nf_attend(c->kernels, &params, query, key, value, y + column, p.scratch);
    }
}

bool nf_attention_has_kernels(const nf_kernels *k)
{
    return k->linear_s8 != NULL && (k->attention_s8 != NULL || (k->matmul_s8 != NULL && k->softmax_s8 != NULL));
}

const nf_kind nf_kind_attention = {
    .operands = NF_WEIGHTS | NF_CONSTANTS | NF_TABLE,
    .parameters = NF_ATTENTION_RANGES,
    .fits = fits,
    .has_kernels = nf_attention_has_kernels,
    .execute = execute,
};
