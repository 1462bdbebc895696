/* The device's side of MLPerf Tiny's serial protocol (mlcommons/tiny, benchmark/api; mlperf/README.md).
 *
 * C11, freestanding. No heap, no float, no recursion, no global state. firmware/Mlperf has the same protocol in managed code: the two
 * answer with the same bytes (tests/native/mlperf).
 *
 *   static nf_dut dut;                      // 27 kB: the input lies in it
 *   nf_dut_boot(&dut, &model, &port, results); // says that it is ready
 *   for (;;) { nf_dut_take(&dut, bytes, count); }
 */
#ifndef NANOFORMER_DEVICE_UNDER_TEST_H
#define NANOFORMER_DEVICE_UNDER_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NF_DUT_LARGEST_INPUT 27648u
#define NF_DUT_LONGEST_COMMAND 80u
#define NF_DUT_TEXT_BYTES 64u

/* What is benchmarked. */
typedef struct nf_dut_model {
    void *context;
    const char *id;
    uint32_t input_bytes; /* at most NF_DUT_LARGEST_INPUT */
    uint32_t results;     /* probability = (value + 128) / 256 */

    /* Runs `input`, which is 4-byte aligned, and writes int8 [results]. */
    void (*run)(void *context, const uint8_t *input, int8_t *results);
} nf_dut_model;

/* Where it is. */
typedef struct nf_dut_port {
    void *context;
    const char *vendor; /* the device's name */

    void (*write)(void *context, const uint8_t *bytes, size_t count);

    /* The device's time in microseconds. */
    uint64_t (*microseconds)(void *context);

    /* Energy mode: makes a falling edge of the marker, which stays low for at least 50 us; a time stamp is an edge and no text. Null in
     * performance and accuracy mode. */
    void (*edge)(void *context);
} nf_dut_port;

/* Callers use the functions, not the fields. */
typedef struct nf_dut {
    const nf_dut_model *model;
    const nf_dut_port *port;
    int8_t *results;
    uint32_t size, filled; /* of the input, in bytes */
    uint32_t length;       /* of the command */
    uint32_t word, word_end;
    uint32_t said; /* bytes of text that wait to be written */
    bool has_results;
    uint8_t command[NF_DUT_LONGEST_COMMAND];
    uint8_t text[NF_DUT_TEXT_BYTES];
    _Alignas(4) uint8_t input[NF_DUT_LARGEST_INPUT];
} nf_dut;

/* Begins, and says so. `results` has room for int8 [model->results]; all arguments must outlive `dut`. */
void nf_dut_boot(nf_dut *dut, const nf_dut_model *model, const nf_dut_port *port, int8_t *results);

/* Takes bytes of the host, of any kind and in any pieces, and answers every command that ends in them. */
void nf_dut_take(nf_dut *dut, const uint8_t *bytes, size_t count);

#ifdef __cplusplus
}
#endif

#endif
