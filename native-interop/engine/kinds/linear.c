/* NUMERICS 3.2. */
#include "../kind.h"

typedef struct linear {
    int32_t low, high;
} linear;

static bool fits(const nf_operation *o)
{
    return nf_same_rows(o, o->x, o->y) && nf_has_weights(o, o->y->columns, o->x->columns) &&
           nf_has_channel_constants(o, o->y->columns);
}

static void execute(const nf_context *c)
{
    const nf_tensor *x = nf_tensor_at(c, c->op->input), *y = nf_tensor_at(c, c->op->output);
    const linear *with = nf_parameters(c->op);
    const nf_channel_constants constants = nf_constants_from(c, 0);
    const nf_linear_params params = {
        .tokens = nf_rows(c, x),
        .inputs = x->columns,
        .outputs = y->columns,
        .input_stride = x->columns,
        .token_stride = y->columns,
        .output_stride = 1,
        .output_zero_point = y->zero_point,
        .low = with->low,
        .high = with->high,
        .packed = nf_packed_from(c, 0),
    };
    nf_run_linear(c->kernels, &params, &constants, nf_read_s8(c, c->op->input), nf_constant_s8(c, c->op->weights),
                  nf_write_s8(c, c->op->output), nf_scratch_after(c, 0));
}

static bool has_kernels(const nf_kernels *k)
{
    return k->linear_s8 != NULL;
}

const nf_kind nf_kind_linear = {
    .operands = NF_WEIGHTS | NF_CONSTANTS,
    .facts = NF_ROW_WISE,
    .parameters = NF_CLAMP_LOW NF_CLAMP_HIGH,
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
