/* NUMERICS 3.5. */
#include "../kind.h"

static bool fits(const nf_operation *o)
{
    return nf_same_shape(o, o->x, o->y) && o->x->columns <= NF_MAX_ROW && o->y->zero_point == -128 &&
           nf_has_exponentials(o);
}

static void execute(const nf_context *c)
{
    const nf_tensor *x = nf_tensor_at(c, c->op->input);
    const nf_softmax_params params = nf_softmax_of(c, x->rows, x->columns);
    c->kernels->softmax_s8(&params, nf_read_s8(c, c->op->input), nf_write_s8(c, c->op->output));
}

static bool has_kernels(const nf_kernels *k)
{
    return k->softmax_s8 != NULL;
}

const nf_kind nf_kind_softmax = {
    .operands = NF_TABLE,
    .parameters = "",
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
