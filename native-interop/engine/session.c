/* Sessions: runs, whole and in slices, and the self-test. */
#include "stream.h"

nf_status nf_session_open(nf_session *session, const nf_model *model, void *arena, size_t arena_bytes)
{
    if (session == NULL || model == NULL || model->image == NULL || arena == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    if ((uintptr_t)arena % 4u != 0) {
        return NF_ERROR_MISALIGNED;
    }
    if (arena_bytes < model->arena_bytes && (model->step_samples == 0 || arena_bytes < model->step_arena_bytes)) {
        return NF_ERROR_ARENA_TOO_SMALL;
    }
    *session = (nf_session){
        .model = model,
        .arena = arena,
        .arena_bytes = (uint32_t)(arena_bytes < UINT32_MAX ? arena_bytes : UINT32_MAX),
        .window = NULL, /* every field is named: fields left to be zeroed would be a call of memset */
        .staged = 0,
        .next_operator = 0,
        .is_streaming = false,
    };
    return NF_OK;
}

static uint32_t window_values(const nf_model *model)
{
    return (uint32_t)model->window_samples * model->channel_count;
}

nf_status nf_session_begin(nf_session *session, const void *window, size_t values)
{
    if (session == NULL || session->model == NULL || window == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    if (values != window_values(session->model)) {
        return NF_ERROR_WRONG_SHAPE;
    }
    if (session->arena_bytes < session->model->arena_bytes) {
        return NF_ERROR_ARENA_TOO_SMALL;
    }
    if ((uintptr_t)window % session->model->value_bytes != 0) {
        return NF_ERROR_MISALIGNED;
    }
    session->window = window;
    session->next_operator = 0;
    session->is_streaming = false; /* the run overwrites what the stream remembers */
    return NF_OK;
}

static void run_slices(nf_session *session, uint32_t slices)
{
    const nf_program program = nf_window_program(session->model);

    session->next_operator = (uint16_t)nf_execute(session, &program, session->next_operator, slices, session->window);
}

nf_status nf_session_continue(nf_session *session, uint32_t slices, int8_t *output, size_t outputs, uint32_t *remaining)
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

    run_slices(session, slices);
    *remaining = (uint32_t)(session->model->operator_count - session->next_operator);
    if (*remaining > 0) {
        return NF_OK;
    }
    nf_copy(output, nf_output_of(session, nf_header_of(session->model)->output_tensor), outputs);
    session->window = NULL;
    return NF_OK;
}

nf_status nf_session_run(nf_session *session, const void *window, size_t values, int8_t *output, size_t outputs)
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

static bool same_output(const nf_session *session, uint16_t tensor, const int8_t *expected)
{
    const int8_t *output = nf_output_of(session, tensor);
    for (uint32_t i = 0; i < session->model->output_count; i++) {
        if (output[i] != expected[i]) {
            return false;
        }
    }
    return true;
}

static bool window_agrees(nf_session *session, const uint8_t *window, const int8_t *expected)
{
    if (nf_session_begin(session, window, window_values(session->model)) != NF_OK) {
        return true; /* the arena is for streams only */
    }
    run_slices(session, UINT32_MAX);
    session->window = NULL;
    return same_output(session, nf_header_of(session->model)->output_tensor, expected);
}

static bool stream_agrees(nf_session *session, const uint8_t *window, const int8_t *expected)
{
    const nf_model *model = session->model;

    if (model->step_samples == 0 || model->window_samples % model->step_samples != 0 ||
        nf_session_stream(session) != NF_OK) {
        return true;
    }
    nf_feed(session, window, window_values(model));
    session->is_streaming = false;
    return same_output(session, nf_header_of(model)->step_output_tensor, expected);
}

nf_status nf_session_self_test(nf_session *session, uint32_t *failed_vector)
{
    if (session == NULL || session->model == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }

    const nf_model *model = session->model;
    const uint8_t *vectors = model->image + nf_header_of(model)->test_vectors_offset;
    const uint32_t window_bytes = window_values(model) * model->value_bytes;
    uint32_t vector = 0;
    for (; vector < model->test_vector_count; vector++, vectors += nf_test_vector_bytes(model)) {
        const int8_t *expected = (const int8_t *)vectors + window_bytes;
        if (!window_agrees(session, vectors, expected) || !stream_agrees(session, vectors, expected)) {
            break;
        }
    }
    if (failed_vector != NULL) {
        *failed_vector = vector;
    }
    if (model->test_vector_count == 0) {
        return NF_ERROR_NO_TEST_VECTORS;
    }
    return vector == model->test_vector_count ? NF_OK : NF_ERROR_SELF_TEST_FAILED;
}
