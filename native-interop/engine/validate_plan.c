/* Proves the arena plan of both programs: no operator reads what was not written, none overwrites what is still needed. */
#include "kind.h"

#define NEVER 0xFFFFFFFFu

/* A tensor is alive while operators after `written`, up to `read`, run. */
typedef struct lifetime {
    uint32_t written, read;
} lifetime;

/* From the only operator that writes it to the last that reads it; the output is needed after all of them. */
static lifetime straight_lifetime(const nf_program *program, uint32_t tensor)
{
    lifetime life = {.written = NEVER, .read = 0};

    for (uint32_t i = 0; i < program->count; i++) {
        if (program->operators[i].output == tensor && life.written == NEVER) {
            life.written = i;
        }
        if (nf_reads(&program->operators[i], tensor)) {
            life.read = i;
        }
    }
    if (tensor == program->output) {
        life.read = program->count;
    }
    return life;
}

static bool is_alive(const lifetime *life, uint32_t index)
{
    return life->written < index && index <= life->read;
}

static bool touches(const nf_operator *op, uint32_t tensor)
{
    return op->output == tensor || nf_reads(op, tensor);
}

static bool is_touched(const nf_program *program, uint32_t first, uint32_t end, uint32_t tensor)
{
    for (uint32_t i = first; i < end; i++) {
        if (touches(&program->operators[i], tensor)) {
            return true;
        }
    }
    return false;
}

/* What a group sees whole must last for all its tiles: its early operators run again after the late ones. */
static bool is_needed(const nf_program *program, const nf_group *group, uint32_t index, uint32_t tensor,
                      const lifetime *life)
{
    if (is_alive(life, index)) {
        return true;
    }
    return nf_in_group(group) && program->operators[index].output != tensor &&
           is_touched(program, group->first, group->end, tensor) && nf_is_whole(program, group, tensor);
}

/* Two tensors row on row: what writes a row of one touches no other row of the other. */
static bool in_step(const nf_tensor *a, const nf_tensor *b)
{
    return a->offset == b->offset && a->rows == b->rows && a->columns == b->columns;
}

static bool output_keeps(const nf_model *model, const nf_program *program, uint32_t index, uint32_t tensor,
                         const lifetime *life)
{
    const nf_operator *op = &program->operators[index];
    const nf_tensor *live = &nf_tensors(model)[tensor], *output = &nf_tensors(model)[op->output];

    if (!nf_overlap(output->offset, output->bytes, live->offset, live->bytes)) {
        return true;
    }
    return in_step(live, output) && nf_has_fact(program, op, NF_WORKS_IN_PLACE) && nf_reads(op, tensor) &&
           life->read == index;
}

static bool written_once_before_read(const nf_program *program, uint32_t tensor, const lifetime *life)
{
    for (uint32_t i = 0; i < program->count; i++) {
        const nf_operator *op = &program->operators[i];
        if ((op->output == tensor && i != life->written) || (nf_reads(op, tensor) && i <= life->written)) {
            return false;
        }
    }
    return life->written != NEVER;
}

/* Whether a tensor that the program touches is written once, and kept for as long as it is needed. */
static bool tensor_is_safe(const nf_model *model, const nf_program *program, uint32_t tensor)
{
    const nf_tensor *live = &nf_tensors(model)[tensor];
    const lifetime life = straight_lifetime(program, tensor);

    if (!nf_in_range(live->offset, live->bytes, 0, program->arena_bytes) ||
        !written_once_before_read(program, tensor, &life)) {
        return false;
    }
    for (uint32_t i = 0; i < program->count; i++) {
        const nf_operator *op = &program->operators[i];
        const nf_group group = nf_group_of(program, i);
        const bool needed = is_needed(program, &group, i, tensor, &life);

        if ((needed || op->output == tensor) &&
            nf_overlap(op->scratch_offset, op->scratch_bytes, live->offset, live->bytes)) {
            return false;
        }
        if (needed && !output_keeps(model, program, i, tensor, &life)) {
            return false;
        }
    }
    return true;
}

/* Whether nothing that the program uses lies on `bytes` from `offset`, but the state tensor `self`. */
static bool is_apart(const nf_model *model, const nf_program *program, uint32_t offset, uint32_t bytes, uint32_t self)
{
    if (!nf_in_range(offset, bytes, 0, program->arena_bytes)) {
        return false;
    }
    for (uint32_t i = 0; i < program->count; i++) {
        const nf_operator *op = &program->operators[i];
        const nf_tensor *output = &nf_tensors(model)[op->output];
        if (nf_overlap(op->scratch_offset, op->scratch_bytes, offset, bytes) ||
            nf_overlap(output->offset, output->bytes, offset, bytes)) {
            return false;
        }
        if (op->state != NF_NO_TENSOR && op->state != self) {
            const nf_tensor *state = &nf_tensors(model)[op->state];
            if (nf_overlap(state->offset, state->bytes, offset, bytes)) {
                return false;
            }
        }
    }
    return true;
}

static uint32_t users_of_state(const nf_program *program, uint32_t tensor)
{
    uint32_t users = 0;
    for (uint32_t i = 0; i < program->count; i++) {
        users += program->operators[i].state == tensor;
    }
    return users;
}

static bool place_is_proven(const nf_model *model, const nf_program *window, const nf_program *step, uint32_t tensor)
{
    const nf_tensor *t = &nf_tensors(model)[tensor];
    const bool runs_windows_only = step->count == 0 && nf_header_of(model)->step_operator_count != 0;

    if (runs_windows_only && !is_touched(window, 0, window->count, tensor)) {
        return true; /* of the step program, which this build never runs */
    }
    if (t->place == NF_PLACE_STATE) {
        return users_of_state(step, tensor) == 1 && is_apart(model, step, t->offset, t->bytes, tensor);
    }
    if (t->place != NF_PLACE_ARENA) {
        return true;
    }
    const bool in_window = is_touched(window, 0, window->count, tensor);
    const bool in_step_program = is_touched(step, 0, step->count, tensor);
    return in_window != in_step_program && tensor_is_safe(model, in_window ? window : step, tensor);
}

nf_status nf_validate_plan(const nf_model *model)
{
    const nf_program window = nf_window_program(model), step = nf_step_program(model);

    for (uint32_t i = 0; i < model->tensor_count; i++) {
        if (!place_is_proven(model, &window, &step, i)) {
            return NF_ERROR_BAD_PLAN;
        }
    }
    if (!is_touched(&window, 0, window.count, window.output)) {
        return NF_ERROR_BAD_PLAN;
    }
    if (step.count == 0) {
        return NF_OK;
    }
    const bool staged =
        is_apart(model, &step, nf_header_of(model)->staging_offset, nf_staging_bytes(model), NF_NO_TENSOR);
    return staged && is_touched(&step, 0, step.count, step.output) ? NF_OK : NF_ERROR_BAD_PLAN;
}
