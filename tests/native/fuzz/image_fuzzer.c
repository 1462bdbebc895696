/* libFuzzer on everything that reads an image: open, runs, streams, self-test. Whatever the bytes, the engine answers with a named
 * error or stays within its arena; the sanitizers watch. Input: an image, then bytes that serve as samples. */
#include <stdlib.h>
#include <string.h>

#include "../../../native-interop/engine/image.h"

#define MAX_VALUES 65536u
#define MAX_ARENA (256u * 1024u)

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A hostile image has the right magic, version, size and checksum, or nothing behind the envelope would ever be reached. */
static void mend(uint8_t *data, size_t size)
{
    nf_header *header = (nf_header *)(void *)data;

    if (size < sizeof *header) {
        return;
    }
    memcpy(header->magic, "NFM1", 4);
    header->version = 2;
    if (header->image_bytes > size || header->image_bytes < sizeof *header || header->image_bytes % 16 != 0) {
        header->image_bytes = (uint32_t)(size & ~(size_t)15);
    }
    header->crc32 = nf_crc32(data + 16, header->image_bytes - 16);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
    size = LLVMFuzzerMutate(data, size, max_size);
    if (seed % 16 != 0) {
        mend(data, size);
    }
    return size;
}

/* Exactly as many bytes as asked for, so that the sanitizer sees one too many. */
static void *copy_of(const void *bytes, size_t size)
{
    void *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL) {
        abort();
    }
    memcpy(copy, bytes, size);
    return copy;
}

static void *samples_from(const uint8_t *data, size_t size, size_t bytes)
{
    uint8_t *samples = malloc(bytes);
    if (samples == NULL) {
        abort();
    }
    for (size_t i = 0; i < bytes; i++) {
        samples[i] = size > 0 ? data[i % size] : (uint8_t)i;
    }
    return samples;
}

static void run(nf_session *session, const void *samples, size_t values)
{
    int8_t *output = malloc(session->model->output_count);
    uint32_t steps;

    (void)nf_session_run(session, samples, values, output, session->model->output_count);
    (void)nf_session_self_test(session, NULL);
    if (nf_session_stream(session) == NF_OK) {
        const size_t piece = (values / session->model->channel_count / 3 + 1) * session->model->channel_count;
        (void)nf_session_step(session, samples, piece < values ? piece : values, output, session->model->output_count,
                              &steps);
        (void)nf_session_step(session, samples, values, output, session->model->output_count, &steps);
    }
    free(output);
}

static void open_and_run(const uint8_t *image, size_t image_bytes, const uint8_t *rest, size_t rest_bytes)
{
    nf_model model;
    nf_session session;

    if (nf_model_open(&model, nf_kernels_built[0], image, image_bytes) != NF_OK) {
        return;
    }
    const size_t values = (size_t)model.window_samples * model.channel_count;
    const size_t arena_bytes = model.arena_bytes > model.step_arena_bytes ? model.arena_bytes : model.step_arena_bytes;
    if (values > MAX_VALUES || arena_bytes > MAX_ARENA) {
        return;
    }
    void *arena = malloc(arena_bytes > 0 ? arena_bytes : 1);
    void *samples = samples_from(rest, rest_bytes, values * model.value_bytes);
    memset(arena, 0xA5, arena_bytes);
    if (nf_session_open(&session, &model, arena, arena_bytes) == NF_OK) {
        run(&session, samples, values);
    }
    free(samples);
    free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *aligned = copy_of(data, size);
    const size_t claimed = nf_image_bytes(aligned, size);
    const size_t image_bytes = claimed != 0 ? claimed : size;
    uint8_t *image = copy_of(aligned, image_bytes);

    open_and_run(image, image_bytes, aligned + image_bytes, size - image_bytes);
    free(image);
    free(aligned);
    return 0;
}
