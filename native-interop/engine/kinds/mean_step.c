/* Mean of the last rows of a stream, by sums that are kept up: needs no kernel. */
#include "../../kernels/fixed_point.h"
#include "../kind.h"

#define MAX_USUAL_SHIFT 22 /* 2 * 128 * 2^21 and a scaled sum fit 32 bits: sums are within 2^21 */

static bool fits(const nf_operation *o)
{
    const int32_t rows = o->op->with.mean.row_count;
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
    const nf_tensor *input = nf_tensor_at(c, c->op->input);
    const uint32_t slots = (uint32_t)c->op->with.mean.row_count;
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
    const uint32_t columns = output->columns;
    const int32_t multiplier = c->op->with.mean.multiplier, shift = c->op->with.mean.shift;
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

static void execute(const nf_context *c)
{
    const nf_tensor *x = nf_tensor_at(c, c->op->input);
    for (uint32_t row = 0; row < x->rows; row++) {
        replace_row(c, nf_read_s8(c, c->op->input) + row * x->columns);
    }
    store_sums(c);
}

const nf_kind nf_kind_mean_step = {
    .operands = NF_STATE,
    .parameters = NF_MULTIPLIER NF_SHIFT NF_OFFSET,
    .fits = fits,
    .execute = execute,
};
