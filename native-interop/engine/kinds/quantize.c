/* int16 samples to int8, NUMERICS 3.1. */
#include "../kind.h"

typedef struct quantize {
    int32_t first, step;
} quantize;

static bool fits(const nf_operation *o)
{
    const quantize *with = nf_parameters(o->op);
    const uint32_t first = (uint32_t)with->first, step = (uint32_t)with->step;
    return o->x->place == NF_PLACE_WINDOW && o->x->element_bytes == NF_INT16 && o->y->rows * step <= o->x->rows &&
           first + o->y->columns <= o->x->columns && nf_has_channel_constants(o, o->y->columns);
}

static void execute(const nf_context *c)
{
    const nf_tensor *x = nf_tensor_at(c, c->op->input), *y = nf_tensor_at(c, c->op->output);
    const quantize *with = nf_parameters(c->op);
    const nf_channel_constants constants = nf_constants_from(c, 0);
    const nf_quantize_params params = {
        .rows = y->rows,
        .columns = y->columns,
        .input_columns = x->columns,
        .first = with->first,
        .step = with->step,
        .zero_point = y->zero_point,
    };
    c->kernels->quantize_s16(&params, &constants, (const int16_t *)c->places[NF_PLACE_WINDOW],
                             nf_write_s8(c, c->op->output));
}

static bool has_kernels(const nf_kernels *k)
{
    return k->quantize_s16 != NULL;
}

const nf_kind nf_kind_quantize = {
    .operands = NF_CONSTANTS,
    .facts = NF_READS_SAMPLES | NF_CONSTANTS_ARE_OFFSETS,
    .parameters = NF_OFFSET NF_COUNT,
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};
