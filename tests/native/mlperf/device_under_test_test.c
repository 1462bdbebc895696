/* Everything a host may say to a device under test, and what the managed device answers: the one in C answers with the same bytes. */
#include "nanoformer/device_under_test.h"

#include "../corpus.h"
#include "../test_port.h"

#define INPUT_BYTES 12u
#define RESULTS 5u
#define MICROSECONDS_PER_RUN 1234u
#define EDGE 1u

/* What the device says is compared with what it should. */
typedef struct transcript {
    const uint8_t *expected;
    size_t bytes, next;
    bool is_equal;
} transcript;

static nf_dut dut;
static transcript said;
static uint64_t now;

static void hear(void *context, const uint8_t *bytes, size_t count)
{
    (void)context;
    for (size_t i = 0; i < count; i++, said.next++) {
        said.is_equal = said.is_equal && said.next < said.bytes && said.expected[said.next] == bytes[i];
    }
}

static void hear_edge(void *context)
{
    const uint8_t edge = EDGE;
    hear(context, &edge, 1);
}

static uint64_t microseconds(void *context)
{
    (void)context;
    return now;
}

/* As in tests/corpus/DeviceCorpus.cs. */
static void run(void *context, const uint8_t *input, int8_t *results)
{
    (void)context;
    now += MICROSECONDS_PER_RUN;
    for (uint32_t i = 0; i < RESULTS; i++) {
        results[i] = (int8_t)(input[i] + 3 * input[i + 1u] + (int32_t)i - 128);
    }
}

static bool answers_as_expected(const test_case *test)
{
    static const nf_dut_model model = {.id = "toy", .input_bytes = INPUT_BYTES, .results = RESULTS, .run = run};
    cursor arrays = {test->payload};
    const uint32_t *sizes = cursor_take(&arrays, 16);
    const uint8_t *commands = cursor_take(&arrays, sizes[1]);
    const nf_dut_port port = {
        .vendor = "NanoFormer", .write = hear, .microseconds = microseconds, .edge = sizes[0] != 0 ? hear_edge : NULL};
    int8_t results[RESULTS];

    said = (transcript){.expected = cursor_take(&arrays, sizes[2]), .bytes = sizes[2], .is_equal = true};
    now = 0;
    nf_dut_boot(&dut, &model, &port, results);
    /* In pieces of any size. */
    for (uint32_t at = 0, piece = 1; at < sizes[1]; at += piece, piece = piece % 97u + 1u) {
        piece = piece < sizes[1] - at ? piece : sizes[1] - at;
        nf_dut_take(&dut, commands + at, piece);
    }
    return said.is_equal && said.next == said.bytes;
}

int main(void)
{
    size_t size;
    const uint8_t *bytes = test_blob(&size);
    corpus transcripts;
    test_case test;
    int32_t number = 0;

    TEST_CHECK(corpus_open(&transcripts, bytes, size));
    for (; corpus_next(&transcripts, &test); number++) {
        if (!TEST_CHECK(test.kind == CASE_TRANSCRIPT && answers_as_expected(&test))) {
            test_report_number("transcript", number);
            test_report_number("byte", (int32_t)said.next);
        }
    }
    TEST_CHECK(number == 200);
    test_report_number("transcripts", number);
    return test_report_result();
}
