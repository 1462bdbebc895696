/* Reads a case file (tests/corpus/README.md): records of a kind and a payload, 16-byte aligned. */
#ifndef NANOFORMER_TESTS_CORPUS_H
#define NANOFORMER_TESTS_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CASE_GRAPH = 1,
    CASE_LINEAR,
    CASE_CONV1D,
    CASE_MATMUL,
    CASE_SOFTMAX,
    CASE_ADD,
    CASE_DEPTHWISE_CONV1D,
    CASE_KINDS,
    CASE_QUANTIZE = CASE_KINDS,
    CASE_ATTENTION,
    CASE_LINEAR_ATTENTION,
    CASE_MEAN,
    CASE_LOOKUP,
    CASE_LAYER_NORM,
    CASE_WEIGHTED_MEAN,
    CASE_RESCALE,
    CASE_DISTANCE,
    CASE_ALL_KINDS,
    CASE_STREAM = 32,
    CASE_IMAGE,
    CASE_DAMAGE
};

typedef struct corpus {
    const uint8_t *bytes;
    size_t size, next;
    uint32_t remaining;
} corpus;

typedef struct test_case {
    uint32_t kind, bytes;
    const uint8_t *payload;
} test_case;

/* The arrays of a payload, one after the other, each padded to 16 bytes. */
typedef struct cursor {
    const uint8_t *next;
} cursor;

bool corpus_open(corpus *cases, const uint8_t *bytes, size_t size);
bool corpus_next(corpus *cases, test_case *test);
const void *cursor_take(cursor *arrays, size_t bytes);
bool same_bytes(const void *a, const void *b, size_t count);

#endif
