/* The kernels that CMSIS-NN has no counterpart of, against what the C# reference computed for the same bytes. */
#include "corpus.h"
#include "nanoformer/kernels.h"
#include "test_port.h"

#define MAX_OUTPUT 65536
#define MAX_STATE 4096

static int8_t output[MAX_OUTPUT];
static int32_t state[MAX_STATE];
static _Alignas(16) uint8_t working_memory[4096];
static const nf_kernels *kernels;

static nf_channel_constants take_constants(cursor *arrays, int32_t channels)
{
    const int32_t *bias = cursor_take(arrays, 3 * sizeof(int32_t) * (size_t)channels);
    return (nf_channel_constants){.bias = bias, .multiplier = bias + channels, .shift = bias + 2 * channels};
}

static const int8_t *take(cursor *arrays, int32_t count)
{
    return cursor_take(arrays, (size_t)count);
}

static bool agrees(cursor *arrays, int32_t count)
{
    return same_bytes(output, cursor_take(arrays, (size_t)count), (size_t)count);
}

static bool quantize_case(const int32_t *p, cursor *arrays)
{
    const nf_quantize_params params = {
        .rows = p[0], .columns = p[1], .input_columns = p[2], .first = p[3], .step = p[4], .zero_point = p[5]};
    const int16_t *x = cursor_take(arrays, sizeof(int16_t) * (size_t)(p[6] * p[2]));
    const nf_channel_constants constants = take_constants(arrays, p[1]);
    kernels->quantize_s16(&params, &constants, x, output);
    return agrees(arrays, p[0] * p[1]);
}

/* With little scratch, and with plenty. */
static bool attention_case(const int32_t *p, cursor *arrays)
{
    const nf_attention_params params = {
        .queries = p[0],
        .keys = p[0],
        .head_columns = p[1],
        .key_stride = p[1],
        .value_stride = p[0],
        .output_stride = p[1],
        .before = p[2],
        .after = p[3],
        .query_zero_point = p[4],
        .key_zero_point = p[5],
        .value_zero_point = p[6],
        .score_multiplier = p[7],
        .score_shift = p[8],
        .score_zero_point = p[9],
        .context_multiplier = p[10],
        .context_shift = p[11],
        .output_zero_point = p[12],
        .softmax_multiplier = p[13],
        .softmax_shift = p[14],
        .exponentials = cursor_take(arrays, 256 * sizeof(int32_t)),
    };
    const int8_t *query = take(arrays, p[0] * p[1]);
    const int8_t *key = take(arrays, p[0] * p[1]);
    const int8_t *value = take(arrays, p[0] * p[1]);
    const int8_t *expected = take(arrays, p[0] * p[1]);
    const uint32_t least = ((uint32_t)p[0] + 15u) & ~15u;
    const uint32_t sizes[] = {least, sizeof working_memory};

    for (uint32_t i = 0; kernels->attention_s8 != NULL && i < 2; i++) {
        const nf_scratch scratch = {.bytes = working_memory, .size = sizes[i]};
        kernels->attention_s8(&params, query, key, value, output, scratch);
        if (!same_bytes(output, expected, (size_t)(p[0] * p[1]))) {
            return false;
        }
    }
    return true;
}

static bool linear_attention_case(const int32_t *p, cursor *arrays)
{
    const nf_linear_attention_params params = {
        .tokens = p[0],
        .head_columns = p[1],
        .output_stride = p[1],
        .query_zero_point = p[2],
        .key_zero_point = p[3],
        .value_zero_point = p[4],
        .multiplier = p[5],
        .shift = p[6],
        .output_zero_point = p[7],
        .causal = p[8],
        .decay = p[9],
    };
    const size_t sums = (size_t)(p[1] * (p[1] + 1));
    const int8_t *query = take(arrays, p[0] * p[1]);
    const int8_t *key = take(arrays, p[0] * p[1]);
    const int8_t *value = take(arrays, p[0] * p[1]);
    const int32_t *before = cursor_take(arrays, sums * sizeof(int32_t));

    if (sums > MAX_STATE) {
        return false;
    }
    for (size_t i = 0; i < sums; i++) {
        state[i] = before[i];
    }
    kernels->linear_attention_s8(&params, query, key, value, state, output);
    return agrees(arrays, p[0] * p[1]) &&
           same_bytes(state, cursor_take(arrays, sums * sizeof(int32_t)), sums * sizeof(int32_t));
}

