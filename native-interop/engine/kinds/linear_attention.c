/* Linear attention, NUMERICS 3.12, head by head; in a stream its sums go on. */
#include "attention.h"

static bool fits(const nf_operation *o)
{
    const uint32_t head_columns = (uint32_t)o->op->with.linear_attention.head_columns;
    if (o->x->rows > NF_MAX_ROWS || head_columns > 256 ||
        (o->op->with.linear_attention.causal == 0 && o->op->with.linear_attention.decay != 0) ||
        !nf_heads_fit(o, (uint32_t)o->op->with.linear_attention.heads, head_columns)) {
        return false;
    }
    const uint32_t window_bytes =
        nf_head_scratch_of(o->x->rows, head_columns).rest + nf_round_up(4 * nf_linear_state_values(o->op));
    const uint32_t step_bytes = nf_head_scratch_of(1, head_columns).rest;
    return o->op->scratch_bytes >= (o->program->is_step ? step_bytes : window_bytes);
}

static bool streams(const nf_operation *o)
{
    const uint32_t heads = (uint32_t)o->op->with.linear_attention.heads;
    return o->op->with.linear_attention.causal == 1 && o->op->with.linear_attention.decay >= 1 &&
           nf_is_state(o, NF_INT32, heads * nf_linear_state_values(o->op), 0);
}

/* Queries and keys pass a ReLU. */
static void project_head(const nf_context *c, nf_projection *p, uint32_t column, const nf_head_scratch *parts)
{
    int8_t *scratch = (int8_t *)nf_scratch_after(c, 0).bytes;
    nf_linear_params *params = &p->params;

    params->low = params->output_zero_point = c->op->with.linear_attention.query_zero_point;
    params->same_input = 0;
    nf_project(c, p, NF_QUERY, column, scratch + parts->query);
    params->same_input = 1;
    params->low = params->output_zero_point = c->op->with.linear_attention.key_zero_point;
    nf_project(c, p, NF_KEY, column, scratch + parts->key);
    params->low = -128;
    params->output_zero_point = c->op->with.linear_attention.value_zero_point;
    nf_project(c, p, NF_VALUE, column, scratch + parts->value);
}

static nf_linear_attention_params params_of(const nf_context *c, uint32_t tokens)
{
    const nf_tensor *output = nf_tensor_at(c, c->op->output);
    return (nf_linear_attention_params){
        .tokens = (int32_t)tokens,
        .head_columns = c->op->with.linear_attention.head_columns,
        .output_stride = output->columns,
        .query_zero_point = c->op->with.linear_attention.query_zero_point,
        .key_zero_point = c->op->with.linear_attention.key_zero_point,
        .value_zero_point = c->op->with.linear_attention.value_zero_point,
        .multiplier = c->op->with.linear_attention.multiplier,
        .shift = c->op->with.linear_attention.shift,
        .output_zero_point = output->zero_point,
        .causal = c->op->with.linear_attention.causal,
        .decay = c->op->with.linear_attention.decay,
    };
}

static void attend(const nf_context *c, const nf_head_scratch *parts, uint32_t tokens, int32_t *state, int8_t *y)
{
    const nf_linear_attention_params params = params_of(c, tokens);
    const int8_t *scratch = (const int8_t *)nf_scratch_after(c, 0).bytes;
    c->kernels->linear_attention_s8(&params, scratch + parts->query, scratch + parts->key, scratch + parts->value,
                                    state, y);
}

/* `tokens` rows from row `first` on, for all heads. */
static void attend_rows(const nf_context *c, uint32_t first, uint32_t tokens)
{
    const nf_tensor *x = nf_tensor_at(c, c->op->input), *y = nf_tensor_at(c, c->op->output);
    const uint32_t head_columns = (uint32_t)c->op->with.linear_attention.head_columns;
    const uint32_t state_values = nf_linear_state_values(c->op);
    const nf_head_scratch parts = nf_head_scratch_of(tokens, head_columns);
    const uint32_t state_bytes = c->is_step ? 0 : nf_round_up(4 * state_values);
    int32_t *state = (int32_t *)(void *)(c->is_step ? nf_state_of(c) : nf_scratch_after(c, parts.rest).bytes);
    int8_t *out = nf_write_s8(c, c->op->output) + first * y->columns;
    nf_projection p;

    nf_start_projection(&p, c, tokens, (int32_t)head_columns, nf_read_s8(c, c->op->input) + first * x->columns,
                        parts.rest + state_bytes);
    for (uint32_t column = 0; column < y->columns; column += head_columns) {
        for (uint32_t i = 0; !c->is_step && i < state_values; i++) {
            state[i] = 0;
        }
        project_head(c, &p, column, &parts);
        attend(c, &parts, tokens, state, out + column);
        state += c->is_step ? state_values : 0;
    }
}

static void execute(const nf_context *c)
{
    const uint32_t rows = nf_tensor_at(c, c->op->input)->rows;
    const uint32_t at_once = c->is_step ? 1 : rows;

    for (uint32_t first = 0; first < rows; first += at_once) {
        attend_rows(c, first, at_once);
    }
}

static bool has_kernels(const nf_kernels *k)
{
    return k->linear_s8 != NULL && k->linear_attention_s8 != NULL;
}

static bool step_fits(const nf_operation *o)
{
    return fits(o) && streams(o);
}

const nf_kind nf_kind_linear_attention = {
    .operands = NF_WEIGHTS NF_CONSTANTS,
    .parameters = NF_COUNT NF_COUNT NF_ZERO_POINT NF_ZERO_POINT NF_ZERO_POINT NF_MULTIPLIER NF_SHIFT NF_CHOICE NF_DECAY,
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};

const nf_kind nf_kind_linear_attention_step = {
    .operands = NF_WEIGHTS NF_CONSTANTS NF_STATE,
    .parameters = NF_COUNT NF_COUNT NF_ZERO_POINT NF_ZERO_POINT NF_ZERO_POINT NF_MULTIPLIER NF_SHIFT NF_CHOICE NF_DECAY,
    .fits = step_fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
