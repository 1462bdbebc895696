/* Streams: samples gather to steps, and each step runs the step program. */
#include "stream.h"

static uint32_t step_values(const nf_model *model)
{
    return (uint32_t)model->step_samples * model->channel_count;
}

static void forget(const nf_tensor *state, uint8_t *arena)
{
    const uint8_t fill = (uint8_t)state->zero_point;
    for (uint32_t i = 0; i < state->bytes; i++) {
        arena[state->offset + i] = fill;
    }
}

nf_status nf_session_stream(nf_session *session)
{
    if (session == NULL || session->model == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    const nf_model *model = session->model;
    if (model->step_samples == 0) {
        return NF_ERROR_NO_STREAM;
    }
    if (session->arena_bytes < model->step_arena_bytes) {
        return NF_ERROR_ARENA_TOO_SMALL;
    }
    for (uint32_t i = 0; i < model->tensor_count; i++) {
        if (nf_tensors(model)[i].place == NF_PLACE_STATE) {
            forget(&nf_tensors(model)[i], session->arena);
        }
    }
    session->window = NULL;
    session->staged = 0;
    session->is_streaming = true;
    return NF_OK;
}

static void run_step(const nf_session *session, const void *samples)
{
    const nf_program program = nf_step_program(session->model);

    nf_execute(session, &program, 0, program.count, samples);
}

uint32_t nf_feed(nf_session *session, const void *samples, size_t values)
{
    const nf_model *model = session->model;
    const uint32_t whole = step_values(model), value_bytes = model->value_bytes;
    uint8_t *staging = session->arena + nf_header_of(model)->staging_offset;
    const uint8_t *next = samples;
    uint32_t steps = 0;

    while (values > 0) {
        const uint8_t *step = next;
        const uint32_t missing = whole - session->staged;
        const uint32_t taken = values < missing ? (uint32_t)values : missing;
        /* A whole step is read where the caller has it; only pieces are copied. */
        if (taken < whole) {
            nf_copy(staging + session->staged * value_bytes, next, taken * value_bytes);
            step = staging;
        }
        next += taken * value_bytes;
        values -= taken;
        session->staged += taken;
        if (session->staged == whole) {
            run_step(session, step);
            session->staged = 0;
            steps++;
        }
    }
    return steps;
}

nf_status nf_session_step(nf_session *session, const void *samples, size_t values, int8_t *output, size_t outputs,
                          uint32_t *steps)
{
    if (session == NULL || session->model == NULL || samples == NULL || output == NULL || steps == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    *steps = 0;
    if (!session->is_streaming) {
        return NF_ERROR_NOT_RUNNING;
    }
    if (values % session->model->channel_count != 0 || outputs != session->model->output_count) {
        return NF_ERROR_WRONG_SHAPE;
    }
    if ((uintptr_t)samples % session->model->value_bytes != 0) {
        return NF_ERROR_MISALIGNED;
    }

    *steps = nf_feed(session, samples, values);
    if (*steps > 0) {
        nf_copy(output, nf_output_of(session, nf_header_of(session->model)->step_output_tensor), outputs);
    }
    return NF_OK;
}
