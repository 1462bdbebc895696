/* Mean over rows, NUMERICS 3.8. In a stream, of its last rows, by sums that are kept up: that needs no kernel. */
#include "../../kernels/fixed_point.h"
#include "../kind.h"

typedef struct mean {
    int32_t multiplier, shift;
    int32_t row_count; /* in a stream, else 0 */
} mean;

#define RANGES NF_MULTIPLIER NF_SHIFT NF_OFFSET

#define MAX_USUAL_SHIFT 22 /* 2 * 128 * 2^21 and a scaled sum fit 32 bits: sums are within 2^21 */

static bool fits(const nf_operation *o)
{
    const mean *with = nf_parameters(o->op);
    return o->y->rows == 1 && o->x->columns == o->y->columns && o->x->rows <= NF_MAX_ROWS && with->row_count == 0;
}

static void execute(const nf_context *c)
{
    const mean *with = nf_parameters(c->op);
    const nf_tensor *x = nf_tensor_at(c, c->op->input);
    const nf_mean_params params = {
        .rows = x->rows,
        .columns = x->columns,
        .input_zero_point = x->zero_point,
        .output_zero_point = nf_tensor_at(c, c->op->output)->zero_point,
        .multiplier = with->multiplier,
        .shift = with->shift,
    };
    c->kernels->mean_s8(&params, nf_read_s8(c, c->op->input), nf_write_s8(c, c->op->output));
}

static bool has_kernels(const nf_kernels *k)
{
    return k->mean_s8 != NULL;
}

const nf_kind nf_kind_mean = {
    .parameters = RANGES,
    .fits = fits,
    .has_kernels = has_kernels,
    .execute = execute,
};

static bool step_fits(const nf_operation *o)
{
    const mean *with = nf_parameters(o->op);
    const int32_t rows = with->row_count;
    return o->y->rows == 1 && o->x->columns == o->y->columns && o->x->rows <= NF_MAX_ROWS && rows >= 1 &&
           rows <= NF_MAX_ROWS &&
           nf_is_state(o, NF_INT8, NF_RING_HEADER + 4u * o->x->columns + (uint32_t)rows * o->x->columns, 0);
}

static int32_t *sums_of(const nf_context *c)
{
    return (int32_t *)(void *)(nf_state_of(c) + NF_RING_HEADER);
}

/* The new row takes the place of the one that leaves, in the ring and in the sums. */
static void replace_row(const nf_context *c, const int8_t *x)
{
    const mean *with = nf_parameters(c->op);
    const nf_tensor *input = nf_tensor_at(c, c->op->input);
    const uint32_t slots = (uint32_t)with->row_count;
    nf_ring *ring = (nf_ring *)(void *)nf_state_of(c);
    const uint32_t columns = input->columns;
    int32_t *sums = sums_of(c);
    int8_t *leaving = (int8_t *)(sums + columns) + ring->slot * columns;

    if (ring->filled < slots) { /* nothing leaves but what stood for it */
        for (uint32_t i = 0; i < columns; i++) {
            leaving[i] = (int8_t)input->zero_point;
        }
    }
#pragma GCC unroll 4
    for (uint32_t i = 0; i < columns; i++) {
        const int8_t value = x[i];
        sums[i] += value - leaving[i];
        leaving[i] = value;
    }
    nf_ring_advance(ring, slots);
}

/* Shifts of trained models: rounding and zero point go in front of the shift. */
static bool is_usual_shift(int32_t shift)
{
    return shift < 0 && shift >= -MAX_USUAL_SHIFT;
}

static void store_sums(const nf_context *c)
{
    const nf_tensor *output = nf_tensor_at(c, c->op->output);
    const mean *with = nf_parameters(c->op);
    const uint32_t columns = output->columns;
    const int32_t multiplier = with->multiplier, shift = with->shift;
    const int32_t zero_point = output->zero_point;
    const int32_t *sums = sums_of(c);
    int8_t *y = nf_write_s8(c, c->op->output);

    if (!is_usual_shift(shift)) {
        for (uint32_t i = 0; i < columns; i++) {
            y[i] = nf_store(nf_requantize(sums[i], multiplier, shift), zero_point, -128, 127);
        }
        return;
    }
    const int32_t rounding = (2 * zero_point + 1) * (1 << (-shift - 1));
#pragma GCC unroll 4
    for (uint32_t i = 0; i < columns; i++) {
        const int32_t scaled = nf_high_mul(sums[i], multiplier);
        const int32_t value = (scaled + (scaled >> 31) + rounding) >> -shift;
        y[i] = (int8_t)(value == (int8_t)value ? value : value < 0 ? -128 : 127);
    }
}

static void execute_step(const nf_context *c)
{
    const nf_tensor *x = nf_tensor_at(c, c->op->input);
    for (uint32_t row = 0; row < x->rows; row++) {
        replace_row(c, nf_read_s8(c, c->op->input) + row * x->columns);
    }
    store_sums(c);
}

const nf_kind nf_kind_mean_step = {
    .operands = NF_STATE,
    .parameters = RANGES,
    .fits = step_fits,
    .execute = execute_step,
};
