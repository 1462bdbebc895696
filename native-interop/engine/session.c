/* Runs: whole, in slices, and the self-test. */
#include "image.h"

static uint32_t window_values(const nf_model *model)
{
    return (uint32_t)model->window_samples * model->channel_count;
}

static const int8_t *output_of(const nf_session *session)
{
    const nf_model *model = session->model;
    return (const int8_t *)session->arena + nf_tensors(model)[nf_header_of(model)->output_tensor].offset;
}

nf_status nf_session_open(nf_session *session, const nf_model *model, void *arena, size_t arena_bytes)
{
    if (session == NULL || model == NULL || model->image == NULL || arena == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    if ((uintptr_t)arena % 4u != 0) {
        return NF_ERROR_MISALIGNED;
    }
    if (arena_bytes < model->arena_bytes) {
        return NF_ERROR_ARENA_TOO_SMALL;
    }
    *session = (nf_session){.model = model, .arena = arena};
    return NF_OK;
}

nf_status nf_session_begin(nf_session *session, const int16_t *window, size_t values)
{
    if (session == NULL || session->model == NULL || window == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    if (values != window_values(session->model)) {
        return NF_ERROR_WRONG_SHAPE;
    }
    session->window = window;
    session->next_operator = 0;
    return NF_OK;
}

static void run_operators(nf_session *session, uint32_t count)
{
    const nf_model *model = session->model;

    while (count > 0 && session->next_operator < model->operator_count) {
        nf_execute(model, &nf_operators(model)[session->next_operator], session->window, session->arena);
        session->next_operator++;
        count--;
    }
}

nf_status nf_session_continue(nf_session *session, uint32_t operators, int8_t *output, size_t outputs,
                              uint32_t *remaining)
{
    if (session == NULL || session->model == NULL || output == NULL || remaining == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    if (session->window == NULL) {
        return NF_ERROR_NOT_RUNNING;
    }
    if (outputs != session->model->output_count) {
        return NF_ERROR_WRONG_SHAPE;
    }

    run_operators(session, operators);
    *remaining = (uint32_t)(session->model->operator_count - session->next_operator);
    if (*remaining > 0) {
        return NF_OK;
    }
    for (size_t i = 0; i < outputs; i++) {
        output[i] = output_of(session)[i];
    }
    session->window = NULL;
    return NF_OK;
}

nf_status nf_session_run(nf_session *session, const int16_t *window, size_t values, int8_t *output, size_t outputs)
{
    uint32_t remaining;
    nf_status status = nf_session_begin(session, window, values);
    if (status != NF_OK) {
        return status;
    }
    status = nf_session_continue(session, UINT32_MAX, output, outputs, &remaining);
    session->window = NULL; /* refused or done: the caller's window is not looked at again */
    return status;
}

static bool vector_agrees(nf_session *session, const uint8_t *vector)
{
    const uint32_t values = window_values(session->model);
    const int8_t *expected = (const int8_t *)vector + values * sizeof(int16_t);

    nf_session_begin(session, (const int16_t *)(const void *)vector, values);
    run_operators(session, UINT32_MAX);
    session->window = NULL;
    for (uint32_t i = 0; i < session->model->output_count; i++) {
        if (output_of(session)[i] != expected[i]) {
            return false;
        }
    }
    return true;
}

nf_status nf_session_self_test(nf_session *session, uint32_t *failed_vector)
{
    if (session == NULL || session->model == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }

    const nf_model *model = session->model;
    const uint8_t *vectors = model->image + nf_header_of(model)->test_vectors_offset;
    uint32_t vector = 0;
    while (vector < model->test_vector_count &&
           vector_agrees(session, vectors + vector * nf_test_vector_bytes(model))) {
        vector++;
    }
    if (failed_vector != NULL) {
        *failed_vector = vector;
    }
    if (model->test_vector_count == 0) {
        return NF_ERROR_NO_TEST_VECTORS;
    }
    return vector == model->test_vector_count ? NF_OK : NF_ERROR_SELF_TEST_FAILED;
}
