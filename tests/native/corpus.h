/* Reads a case file (tests/corpus/README.md): records of a kind and a payload, 16-byte aligned. */
#ifndef NANOFORMER_TESTS_CORPUS_H
#define NANOFORMER_TESTS_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a record holds (tests/corpus/README.md): number and names. The expected outputs of kernels come from CMSIS-NN or from the C#
 * reference. tests/corpus reads this list. */
#define CASES(CMSIS_NN, REFERENCE, OTHER)                                                                              \
    OTHER(1, GRAPH, graph)                                                                                             \
    CMSIS_NN(2, LINEAR, linear)                                                                                        \
    CMSIS_NN(3, CONV1D, conv1d)                                                                                        \
    CMSIS_NN(4, MATMUL, matmul)                                                                                        \
    CMSIS_NN(5, SOFTMAX, softmax)                                                                                      \
    CMSIS_NN(6, ADD, add)                                                                                              \
    CMSIS_NN(7, DEPTHWISE_CONV1D, depthwise_conv1d)                                                                    \
    REFERENCE(8, QUANTIZE, quantize)                                                                                   \
    REFERENCE(9, ATTENTION, attention)                                                                                 \
    REFERENCE(10, LINEAR_ATTENTION, linear_attention)                                                                  \
    REFERENCE(11, MEAN, mean)                                                                                          \
    REFERENCE(12, LOOKUP, lookup)                                                                                      \
    REFERENCE(13, LAYER_NORM, layer_norm)                                                                              \
    REFERENCE(14, WEIGHTED_MEAN, weighted_mean)                                                                        \
    REFERENCE(15, RESCALE, rescale)                                                                                    \
    REFERENCE(16, DISTANCE, distance)                                                                                  \
    OTHER(32, STREAM, stream)                                                                                          \
    OTHER(33, IMAGE, image)                                                                                            \
    OTHER(34, DAMAGE, damage)                                                                                          \
    OTHER(35, TRANSCRIPT, transcript)

#define CASE_NUMBER(number, NAME, name) CASE_##NAME = number,
enum { CASES(CASE_NUMBER, CASE_NUMBER, CASE_NUMBER) CASE_KINDS };

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
