/* NUMERICS 3.10. */
#include "../kind.h"

static bool fits(const nf_operation *o)
{
    return nf_same_shape(o, o->x, o->y) && nf_is_constant(o, o->op->table, 1, 256, NF_INT8);
}

static void execute(const nf_context *c)
{
    const nf_tensor *y = nf_tensor_at(c, c->op->output);
    c->kernels->lookup_s8(nf_rows(c, y) * y->columns, nf_constant_s8(c, c->op->table), nf_read_s8(c, c->op->input),
                          nf_write_s8(c, c->op->output));
}

static bool has_kernels(const nf_kernels *k)
{
    return k->lookup_s8 != NULL;
}

const nf_kind nf_kind_lookup = {
    .operands = NF_TABLE,
    .facts = NF_ROW_WISE | NF_WORKS_IN_PLACE | NF_TABLE_IS_ANY,
    .parameters = "",
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
