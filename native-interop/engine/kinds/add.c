/* NUMERICS 3.7. */
#include "../kind.h"

typedef struct add {
    int32_t multiplier_1, shift_1, multiplier_2, shift_2, multiplier, shift, low, high;
} add;

static bool fits(const nf_operation *o)
{
    return nf_same_shape(o, o->x, o->y) && nf_same_shape(o, o->x, o->second);
}

static void execute(const nf_context *c)
{
    const nf_operator *op = c->op;
    const add *with = nf_parameters(op);
    const nf_tensor *y = nf_tensor_at(c, op->output);
    const nf_add_params params = {
        .count = nf_rows(c, y) * y->columns,
        .zero_point_1 = nf_tensor_at(c, op->input)->zero_point,
        .multiplier_1 = with->multiplier_1,
        .shift_1 = with->shift_1,
        .zero_point_2 = nf_tensor_at(c, op->input_2)->zero_point,
        .multiplier_2 = with->multiplier_2,
        .shift_2 = with->shift_2,
        .zero_point = y->zero_point,
        .multiplier = with->multiplier,
        .shift = with->shift,
        .low = with->low,
        .high = with->high,
    };
    c->kernels->add_s8(&params, nf_read_s8(c, op->input), nf_read_s8(c, op->input_2), nf_write_s8(c, op->output));
}

static bool has_kernels(const nf_kernels *k)
{
    return k->add_s8 != NULL;
}

const nf_kind nf_kind_add = {
    .operands = NF_SECOND_INPUT,
    .facts = NF_ROW_WISE | NF_WORKS_IN_PLACE | NF_TAKES_CONSTANT,
    .parameters = NF_MULTIPLIER NF_SHIFT NF_MULTIPLIER NF_SHIFT NF_MULTIPLIER NF_SHIFT NF_CLAMP_LOW NF_CLAMP_HIGH,
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
