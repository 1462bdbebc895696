/* NUMERICS 3.13. */
#include "../kind.h"

static bool fits(const nf_operation *o)
{
    return o->y->rows == 1 && o->x->columns == o->y->columns && o->x->zero_point == o->y->zero_point;
}

static void execute(const nf_context *c)
{
    const nf_tensor *x = nf_tensor_at(c, c->op->input);
    nf_copy(nf_write_s8(c, c->op->output), nf_read_s8(c, c->op->input) + (x->rows - 1) * x->columns, x->columns);
}

const nf_kind nf_kind_last = {
    .parameters = "",
    .fits = fits,
    .execute = execute,
};
