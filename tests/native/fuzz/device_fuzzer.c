/* Any bytes of a host: the device under test stays within its memory, and says m-ready once per command. */
#include "nanoformer/device_under_test.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_BYTES 12u
#define RESULTS 5u
#define MOST_RUNS 1000u

static nf_dut dut;
static jmp_buf patience;
static uint32_t runs, commands, ready;
static char line[9];

static void hear(void *context, const uint8_t *bytes, size_t count)
{
    (void)context;
    if (count == 0 || count > NF_DUT_TEXT_BYTES) {
        abort();
    }
    for (size_t i = 0; i < count; i++) {
        memmove(line, line + 1, sizeof line - 1);
        line[sizeof line - 1] = (char)bytes[i];
        ready += memcmp(line, "m-ready\r\n", sizeof line) == 0;
    }
}

static uint64_t microseconds(void *context)
{
    (void)context;
    return UINT64_MAX;
}

/* A host may ask for 2,147,483,647 inferences; the fuzzer has no time for them. */
static void run(void *context, const uint8_t *input, int8_t *results)
{
    (void)context;
    if (++runs > MOST_RUNS) {
        longjmp(patience, 1);
    }
    memcpy(results, input, RESULTS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const nf_dut_model model = {.id = "toy", .input_bytes = INPUT_BYTES, .results = RESULTS, .run = run};
    static const nf_dut_port port = {.vendor = "fuzzed", .write = hear, .microseconds = microseconds};
    static int8_t results[RESULTS];

    runs = commands = ready = 0;
    nf_dut_boot(&dut, &model, &port, results);
    for (size_t i = 0; i < size; i++) {
        commands += data[i] == '%';
    }
    if (setjmp(patience) != 0) {
        return 0;
    }
    nf_dut_take(&dut, data, size);
    /* A name or an unknown word may hold the text too. */
    if (ready < commands + 1u) {
        abort();
    }
    return 0;
}
