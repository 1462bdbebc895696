/* NUMERICS 3.15. */
#include "../kind.h"

typedef struct concat {
    int32_t axis; /* 0: rows */
    int32_t multiplier_1, shift_1, multiplier_2, shift_2;
} concat;

static bool fits(const nf_operation *o)
{
    const uint32_t rows = (uint32_t)o->x->rows + o->second->rows,
                   columns = (uint32_t)o->x->columns + o->second->columns;
    const concat *with = nf_parameters(o->op);
    if (with->axis == 0) {
        return o->x->columns == o->second->columns && o->y->columns == o->x->columns && o->y->rows == rows;
    }
    return o->x->rows == o->second->rows && o->y->rows == o->x->rows && o->y->columns == columns;
}

static void rescale_to(const nf_context *c, uint16_t input, int32_t multiplier, int32_t shift, int8_t *y)
{
    const nf_tensor *x = nf_tensor_at(c, input), *output = nf_tensor_at(c, c->op->output);
    const nf_rescale_params params = {
        .rows = x->rows,
        .columns = x->columns,
        .output_stride = output->columns,
        .input_zero_point = x->zero_point,
        .output_zero_point = output->zero_point,
        .multiplier = multiplier,
        .shift = shift,
    };
    c->kernels->rescale_s8(&params, nf_read_s8(c, input), y);
}

static void execute(const nf_context *c)
{
    const nf_operator *op = c->op;
    const concat *with = nf_parameters(op);
    const nf_tensor *x = nf_tensor_at(c, op->input);
    int8_t *y = nf_write_s8(c, op->output);

    rescale_to(c, op->input, with->multiplier_1, with->shift_1, y);
    rescale_to(c, op->input_2, with->multiplier_2, with->shift_2,
               y + (with->axis == 0 ? x->rows * x->columns : x->columns));
}

static bool has_kernels(const nf_kernels *k)
{
    return k->rescale_s8 != NULL;
}

const nf_kind nf_kind_concat = {
    .operands = NF_SECOND_INPUT,
    .parameters = NF_CHOICE NF_MULTIPLIER NF_SHIFT NF_MULTIPLIER NF_SHIFT,
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