static bool mean_case(const int32_t *p, cursor *arrays)
{
    const nf_mean_params params = {.rows = p[0],
                                   .columns = p[1],
                                   .input_zero_point = p[2],
                                   .output_zero_point = p[3],
                                   .multiplier = p[4],
                                   .shift = p[5]};
    kernels->mean_s8(&params, take(arrays, p[0] * p[1]), output);
    return agrees(arrays, p[1]);
}

static bool lookup_case(const int32_t *p, cursor *arrays)
{
    const int8_t *x = take(arrays, p[0]);
    const int8_t *table = take(arrays, 256);
    kernels->lookup_s8(p[0], table, x, output);
    return agrees(arrays, p[0]);
}

static bool layer_norm_case(const int32_t *p, cursor *arrays)
{
    const nf_layer_norm_params params = {
        .rows = p[0], .columns = p[1], .epsilon = (uint32_t)p[2], .output_zero_point = p[3], .low = p[4], .high = p[5]};
    const int8_t *x = take(arrays, p[0] * p[1]);
    const int8_t *gamma = take(arrays, p[1]);
    const nf_channel_constants constants = take_constants(arrays, p[1]);
    kernels->layer_norm_s8(&params, &constants, x, gamma, output);
    return agrees(arrays, p[0] * p[1]);
}

static bool weighted_mean_case(const int32_t *p, cursor *arrays)
{
    const nf_weighted_mean_params params = {.rows = p[0],
                                            .columns = p[1],
                                            .input_zero_point = p[2],
                                            .output_zero_point = p[3],
                                            .multiplier = p[4],
                                            .shift = p[5]};
    const int8_t *weights = take(arrays, p[0]);
    kernels->weighted_mean_s8(&params, weights, take(arrays, p[0] * p[1]), output);
    return agrees(arrays, p[1]);
}

static bool rescale_case(const int32_t *p, cursor *arrays)
{
    const nf_rescale_params params = {.rows = p[0],
                                      .columns = p[1],
                                      .output_stride = p[1],
                                      .input_zero_point = p[2],
                                      .output_zero_point = p[3],
                                      .multiplier = p[4],
                                      .shift = p[5]};
    kernels->rescale_s8(&params, take(arrays, p[0] * p[1]), output);
    return agrees(arrays, p[0] * p[1]);
}

static bool distance_case(const int32_t *p, cursor *arrays)
{
    const nf_distance_params params = {
        .rows = p[0],
        .columns = p[1],
        .outputs = p[2],
        .norm = p[3],
        .zero_point_1 = p[4],
        .multiplier_1 = p[5],
        .shift_1 = p[6],
        .zero_point_2 = p[7],
        .multiplier_2 = p[8],
        .shift_2 = p[9],
        .bits = p[10],
        .zero_point = p[11],
        .multiplier = p[12],
        .shift = p[13],
    };
    const int8_t *x1 = take(arrays, p[0] * p[1]);
    kernels->distance_s8(&params, x1, take(arrays, p[0] * p[1]), output);
    return agrees(arrays, p[2]);
}

typedef bool kernel_case(const int32_t *p, cursor *arrays);
#define CASE_ENTRY(number, NAME, name) [number] = name##_case,
#define NO_ENTRY(number, NAME, name)
static kernel_case *const kernel_cases[CASE_KINDS] = {CASES(NO_ENTRY, CASE_ENTRY, NO_ENTRY)};

static void run_cases(const uint8_t *bytes, size_t size)
{
    corpus cases;
    test_case test;
    int32_t counts[CASE_KINDS] = {0};
    int32_t count = 0;

    if (!TEST_CHECK(corpus_open(&cases, bytes, size))) {
        return;
    }
    while (corpus_next(&cases, &test)) {
        if (TEST_CHECK(test.kind < CASE_KINDS && kernel_cases[test.kind] != NULL)) {
            cursor arrays = {test.payload + 16 * sizeof(int32_t)};
            TEST_CHECK(kernel_cases[test.kind]((const int32_t *)(const void *)test.payload, &arrays));
            counts[test.kind]++;
            count++;
        }
    }
    TEST_CHECK(cases.remaining == 0);
    for (int32_t kind = 0; kind < CASE_KINDS; kind++) {
        TEST_CHECK(kernel_cases[kind] == NULL || counts[kind] > 0);
    }
    test_report_number(kernels->name, count);
}

int main(void)
{
    size_t size;
    const uint8_t *bytes = test_blob(&size);

    for (uint32_t backend = 0; nf_kernels_built[backend] != NULL; backend++) {
        kernels = nf_kernels_built[backend];
        run_cases(bytes, size);
    }
    return test_report_result();
}
