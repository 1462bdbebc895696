/* Images of which one field was changed, under a right checksum: the engine answers with the status that the case names, which is the rule's or
 * the C# reader's, and runs those that are still good. */
#include "corpus.h"
#include "hostile.h"
#include "test_port.h"

typedef struct change {
    uint32_t offset, value;
} change;

static void apply(uint8_t *image, const change *changes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        *(uint32_t *)(void *)(image + changes[i].offset) = changes[i].value;
    }
}

static bool has_expected_status(const uint8_t *base, uint32_t size, const test_case *damage)
{
    const int32_t expected = *(const int32_t *)(const void *)damage->payload;
    const uint32_t count = *(const uint32_t *)(const void *)(damage->payload + 4);
    uint8_t *image = hostile_copy(base, size);

    if (image == NULL) {
        return false;
    }
    apply(image, (const change *)(const void *)(damage->payload + 16), count);
    return hostile_open_and_run(image, size) == (nf_status)expected;
}

int main(void)
{
    size_t size;
    const uint8_t *bytes = test_blob(&size);
    const uint8_t *base = NULL;
    uint32_t base_bytes = 0;
    corpus images;
    test_case test;
    int32_t number = 0;

    TEST_CHECK(corpus_open(&images, bytes, size));
    /* After the first failure the rest says no more. */
    for (bool good = true; good && corpus_next(&images, &test); number++) {
        if (test.kind == CASE_IMAGE) {
            base = test.payload;
            base_bytes = test.bytes;
        } else {
            good = TEST_CHECK(base != NULL && has_expected_status(base, base_bytes, &test));
        }
    }
    TEST_CHECK(number > 5000 && images.remaining == 0);
    test_report_number("records", number);
    return test_report_result();
}
