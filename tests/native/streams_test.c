/* Random streams: with every backend, however the samples are cut into chunks, the output after every step must be, byte for byte, what the
 * C# reference computed. */
#include "../../native-interop/engine/image.h"
#include "corpus.h"
#include "nanoformer/kernels.h"
#include "test_port.h"

#define ARENA_BYTES (256u * 1024u)
#define MAX_OUTPUTS 32768
#define UNTOUCHED 0x5A

static _Alignas(16) uint32_t arena[ARENA_BYTES / 4];
static int8_t output[MAX_OUTPUTS];

typedef struct stream_case {
    uint32_t image_bytes, samples, chunk_count, step_count, outputs;
    uint32_t steps_are_packed; /* whether the steps may read the packed rows */
    uint32_t reserved[2];
} stream_case;

typedef struct stream_data {
    const uint8_t *samples;
    const uint32_t *chunks;
    const int8_t *expected; /* [step_count][outputs] */
} stream_data;

static void fill_output(void)
{
    for (size_t i = 0; i < MAX_OUTPUTS; i++) {
        output[i] = UNTOUCHED;
    }
}

/* The output of the last step that a chunk completed; untouched when it completed none. */
static void chunk_agrees(const stream_case *stream, const int8_t *expected, uint32_t completed, uint32_t steps)
{
    if (steps > 0) {
        TEST_CHECK(same_bytes(output, expected + (size_t)(completed - 1) * stream->outputs, stream->outputs));
        return;
    }
    TEST_CHECK(output[0] == UNTOUCHED && output[stream->outputs - 1] == UNTOUCHED);
}

static void chunks_agree(nf_session *session, const stream_case *stream, const stream_data *data)
{
    const nf_model *model = session->model;
    const uint8_t *samples = data->samples;
    uint32_t completed = 0;

    for (uint32_t i = 0; i < stream->chunk_count; i++) {
        const size_t values = (size_t)data->chunks[i] * model->channel_count;
        uint32_t steps = 0;
        fill_output();
        if (!TEST_CHECK(nf_session_step(session, samples, values, output, stream->outputs, &steps) == NF_OK)) {
            return;
        }
        samples += values * model->value_bytes;
        completed += steps;
        if (!TEST_CHECK(completed <= stream->step_count)) {
            return;
        }
        chunk_agrees(stream, data->expected, completed, steps);
    }
    TEST_CHECK(completed == stream->step_count);
}

/* A build without streams runs the windows of the same model. */
static void windows_only(const nf_kernels *kernels, const void *image, uint32_t image_bytes)
{
    nf_kernels without = *kernels;
    nf_model model;
    nf_session session;

    without.step_kinds = NULL;
    TEST_CHECK(nf_model_open(&model, &without, image, image_bytes) == NF_OK && model.step_samples == 0);
    TEST_CHECK(nf_session_open(&session, &model, arena, sizeof arena) == NF_OK);
    TEST_CHECK(nf_session_stream(&session) == NF_ERROR_NO_STREAM);
    if (model.test_vector_count > 0) {
        TEST_CHECK(nf_session_self_test(&session, NULL) == NF_OK);
    }
}

/* A window and a stream share the arena: the one that begins ends the other. */
static void each_ends_the_other(nf_session *session)
{
    static int16_t window[32768];
    const nf_model *model = session->model;
    const size_t values = (size_t)model->window_samples * model->channel_count;
    uint32_t steps, remaining;

    if (values > sizeof window / sizeof window[0] || session->arena_bytes < model->arena_bytes) {
        return;
    }
    TEST_CHECK(nf_session_stream(session) == NF_OK);
    TEST_CHECK(nf_session_run(session, window, values, output, model->output_count) == NF_OK);
    TEST_CHECK(nf_session_step(session, window, 0, output, model->output_count, &steps) == NF_ERROR_NOT_RUNNING);
    TEST_CHECK(nf_session_begin(session, window, values) == NF_OK);
    TEST_CHECK(nf_session_stream(session) == NF_OK);
    TEST_CHECK(nf_session_continue(session, 1, output, model->output_count, &remaining) == NF_ERROR_NOT_RUNNING);
}

