/* The engine's calls, timed, counted and marked. */
#include "marker.h"
#include "transformers.h"

static uint32_t begin_work(void)
{
    nf_marker_write(true);
    return nf_board_ticks();
}

static uint32_t end_work(uint32_t started)
{
    const uint32_t ticks = nf_board_ticks() - started;

    nf_marker_write(false);
    return nf_board_microseconds(ticks);
}

/* A call that the engine refused did nothing, and has no duration. */
static nf_status refused(nf_transformer *transformer, nf_status status)
{
    transformer->statistics.errors++;
    return status;
}

static void count(nf_transformer *transformer, uint32_t inferences, uint32_t microseconds)
{
    nf_transformer_statistics *statistics = &transformer->statistics;

    statistics->total_microseconds += microseconds;
    statistics->last_microseconds = microseconds / inferences;
    if (statistics->last_microseconds > statistics->maximum_microseconds) {
        statistics->maximum_microseconds = statistics->last_microseconds;
    }
}

nf_status nf_transformer_run(nf_transformer *transformer, const void *window, size_t values, size_t value_bytes,
                             int8_t *output, size_t outputs)
{
    if (value_bytes != transformer->model.value_bytes) {
        return refused(transformer, NF_ERROR_WRONG_SHAPE);
    }

    const uint32_t started = begin_work();
    const nf_status status = nf_session_run(&transformer->session, window, values, output, outputs);
    const uint32_t microseconds = end_work(started);
    if (status != NF_OK) {
        return refused(transformer, status);
    }
    transformer->statistics.runs++;
    count(transformer, 1, microseconds);
    return NF_OK;
}

nf_status nf_transformer_begin(nf_transformer *transformer, const void *window, size_t values, size_t value_bytes)
{
    if (value_bytes != transformer->model.value_bytes) {
        return refused(transformer, NF_ERROR_WRONG_SHAPE);
    }

    const nf_status status = nf_session_begin(&transformer->session, window, values);
    transformer->run_microseconds = 0;
    return status == NF_OK ? NF_OK : refused(transformer, status);
}

nf_status nf_transformer_continue(nf_transformer *transformer, const void *window, uint32_t operators, int8_t *output,
                                  size_t outputs, uint32_t *remaining)
{
    if (window == NULL || transformer->session.window == NULL) {
        return refused(transformer, NF_ERROR_NOT_RUNNING);
    }
    transformer->session.window = window;

    const uint32_t started = begin_work();
    const nf_status status = nf_session_continue(&transformer->session, operators, output, outputs, remaining);
    transformer->run_microseconds += end_work(started);
    if (status != NF_OK) {
        return refused(transformer, status);
    }
    if (*remaining == 0) {
        transformer->statistics.runs++;
        count(transformer, 1, transformer->run_microseconds);
    }
    return NF_OK;
}

nf_status nf_transformer_stream(nf_transformer *transformer)
{
    const nf_status status = nf_session_stream(&transformer->session);
    return status == NF_OK ? NF_OK : refused(transformer, status);
}

nf_status nf_transformer_step(nf_transformer *transformer, const void *samples, size_t values, size_t value_bytes,
                              int8_t *output, size_t outputs, uint32_t *steps)
{
    if (value_bytes != transformer->model.value_bytes) {
        return refused(transformer, NF_ERROR_WRONG_SHAPE);
    }

    const uint32_t started = begin_work();
    const nf_status status = nf_session_step(&transformer->session, samples, values, output, outputs, steps);
    const uint32_t microseconds = end_work(started);
    if (status != NF_OK) {
        return refused(transformer, status);
    }
    if (*steps > 0) {
        transformer->statistics.steps += *steps;
        count(transformer, *steps, microseconds);
    }
    return NF_OK;
}

nf_status nf_transformer_self_test(nf_transformer *transformer)
{
    return nf_session_self_test(&transformer->session, NULL);
}
