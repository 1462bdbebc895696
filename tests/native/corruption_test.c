/* Damaged and hostile images: whatever the bytes, the engine answers with a named error or runs within its arena.
 * Sanitizers watch on the host; a guard word before the arena watches on the cores. */
#include "../../native-interop/engine/image.h"
#include "corpus.h"
#include "test_port.h"

#define CORRUPTIONS 10000
#define IMAGE_BYTES (64u * 1024u)
#define ARENA_BYTES (64u * 1024u)
#define GUARD 0x5AFEC0DEu

static uint32_t image_room[IMAGE_BYTES / 4];
static uint32_t arena_room[1 + ARENA_BYTES / 4];
static int16_t window[32768];
static int8_t output[32768];
static uint32_t random_state = 2463534242u;

/* xorshift32 (Marsaglia 2003). */
static uint32_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static void damage(uint8_t *bytes, uint32_t size)
{
    const uint32_t edits = 1 + next_random() % 4;
    /* Half of the damage aims at the records, which are a small part of the bytes but all of the danger. */
    const uint32_t reach = next_random() % 2 == 0 && size > 2048 ? 2048 : size;

    for (uint32_t i = 0; i < edits; i++) {
        const uint32_t at = next_random() % reach;
        switch (next_random() % 4) {
        case 0:
            bytes[at] ^= (uint8_t)(1u << next_random() % 8);
            break;
        case 1:
            bytes[at] = (uint8_t)next_random();
            break;
        case 2:
            bytes[at] = 0xFF;
            break;
        default:
            bytes[at] = bytes[next_random() % size];
            break;
        }
    }
}

/* A hostile image carries a right checksum. */
static void mend_checksum(uint8_t *bytes, uint32_t size)
{
    nf_header *header = (nf_header *)(void *)bytes;
    if (header->image_bytes >= 16 && header->image_bytes <= size) {
        header->crc32 = nf_crc32(bytes + 16, header->image_bytes - 16);
    }
}

/* An image of this size that ends where its buffer ends, so that the sanitizer sees a read beyond it. */
static uint32_t *image_of(uint32_t size)
{
    return image_room + (IMAGE_BYTES - size) / 4;
}

static uint32_t *copy_of(const uint8_t *source, uint32_t size)
{
    uint32_t *image = image_of(size);
    for (uint32_t i = 0; i < size; i++) {
        ((uint8_t *)image)[i] = source[i];
    }
    return image;
}

static bool named(nf_status status)
{
    return nf_status_name(status)[0] != 'U' || status == NF_ERROR_UNSUPPORTED_OPERATOR ||
           status == NF_ERROR_UNSUPPORTED_VERSION;
}

static void run_if_opened(nf_status status, const nf_model *model)
{
    nf_session session;

    TEST_CHECK(named(status));
    if (status != NF_OK) {
        TEST_CHECK(model->image == NULL);
        return;
    }
    const size_t values = (size_t)model->window_samples * model->channel_count;
    const uint32_t arena_bytes =
        model->arena_bytes > model->step_arena_bytes ? model->arena_bytes : model->step_arena_bytes;
    if (arena_bytes > ARENA_BYTES || values > sizeof window / sizeof window[0]) {
        return;
    }
    /* Exactly the arena it asks for, at the very end of its buffer, with a guard before it. */
    uint32_t *arena = arena_room + 1 + (ARENA_BYTES - arena_bytes) / 4;
    arena[-1] = GUARD;
    TEST_CHECK(nf_session_open(&session, model, arena, arena_bytes) == NF_OK);
    TEST_CHECK(nf_session_run(&session, window, values, output, model->output_count) == NF_OK);
    TEST_CHECK(named(nf_session_self_test(&session, NULL)));
    if (model->step_samples != 0) {
        uint32_t steps;
        TEST_CHECK(nf_session_stream(&session) == NF_OK);
        TEST_CHECK(nf_session_step(&session, window, values, output, model->output_count, &steps) == NF_OK);
    }
    TEST_CHECK(arena[-1] == GUARD);
}

/* Each backend of the build in turn. */
static const nf_kernels *next_backend(void)
{
    static const nf_kernels *const *next = nf_kernels_built;
    if (*next == NULL) {
        next = nf_kernels_built;
    }
    return *next++;
}

static int32_t opened;

static void corrupt(const uint8_t *source, uint32_t size, bool hostile)
{
    nf_model model;
    uint32_t kept = size;
    uint32_t *image = copy_of(source, size);

    damage((uint8_t *)image, size);
    if (hostile) {
        mend_checksum((uint8_t *)image, size);
    } else if (next_random() % 4 == 0) {
        kept = next_random() % size;
    }
    const nf_status status = nf_model_open(&model, next_backend(), image, kept);
    if (status == NF_OK) {
        opened++;
    }
    run_if_opened(status, &model);
}

static void truncate_everywhere(const uint8_t *source, uint32_t size)
{
    nf_model model;
    for (uint32_t kept = 0; kept < size; kept += 1 + size / 64) {
        TEST_CHECK(nf_model_open(&model, nf_kernels_built[0], source, kept) == NF_ERROR_TRUNCATED);
    }
}

/* One damaged bit anywhere must not go unnoticed. */
static void flip_bits(const uint8_t *source, uint32_t size)
{
    nf_model model;
    uint32_t *image = copy_of(source, size);

    for (uint32_t at = 0; at < size; at += 1 + size / 64) {
        ((uint8_t *)image)[at] ^= (uint8_t)(1u << at % 8);
        TEST_CHECK(nf_model_open(&model, nf_kernels_built[0], image, size) != NF_OK);
        ((uint8_t *)image)[at] ^= (uint8_t)(1u << at % 8);
    }
    TEST_CHECK(nf_model_open(&model, nf_kernels_built[0], image, size) == NF_OK);
}

int main(void)
{
    size_t size;
    const uint8_t *bytes = test_blob(&size);
    corpus graphs;
    test_case test;
    int32_t done = 0;

    for (uint32_t i = 0; i < sizeof window / sizeof window[0]; i++) {
        window[i] = (int16_t)next_random();
    }
    while (done < CORRUPTIONS && TEST_CHECK(corpus_open(&graphs, bytes, size))) {
        while (done < CORRUPTIONS && corpus_next(&graphs, &test)) {
            const uint8_t *source = test.payload + 16;
            const uint32_t image_bytes = ((const nf_header *)(const void *)source)->image_bytes;
            if (image_bytes > IMAGE_BYTES) {
                continue;
            }
            if (done < 1000) {
                truncate_everywhere(source, image_bytes);
                flip_bits(source, image_bytes);
            }
            for (int32_t i = 0; i < 10; i++, done++) {
                corrupt(source, image_bytes, i % 2 == 0);
            }
        }
    }
    TEST_CHECK(done >= CORRUPTIONS && opened > 0);
    test_report_number("corruptions", done);
    test_report_number("opened_and_run", opened);
    return test_report_result();
}
