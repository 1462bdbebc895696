/* Random streams: with every backend, however the samples are cut into chunks, the output after every step must be, byte for byte, what the
 * C# reference computed. */
#include "corpus.h"
#include "nanoformer/engine.h"
#include "nanoformer/kernels.h"
#include "test_port.h"

#define ARENA_BYTES (256u * 1024u)
#define MAX_OUTPUTS 32768
#define UNTOUCHED 0x5A

static _Alignas(16) uint32_t arena[ARENA_BYTES / 4];
static int8_t output[MAX_OUTPUTS];

typedef struct stream_case {
    uint32_t image_bytes, samples, chunk_count, step_count, outputs;
    uint32_t reserved[3];
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
        !TEST_CHECK(nf_session_open(&session, &model, arena, sizeof arena) == NF_OK)) {
        return;
    }
    windows_only(kernels, image, stream->image_bytes);
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
    return test_report_result();
}
