/* One operator record becomes one or more kernel calls; a group, as many for each of its tiles. */
#include "kind.h"

#define SOFTMAX_INTEGER_SHIFT 26 /* differences are taken in Q5.26 */

void nf_copy(void *to, const void *from, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        ((uint8_t *)to)[i] = ((const uint8_t *)from)[i];
    }
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

const int32_t *nf_packed_rows(const nf_context *c, uint32_t first)
{
    const uint8_t *packed = c->model->packed;
    const nf_program program = c->is_step ? nf_step_program(c->model) : nf_window_program(c->model);
    const uint32_t offset = ((const uint32_t *)(const void *)packed)[c->op - program.operators];
    const uint32_t pair_bytes = nf_packed_pair_bytes(nf_tensor_at(c, c->op->weights)->columns);
    return offset == 0 ? NULL : (const int32_t *)(const void *)(packed + offset + first / 2 * pair_bytes);
}

void nf_ring_advance(nf_ring *ring, uint32_t slots)
{
    const uint32_t next = ring->slot + 1u;
    ring->slot = (uint16_t)(next < slots ? next : 0);
    ring->filled = (uint16_t)(ring->filled < slots ? ring->filled + 1u : slots);
}

/* The operators of a group, for one tile of rows after the other. */
static void run_group(nf_context *c, const nf_program *program)
{
    const nf_operator *first = c->op;

    c->whole_rows = c->tensors[first->input].rows;
    for (c->first_row = 0; c->first_row < c->whole_rows; c->first_row += first->tile_rows) {
        const uint32_t left = c->whole_rows - c->first_row;
        c->rows = left < first->tile_rows ? left : first->tile_rows;
        for (c->op = first; c->op < first + first->group; c->op++) {
            nf_kind_of(program, c->op)->execute(c);
        }
    }
    c->whole_rows = c->first_row = c->rows = 0;
}

uint32_t nf_execute(const nf_session *session, const nf_program *program, uint32_t index, uint32_t slices,
                    const void *window)
{
    const nf_model *model = session->model;
    nf_context c = {
        .model = model,
        .kernels = model->kernels,
        .tensors = nf_tensors(model),
        .places = {[NF_PLACE_WINDOW] = window, [NF_PLACE_ARENA] = session->arena, [NF_PLACE_IMAGE] = model->image},
        .arena = session->arena,
        .is_step = program->is_step,
    };

    for (; slices > 0 && index < program->count; slices--) {
        c.op = &program->operators[index];
        index = nf_next_slice(program, index);
        if (c.op->group == 0) {
            nf_kind_of(program, c.op)->execute(&c);
        } else {
            run_group(&c, program);
        }
    }
    return index;
}
