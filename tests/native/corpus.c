#include "corpus.h"

#define HEADER_BYTES 16u

static uint32_t word(const uint8_t *at)
{
    return *(const uint32_t *)(const void *)at;
}

bool corpus_open(corpus *cases, const uint8_t *bytes, size_t size)
{
    if (bytes == NULL || size < HEADER_BYTES || !same_bytes(bytes, "NFC1", 4)) {
        return false;
    }
    cases->bytes = bytes;
    cases->size = size;
    cases->next = HEADER_BYTES;
    cases->remaining = word(bytes + 4);
    return true;
}

bool corpus_next(corpus *cases, test_case *test)
{
    if (cases->remaining == 0 || cases->size - cases->next < HEADER_BYTES) {
        return false;
    }
    const uint8_t *record = cases->bytes + cases->next;
    test->kind = word(record);
    test->bytes = word(record + 4);
    test->payload = record + HEADER_BYTES;
    if (test->bytes > cases->size - cases->next - HEADER_BYTES) {
        return false;
    }
    cases->next += HEADER_BYTES + test->bytes;
    cases->remaining--;
    return true;
}

const void *cursor_take(cursor *arrays, size_t bytes)
{
    const void *taken = arrays->next;
    arrays->next += (bytes + 15u) & ~(size_t)15u;
    return taken;
}

bool same_bytes(const void *a, const void *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (((const uint8_t *)a)[i] != ((const uint8_t *)b)[i]) {
            return false;
        }
    }
    return true;
}
