/* Softmax attention in a stream, token by token on a ring of keys and values. */
#include "attention.h"

static bool fits(const nf_operation *o)
{
    const uint32_t heads = (uint32_t)o->op->with.attention.heads;
    const uint32_t head_columns = (uint32_t)o->op->with.attention.head_columns;
    const uint32_t slots = (uint32_t)o->op->with.attention.before + 1;

    return o->x->rows <= NF_MAX_ROW && nf_has_exponentials(o) && nf_heads_fit(o, heads, head_columns) &&
           o->op->scratch_bytes >= nf_round_up(heads * head_columns) + nf_round_up(slots) &&
           o->op->with.attention.after == 0 && slots <= NF_MAX_ROW &&
           nf_is_state(o, NF_INT8, NF_RING_HEADER + 2 * nf_ring_bytes(o->op), 0);
}

/* One token to all heads at once, values `stride` apart. */
static void project_token(const nf_context *c, uint32_t part, const int8_t *x, int8_t *y, uint32_t stride,
                          nf_scratch scratch)
{
    nf_projection p = nf_projection_of(c, part, nf_tensor_at(c, c->op->output)->columns, 1, (int32_t)stride, y);
    p.params.tokens = 1;
    nf_linear_for(c->kernels, 1)(&p.params, &p.constants, x, p.weights, y, scratch);
}

static void attend(const nf_kernels *kernels, const nf_attention_params *params, const int8_t *query, const int8_t *key,
                   const int8_t *value, int8_t *y, nf_scratch scratch)
{
    if (kernels->attention_one_s8 != NULL) {
        kernels->attention_one_s8(params, query, key, value, y, scratch);
        return;
    }
    nf_attend(kernels, params, query, key, value, y, scratch);
}

/* The token's query, key and value, then each head on the ring. */
static void attend_token(const nf_context *c, nf_attention_params *params, const int8_t *x, int8_t *y)
{
    const uint32_t columns = nf_tensor_at(c, c->op->output)->columns;
    const uint32_t slots = (uint32_t)(c->op->with.attention.before + 1);
    nf_ring *ring = (nf_ring *)(void *)nf_state_of(c);
    int8_t *keys = (int8_t *)nf_state_of(c) + NF_RING_HEADER, *values = keys + nf_ring_bytes(c->op);
    int8_t *query = (int8_t *)nf_scratch_after(c, 0).bytes;
    const nf_scratch rest = nf_scratch_after(c, nf_round_up(columns));

    project_token(c, NF_QUERY, x, query, 1, rest);
    project_token(c, NF_KEY, x, keys + ring->slot * columns, 1, rest);
    project_token(c, NF_VALUE, x, values + ring->slot, slots, rest);
    nf_ring_advance(ring, slots);

    params->keys = ring->filled;
    for (uint32_t first = 0; first < columns; first += (uint32_t)params->head_columns) {
        attend(c->kernels, params, query + first, keys + first, values + first * slots, y + first, rest);
    }
}

/* The ring holds just what a token may see, so nothing is masked. */
static void execute(const nf_context *c)
{
    const nf_tensor *x = nf_tensor_at(c, c->op->input), *y = nf_tensor_at(c, c->op->output);
    nf_attention_params params = nf_attention_params_of(c);
    params.queries = 1;
    params.key_stride = y->columns;
    params.value_stride = c->op->with.attention.before + 1;
    params.before = NF_MAX_ROW;
    params.after = NF_MAX_ROW;

    for (uint32_t row = 0; row < x->rows; row++) {
        attend_token(c, &params, nf_read_s8(c, c->op->input) + row * x->columns,
                     nf_write_s8(c, c->op->output) + row * y->columns);
    }
}

const nf_kind nf_kind_attention_step = {
    .operands = "wcts",
    .parameters = "nnzzzmszmsrr",
    .fits = fits,
    .has_kernels = nf_attention_has_kernels,
    .execute = execute,
};
