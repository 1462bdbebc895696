/* NUMERICS 3.7. */
#include "../kind.h"

static bool fits(const nf_operation *o)
{
    return nf_same_shape(o, o->x, o->y) && nf_same_shape(o, o->x, o->second);
}

static void execute(const nf_context *c)
{
    const nf_operator *op = c->op;
    const nf_tensor *y = nf_tensor_at(c, op->output);
    const nf_add_params params = {
        .count = nf_rows(c, y) * y->columns,
        .zero_point_1 = nf_tensor_at(c, op->input)->zero_point,
        .multiplier_1 = op->with.add.multiplier_1,
        .shift_1 = op->with.add.shift_1,
        .zero_point_2 = nf_tensor_at(c, op->input_2)->zero_point,
        .multiplier_2 = op->with.add.multiplier_2,
        .shift_2 = op->with.add.shift_2,
        .zero_point = y->zero_point,
        .multiplier = op->with.add.multiplier,
        .shift = op->with.add.shift,
        .low = op->with.add.low,
        .high = op->with.add.high,
    };
    c->kernels->add_s8(&params, nf_read_s8(c, op->input), nf_read_s8(c, op->input_2), nf_write_s8(c, op->output));
}

static bool has_kernels(const nf_kernels *k)
{
    return k->add_s8 != NULL;
}

const nf_kind nf_kind_add = {
    .operands = NF_SECOND_INPUT,
    .parameters = NF_MULTIPLIER NF_SHIFT NF_MULTIPLIER NF_SHIFT NF_MULTIPLIER NF_SHIFT NF_CLAMP_LOW NF_CLAMP_HIGH,
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
