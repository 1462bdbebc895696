/* Every kernel against what CMSIS-NN computed for the same bytes (tests/data/int8-operators.jsonl.gz). */
#include "corpus.h"
#include "nanoformer/kernels.h"
#include "test_port.h"

#define MAX_OUTPUT 65536

static int8_t output[MAX_OUTPUT];
static _Alignas(16) uint8_t working_memory[4096];
static const nf_scratch scratch = {.bytes = working_memory, .size = sizeof working_memory};
static const nf_kernels *kernels;

static nf_channel_constants take_constants(cursor *arrays, int32_t channels)
{
    const int32_t *bias = cursor_take(arrays, 3 * sizeof(int32_t) * (size_t)channels);
    return (nf_channel_constants){.bias = bias, .multiplier = bias + channels, .shift = bias + 2 * channels};
}

static bool agrees(cursor *arrays, int32_t count)
{
    return same_bytes(output, cursor_take(arrays, (size_t)count), (size_t)count);
}

static bool linear_case(const int32_t *p, cursor *arrays)
{
    const nf_linear_params params = {
        .tokens = p[0],
        .inputs = p[1],
        .outputs = p[2],
        .input_stride = p[1],
        .token_stride = p[2],
        .output_stride = 1,
        .output_zero_point = p[4],
        .low = p[5],
        .high = p[6],
    };
    const int8_t *x = cursor_take(arrays, (size_t)(p[0] * p[1]));
    const int8_t *weights = cursor_take(arrays, (size_t)(p[2] * p[1]));
    const nf_channel_constants constants = take_constants(arrays, p[2]);
    kernels->linear_s8(&params, &constants, x, weights, output, scratch);
    return agrees(arrays, p[0] * p[2]);
}

static bool conv1d_case(const int32_t *p, cursor *arrays)
{
    const nf_conv1d_params params = {
        .samples = p[0],
        .channels = p[1],
        .outputs = p[2],
        .kernel = p[3],
        .stride = p[4],
        .pad_left = p[5],
        .output_samples = p[6],
        .input_zero_point = p[7],
        .output_zero_point = p[8],
        .low = p[9],
        .high = p[10],
    };
    const int8_t *x = cursor_take(arrays, (size_t)(p[0] * p[1]));
    const int8_t *weights = cursor_take(arrays, (size_t)(p[2] * p[3] * p[1]));
    const nf_channel_constants constants = take_constants(arrays, p[2]);
    kernels->conv1d_s8(&params, &constants, x, weights, output, scratch);
    return agrees(arrays, p[6] * p[2]);
}

static bool depthwise_conv1d_case(const int32_t *p, cursor *arrays)
{
    const nf_conv1d_params params = {
        .samples = p[0],
        .channels = p[1],
        .outputs = p[1],
        .kernel = p[2],
        .stride = p[3],
        .pad_left = p[4],
        .output_samples = p[5],
        .input_zero_point = p[6],
        .output_zero_point = p[7],
        .low = p[8],
        .high = p[9],
    };
    const int8_t *x = cursor_take(arrays, (size_t)(p[0] * p[1]));
    const int8_t *weights = cursor_take(arrays, (size_t)(p[2] * p[1]));
    const nf_channel_constants constants = take_constants(arrays, p[1]);
    kernels->depthwise_conv1d_s8(&params, &constants, x, weights, output, scratch);
    return agrees(arrays, p[5] * p[1]);
}

static bool matmul_case(const int32_t *p, cursor *arrays)
{
    const nf_matmul_params params = {
        .rows = p[0],
        .inner = p[1],
        .columns = p[2],
        .a_stride = p[1],
        .b_stride = p[1],
        .y_stride = p[2],
        .a_zero_point = p[3],
        .b_zero_point = p[4],
        .output_zero_point = p[5],
        .multiplier = p[6],
        .shift = p[7],
    };
    const int8_t *a = cursor_take(arrays, (size_t)(p[0] * p[1]));
    const int8_t *b = cursor_take(arrays, (size_t)(p[2] * p[1]));
    kernels->matmul_s8(&params, a, b, output, scratch);
    return agrees(arrays, p[0] * p[2]);
}

static bool softmax_case(const int32_t *p, cursor *arrays)
{
    const int32_t *exponentials = cursor_take(arrays, 256 * sizeof(int32_t));
    const int8_t *x = cursor_take(arrays, (size_t)(p[0] * p[1]));
    const nf_softmax_params params = {
        .rows = p[0],
        .columns = p[1],
        .exponentials = exponentials,
        .multiplier = p[2],
        .shift = p[3],
    };
    kernels->softmax_s8(&params, x, output);
    return agrees(arrays, p[0] * p[1]);
}

static bool add_case(const int32_t *p, cursor *arrays)
{
    const nf_add_params params = {
        .count = p[0],
        .zero_point_1 = p[1],
        .multiplier_1 = p[2],
        .shift_1 = p[3],
        .zero_point_2 = p[4],
        .multiplier_2 = p[5],
        .shift_2 = p[6],
        .zero_point = p[7],
        .multiplier = p[8],
        .shift = p[9],
        .low = p[10],
        .high = p[11],
    };
    const int8_t *x1 = cursor_take(arrays, (size_t)p[0]);
    const int8_t *x2 = cursor_take(arrays, (size_t)p[0]);
    kernels->add_s8(&params, x1, x2, output);
    return agrees(arrays, p[0]);
}

typedef struct kernel_case {
    const char *name;
    bool (*run)(const int32_t *p, cursor *arrays);
} kernel_case;

#define CASE_ENTRY(number, NAME, name) [number] = {#name, name##_case},
#define NO_ENTRY(number, NAME, name)
static const kernel_case kernel_cases[CASE_KINDS] = {CASES(CASE_ENTRY, NO_ENTRY, NO_ENTRY)};

static void run_cases(const uint8_t *bytes, size_t size, int32_t counts[CASE_KINDS])
{
    corpus cases;
    test_case test;

    if (!TEST_CHECK(corpus_open(&cases, bytes, size))) {
        return;
    }
    while (corpus_next(&cases, &test)) {
        if (TEST_CHECK(test.kind < CASE_KINDS && kernel_cases[test.kind].run != NULL)) {
            cursor arrays = {test.payload + 16 * sizeof(int32_t)};
            TEST_CHECK(kernel_cases[test.kind].run((const int32_t *)(const void *)test.payload, &arrays));
            counts[test.kind]++;
        }
    }
    TEST_CHECK(cases.remaining == 0);
}

int main(void)
{
    size_t size;
    const uint8_t *bytes = test_blob(&size);
    int32_t counts[CASE_KINDS] = {0};

    for (uint32_t backend = 0; nf_kernels_built[backend] != NULL; backend++) {
        kernels = nf_kernels_built[backend];
        run_cases(bytes, size, counts);
    }
    for (int32_t kind = 0; kind < CASE_KINDS; kind++) {
        if (kernel_cases[kind].run != NULL) {
            TEST_CHECK(counts[kind] > 0);
            test_report_number(kernel_cases[kind].name, counts[kind]);
        }
    }
    return test_report_result();
}
