/* Damaged and hostile images: whatever the bytes, the engine answers with a named error or runs within its arena.
 * Sanitizers watch on the host; a guard word before the arena watches on the cores. */
#include "../../native-interop/engine/image.h"
#include "corpus.h"
#include "hostile.h"
#include "test_port.h"

#define CORRUPTIONS 10000

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
    if (size == 0) {
        return;
    }
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

static int32_t opened;

static void corrupt(const uint8_t *source, uint32_t size, bool hostile)
{
    const bool cut = !hostile && next_random() % 4 == 0;
    const uint32_t kept = cut ? next_random() % size : size;
    uint8_t *image = hostile_copy(source, kept);

    damage(image, kept);
    if (hostile) {
        mend_checksum(image, kept);
    }
    if (hostile_open_and_run(image, kept) == NF_OK) {
        opened++;
    }
}

/* The buffer ends where the image was cut. */
static void truncate_everywhere(const uint8_t *source, uint32_t size)
{
    nf_model model;
    for (uint32_t kept = 0; kept < size; kept += 1 + size / 64) {
        TEST_CHECK(nf_model_open(&model, nf_kernels_built[0], hostile_copy(source, kept), kept) == NF_ERROR_TRUNCATED);
    }
}

/* One damaged bit anywhere must not go unnoticed. */
static void flip_bits(const uint8_t *source, uint32_t size)
{
    nf_model model;
    uint8_t *image = hostile_copy(source, size);

    for (uint32_t at = 0; at < size; at += 1 + size / 64) {
        image[at] ^= (uint8_t)(1u << at % 8);
        TEST_CHECK(nf_model_open(&model, nf_kernels_built[0], image, size) != NF_OK);
        image[at] ^= (uint8_t)(1u << at % 8);
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

    while (done < CORRUPTIONS && TEST_CHECK(corpus_open(&graphs, bytes, size))) {
        while (done < CORRUPTIONS && corpus_next(&graphs, &test)) {
            const uint8_t *source = test.payload + 16;
            const uint32_t image_bytes = ((const nf_header *)(const void *)source)->image_bytes;
            if (image_bytes > HOSTILE_IMAGE_BYTES) {
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
