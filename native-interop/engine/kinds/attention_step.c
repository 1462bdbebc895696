/* Softmax attention in a stream, token by token on a ring of keys and values. */
#include "attention.h"

/* Bytes of the keys of all heads, and as many of their values, in the state. */
static uint32_t ring_bytes(const nf_operator *op)
{
    const nf_attention *with = nf_parameters(op);
    return (uint32_t)(with->heads * with->head_columns) * (uint32_t)(with->before + 1);
}

static bool fits(const nf_operation *o)
{
    const nf_attention *with = nf_parameters(o->op);
    const uint32_t heads = (uint32_t)with->heads;
    const uint32_t head_columns = (uint32_t)with->head_columns;
    const uint32_t slots = (uint32_t)with->before + 1;

    return o->x->rows <= NF_MAX_ROW && nf_has_exponentials(o) && nf_heads_fit(o, heads, head_columns) &&
           o->op->scratch_bytes >= nf_round_up(heads * head_columns) + nf_round_up(slots) && with->after == 0 &&
           slots <= NF_MAX_ROW && nf_is_state(o, NF_INT8, NF_RING_HEADER + 2 * ring_bytes(o->op), 0);
}

/* Query, key and value of all heads; values are kept transposed. Not inline, like attend: neither frame is to lie beneath the other's
 * kernels. */
__attribute__((noinline)) static void project_token(const nf_context *c, const int8_t *x, int8_t *query, int8_t *key,
                                                    int8_t *value, nf_scratch scratch)
{
    const nf_attention *with = nf_parameters(c->op);
    const uint32_t columns = nf_tensor_at(c, c->op->output)->columns;
    const nf_linear_part parts[] = {
        {query, with->query_zero_point, 1},
        {key, with->key_zero_point, 1},
        {value, with->value_zero_point, with->before + 1},
    };
    const int32_t inputs = nf_tensor_at(c, c->op->input)->columns;
    nf_linear_params params = {
        .tokens = 1, .inputs = inputs, .outputs = (int32_t)columns, .input_stride = inputs, .low = -128, .high = 127};

    if (c->kernels->linear_one_s8 != NULL) {
        const nf_channel_constants constants = nf_constants_from(c, 0);
        params.packed = nf_packed_from(c, 0);
        c->kernels->linear_one_s8(&params, &constants, x, nf_constant_s8(c, c->op->weights), parts, 3, scratch);
        return;
    }
    for (uint32_t part = NF_QUERY; part <= NF_VALUE; part++) {
        const nf_channel_constants constants = nf_constants_from(c, part * columns);
        params.output_zero_point = parts[part].output_zero_point;
        params.output_stride = parts[part].output_stride;
        c->kernels->linear_s8(&params, &constants, x,
                              nf_constant_s8(c, c->op->weights) + part * columns * (uint32_t)params.inputs,
                              parts[part].y, scratch);
    }
}

/* The query on the ring, which holds just what it may see: nothing is masked. */
__attribute__((noinline)) static void attend(const nf_context *c, int32_t keys_held, const int8_t *query,
                                             const int8_t *keys, const int8_t *values, int8_t *y, nf_scratch scratch)
{
    const nf_attention *with = nf_parameters(c->op);
    const nf_kernels *kernels = c->kernels;
    nf_attention_params params;
    nf_set_attention_params(&params, c);
    params.queries = 1;
    params.keys = keys_held;
    params.key_stride = params.output_stride;
    params.value_stride = with->before + 1;
    params.before = NF_MAX_ROW;
    params.after = NF_MAX_ROW;

    if (kernels->attention_one_s8 != NULL) {
        kernels->attention_one_s8(&params, query, keys, values, y, scratch);
        return;
    }
    for (int32_t first = 0; first < params.output_stride; first += params.head_columns) {
        nf_attend(kernels, &params, query + first, keys + first, values + first * params.value_stride, y + first,
                  scratch);
    }
}

static void execute(const nf_context *c)
{
    const nf_attention *with = nf_parameters(c->op);
    const nf_tensor *x = nf_tensor_at(c, c->op->input), *y = nf_tensor_at(c, c->op->output);
    nf_ring *ring = (nf_ring *)(void *)nf_state_of(c);
    int8_t *keys = (int8_t *)ring + NF_RING_HEADER, *values = keys + ring_bytes(c->op);
    int8_t *query = (int8_t *)nf_scratch_after(c, 0).bytes;
    const nf_scratch rest = nf_scratch_after(c, nf_round_up(y->columns));

    for (uint32_t row = 0; row < x->rows; row++) {
        project_token(c, nf_read_s8(c, c->op->input) + row * x->columns, query, keys + ring->slot * y->columns,
                      values + ring->slot, rest);
        nf_ring_advance(ring, (uint32_t)with->before + 1);
        attend(c, ring->filled, query, keys, values, nf_write_s8(c, c->op->output) + row * y->columns, rest);
    }
}

const nf_kind nf_kind_attention_step = {
    .operands = NF_WEIGHTS | NF_CONSTANTS | NF_TABLE | NF_STATE,
    .parameters = NF_ATTENTION_RANGES,
    .fits = fits,
    .has_kernels = nf_attention_has_kernels,
    .execute = execute,
};
