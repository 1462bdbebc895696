/* NUMERICS 3.11. */
#include "../kind.h"

typedef struct layer_norm {
    uint32_t epsilon;
    int32_t low, high;
} layer_norm;

static bool fits(const nf_operation *o)
{
    return nf_same_shape(o, o->x, o->y) && o->x->columns >= 2 && o->x->columns <= 1024 &&
           nf_has_weights(o, 1, o->x->columns) && nf_has_channel_constants(o, o->x->columns);
}

static void execute(const nf_context *c)
{
    const nf_tensor *y = nf_tensor_at(c, c->op->output);
    const layer_norm *with = nf_parameters(c->op);
    const nf_channel_constants constants = nf_constants_from(c, 0);
    const nf_layer_norm_params params = {
        .rows = nf_rows(c, y),
        .columns = y->columns,
        .epsilon = with->epsilon,
        .output_zero_point = y->zero_point,
        .low = with->low,
        .high = with->high,
    };
    c->kernels->layer_norm_s8(&params, &constants, nf_read_s8(c, c->op->input), nf_constant_s8(c, c->op->weights),
                              nf_write_s8(c, c->op->output));
}

static bool has_kernels(const nf_kernels *k)
{
    return k->layer_norm_s8 != NULL;
}

const nf_kind nf_kind_layer_norm = {
    .operands = NF_WEIGHTS | NF_CONSTANTS,
    .facts = NF_ROW_WISE | NF_WORKS_IN_PLACE,
    .parameters = NF_EPSILON NF_CLAMP_LOW NF_CLAMP_HIGH,
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
