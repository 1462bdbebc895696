/* One operator record becomes one or more kernel calls; a group, as many for each of its tiles. */
#include "kind.h"

#define SOFTMAX_INTEGER_SHIFT 26 /* differences are taken in Q5.26 */

void nf_copy(void *to, const void *from, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        ((uint8_t *)to)[i] = ((const uint8_t *)from)[i];
    }
}

const int8_t *nf_read_s8(const nf_context *c, uint16_t tensor)
{
    const nf_tensor *t = nf_tensor_at(c, tensor);
    if (t->place == NF_PLACE_WINDOW) {
        return c->window;
    }
    const uint8_t *base = t->place == NF_PLACE_IMAGE ? c->model->image : c->arena;
    return (const int8_t *)base + t->offset + nf_tile_offset(c, t);
}

nf_softmax_params nf_softmax_of(const nf_context *c, int32_t rows, int32_t columns)
{
    const nf_tensor *table = nf_tensor_at(c, c->op->table);
    return (nf_softmax_params){
        .rows = rows,
        .columns = columns,
        .exponentials = nf_constant_s32(c, c->op->table),
        .multiplier = table->scale_mantissa,
        .shift = table->scale_shift + SOFTMAX_INTEGER_SHIFT,
    };
}

void nf_ring_advance(nf_ring *ring, uint32_t slots)
{
    const uint32_t next = ring->slot + 1u;
    ring->slot = (uint16_t)(next < slots ? next : 0);
    ring->filled = (uint16_t)(ring->filled < slots ? ring->filled + 1u : slots);
}

void nf_execute(const nf_model *model, const nf_program *program, uint32_t index, const void *window, uint8_t *arena)
{
    const nf_operator *first = &program->operators[index];
    nf_context c = {
        .model = model,
        .kernels = model->kernels,
        .tensors = nf_tensors(model),
        .op = first,
        .window = window,
        .arena = arena,
        .is_step = program->is_step,
        .whole_rows = 0,
        .first_row = 0,
        .rows = 0,
    };
    if (first->group == 0) {
        nf_kind_of(program, first)->execute(&c);
        return;
    }

    c.whole_rows = c.tensors[first->input].rows;
    for (c.first_row = 0; c.first_row < c.whole_rows; c.first_row += first->tile_rows) {
        const uint32_t left = c.whole_rows - c.first_row;
        c.rows = left < first->tile_rows ? left : first->tile_rows;
        for (uint32_t i = 0; i < first->group; i++) {
            c.op = first + i;
            nf_kind_of(program, c.op)->execute(&c);
        }
    }
}
