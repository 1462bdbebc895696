/* Mean over rows, NUMERICS 3.8. */
#include "../kind.h"

static bool fits(const nf_operation *o)
{
    return o->y->rows == 1 && o->x->columns == o->y->columns && o->x->rows <= NF_MAX_ROWS &&
           o->op->with.mean.row_count == 0;
}

static void execute(const nf_context *c)
{
    const nf_tensor *x = nf_tensor_at(c, c->op->input);
    const nf_mean_params params = {
        .rows = x->rows,
        .columns = x->columns,
        .input_zero_point = x->zero_point,
        .output_zero_point = nf_tensor_at(c, c->op->output)->zero_point,
        .multiplier = c->op->with.mean.multiplier,
        .shift = c->op->with.mean.shift,
    };
    c->kernels->mean_s8(&params, nf_read_s8(c, c->op->input), nf_write_s8(c, c->op->output));
}

static bool has_kernels(const nf_kernels *k)
{
    return k->mean_s8 != NULL;
}

const nf_kind nf_kind_mean = {
    .operands = "",
    .parameters = NF_MULTIPLIER NF_SHIFT NF_OFFSET,
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