/* An image in which only the step program computes something else: its linear layers give one value. */
static uint32_t *with_other_steps(const uint8_t *image, uint32_t bytes)
{
    static uint32_t copy[65536];
    if (bytes > sizeof copy) {
        return NULL;
    }
    for (uint32_t i = 0; i < bytes; i++) {
        ((uint8_t *)copy)[i] = image[i];
    }
    nf_header *header = (nf_header *)(void *)copy;
    nf_operator *steps = (nf_operator *)(void *)((uint8_t *)copy + header->step_operators_offset);
    for (uint32_t i = 0; i < header->step_operator_count; i++) {
        if (steps[i].kind == NF_LINEAR) {
            steps[i].parameters[1] = steps[i].parameters[0]; /* clamped to one value */
        }
    }
    header->crc32 = nf_crc32((const uint8_t *)copy + 16, header->image_bytes - 16);
    return copy;
}

static int32_t wrong_streams_found;

/* The self-test runs vectors as streams, too. */
static void wrong_steps_are_found(const nf_kernels *kernels, const uint8_t *image, uint32_t bytes)
{
    const uint32_t *copy = with_other_steps(image, bytes);
    nf_model model;
    nf_session session;

    if (copy == NULL || !TEST_CHECK(nf_model_open(&model, kernels, copy, bytes) == NF_OK) ||
        model.test_vector_count == 0) {
        return;
    }
    TEST_CHECK(nf_session_open(&session, &model, arena, sizeof arena) == NF_OK);
    if (nf_session_self_test(&session, NULL) == NF_ERROR_SELF_TEST_FAILED) {
        wrong_streams_found++;
    }
}

static void run_stream(const test_case *test, const nf_kernels *kernels)
{
    const stream_case *stream = (const stream_case *)(const void *)test->payload;
    cursor arrays = {test->payload + sizeof(stream_case)};
    const void *image = cursor_take(&arrays, stream->image_bytes);
    nf_model model;
    nf_session session;

    if (!TEST_CHECK(nf_model_open(&model, kernels, image, stream->image_bytes) == NF_OK) ||
        !TEST_CHECK(model.step_samples > 0 && stream->outputs == model.output_count &&
                    stream->outputs <= MAX_OUTPUTS) ||
        !TEST_CHECK(model.steps_are_packed == (stream->steps_are_packed != 0)) ||
        !TEST_CHECK(nf_session_open(&session, &model, arena, sizeof arena) == NF_OK)) {
        return;
    }
    windows_only(kernels, image, stream->image_bytes);
    wrong_steps_are_found(kernels, image, stream->image_bytes);
    each_ends_the_other(&session);
    const size_t sample_bytes = (size_t)model.channel_count * model.value_bytes;
    stream_data data = {.samples = cursor_take(&arrays, stream->samples * sample_bytes)};
    data.chunks = cursor_take(&arrays, stream->chunk_count * sizeof(uint32_t));
    data.expected = cursor_take(&arrays, (size_t)stream->step_count * stream->outputs);

    /* The second time over what the first left behind. */
    for (int pass = 0; pass < 2; pass++) {
        if (TEST_CHECK(nf_session_stream(&session) == NF_OK)) {
            chunks_agree(&session, stream, &data);
        }
    }
}

static int32_t run_streams(const uint8_t *bytes, size_t size, const nf_kernels *kernels)
{
    corpus streams;
    test_case test;
    int32_t count = 0;

    if (!TEST_CHECK(corpus_open(&streams, bytes, size))) {
        return 0;
    }
    while (corpus_next(&streams, &test)) {
        if (TEST_CHECK(test.kind == CASE_STREAM)) {
            run_stream(&test, kernels);
            count++;
        }
    }
    TEST_CHECK(streams.remaining == 0 && count > 0);
    return count;
}

int main(void)
{
    size_t size;
    const uint8_t *bytes = test_blob(&size);

    for (uint32_t backend = 0; nf_kernels_built[backend] != NULL; backend++) {
        test_report_number(nf_kernels_built[backend]->name, run_streams(bytes, size, nf_kernels_built[backend]));
    }
    TEST_CHECK(wrong_streams_found > 0);
    test_report_number("wrong_streams_found", wrong_streams_found);
    return test_report_result();
}
