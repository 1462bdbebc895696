/* Linear attention, NUMERICS 3.12, head by head; in a stream its sums go on. */
#include "attention.h"

typedef struct linear_attention {
    int32_t heads, head_columns, query_zero_point, key_zero_point, value_zero_point;
    int32_t multiplier, shift, causal, decay;
} linear_attention;

#define RANGES NF_COUNT NF_COUNT NF_ZERO_POINT NF_ZERO_POINT NF_ZERO_POINT NF_MULTIPLIER NF_SHIFT NF_CHOICE NF_DECAY

/* Numbers that are kept of a head: M and Z. */
static uint32_t state_values_of(const nf_operator *op)
{
    const linear_attention *with = nf_parameters(op);
    const uint32_t columns = (uint32_t)with->head_columns;
    return columns * (columns + 1);
}

static bool fits(const nf_operation *o)
{
    const linear_attention *with = nf_parameters(o->op);
    const uint32_t head_columns = (uint32_t)with->head_columns;
    if (o->x->rows > NF_MAX_ROWS || head_columns > 256 || (with->causal == 0 && with->decay != 0) ||
        !nf_heads_fit(o, (uint32_t)with->heads, head_columns)) {
        return false;
    }
    const uint32_t window_bytes =
        nf_head_scratch_of(o->x->rows, head_columns).rest + nf_round_up(4 * state_values_of(o->op));
    const uint32_t step_bytes = nf_head_scratch_of(1, head_columns).rest;
    return o->op->scratch_bytes >= (o->program->is_step ? step_bytes : window_bytes);
}

static bool streams(const nf_operation *o)
{
    const linear_attention *with = nf_parameters(o->op);
    const uint32_t heads = (uint32_t)with->heads;
    return with->causal == 1 && with->decay >= 1 && nf_is_state(o, NF_INT32, heads * state_values_of(o->op), 0);
}

/* Queries and keys pass a ReLU. */
static void project_head(const nf_context *c, nf_projection *p, uint32_t column, const nf_head_scratch *parts)
{
    const linear_attention *with = nf_parameters(c->op);
    int8_t *scratch = (int8_t *)nf_scratch_after(c, 0).bytes;
    nf_linear_params *params = &p->params;

    params->low = params->output_zero_point = with->query_zero_point;
    params->same_input = 0;
    nf_project(c, p, NF_QUERY, column, scratch + parts->query);
    params->same_input = 1;
    params->low = params->output_zero_point = with->key_zero_point;
    nf_project(c, p, NF_KEY, column, scratch + parts->key);
    params->low = -128;
    params->output_zero_point = with->value_zero_point;
    nf_project(c, p, NF_VALUE, column, scratch + parts->value);
}

static nf_linear_attention_params params_of(const nf_context *c, uint32_t tokens)
{
    const linear_attention *with = nf_parameters(c->op);
    const nf_tensor *output = nf_tensor_at(c, c->op->output);
    return (nf_linear_attention_params){
        .tokens = (int32_t)tokens,
        .head_columns = with->head_columns,
        .output_stride = output->columns,
        .query_zero_point = with->query_zero_point,
        .key_zero_point = with->key_zero_point,
        .value_zero_point = with->value_zero_point,
        .multiplier = with->multiplier,
        .shift = with->shift,
        .output_zero_point = output->zero_point,
        .causal = with->causal,
        .decay = with->decay,
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
    const linear_attention *with = nf_parameters(c->op);
    const nf_tensor *x = nf_tensor_at(c, c->op->input), *y = nf_tensor_at(c, c->op->output);
    const uint32_t head_columns = (uint32_t)with->head_columns;
    const uint32_t state_values = state_values_of(c->op);
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
    .operands = NF_WEIGHTS | NF_CONSTANTS,
    .parameters = RANGES,
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};

const nf_kind nf_kind_linear_attention_step = {
    .operands = NF_WEIGHTS | NF_CONSTANTS | NF_STATE,
    .parameters = RANGES,
    .fits = step_fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
