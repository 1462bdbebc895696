/* NUMERICS 3.16. */
#include "../kind.h"

typedef struct distance {
    int32_t norm, lag, multiplier_1, shift_1, multiplier_2, shift_2, bits, multiplier, shift;
} distance;

static bool fits(const nf_operation *o)
{
    const distance *with = nf_parameters(o->op);
    return o->x->rows == o->second->rows && o->x->columns == o->second->columns && o->y->rows == 1 &&
           (o->y->columns == 1 || o->y->columns == o->x->columns) && o->x->rows <= NF_MAX_ROWS &&
           with->lag < o->x->rows;
}

static void execute(const nf_context *c)
{
    const nf_operator *op = c->op;
    const distance *with = nf_parameters(op);
    const nf_tensor *x1 = nf_tensor_at(c, op->input), *y = nf_tensor_at(c, op->output);
    const nf_distance_params params = {
        .rows = x1->rows - with->lag,
        .columns = x1->columns,
        .outputs = y->columns,
        .norm = with->norm,
        .zero_point_1 = x1->zero_point,
        .multiplier_1 = with->multiplier_1,
        .shift_1 = with->shift_1,
        .zero_point_2 = nf_tensor_at(c, op->input_2)->zero_point,
        .multiplier_2 = with->multiplier_2,
        .shift_2 = with->shift_2,
        .bits = with->bits,
        .zero_point = y->zero_point,
        .multiplier = with->multiplier,
        .shift = with->shift,
    };
    c->kernels->distance_s8(&params, nf_read_s8(c, op->input), nf_read_s8(c, op->input_2) + with->lag * x1->columns,
                            nf_write_s8(c, op->output));
}

static bool has_kernels(const nf_kernels *k)
{
    return k->distance_s8 != NULL;
}

const nf_kind nf_kind_distance = {
    .operands = NF_SECOND_INPUT,
    .parameters =
        NF_POWER NF_OFFSET NF_MULTIPLIER NF_SHIFT_DOWN NF_MULTIPLIER NF_SHIFT_DOWN NF_BITS NF_MULTIPLIER NF_SHIFT,
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
