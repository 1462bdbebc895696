#include "glue_test.h"

#include "nanoformer/engine.h"

static int8_t output[32768];

static Call RunCall(int32_t handle, const int16_t *window, size_t values, size_t outputs)
{
    return Call(NativeTransformer::Run___STATIC__I4__I4__SystemArray__SZARRAY_I1)
        .Int(handle)
        .Array(window, values)
        .Array(output, outputs);
}

static Call ContinueCall(int32_t handle, const int16_t *window, int32_t operators, size_t outputs)
{
    return Call(NativeTransformer::Continue___STATIC__I4__I4__SystemArray__I4__SZARRAY_I1)
        .Int(handle)
        .Array(window, device_windowed.values)
        .Int(operators)
        .Array(output, outputs);
}

static void whole_windows()
{
    const device_graph &graph = device_windowed;
    const int32_t handle = OpenLinked(0);
    int64_t numbers[STATISTICS_COUNT];

    TEST_CHECK(RunCall(handle, graph.window, graph.values, graph.outputs).Get() == 0);
    TEST_CHECK(same_bytes(output, graph.expected, graph.outputs));
    TEST_CHECK(RunCall(handle, NULL, 0, graph.outputs).Run() == CLR_E_ARGUMENT_NULL);
    TEST_CHECK(RunCall(handle, graph.window, graph.values - 1, graph.outputs).Run() == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(RunCall(handle, graph.window, graph.values, graph.outputs + 1).Run() == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(Call(NativeTransformer::Run___STATIC__I4__I4__SystemArray__SZARRAY_I1)
                   .Int(handle)
                   .Array((const int8_t *)graph.window, graph.values)
                   .Array(output, graph.outputs)
                   .Run() == CLR_E_INVALID_PARAMETER);

    GetStatistics(handle, numbers);
    TEST_CHECK(numbers[STATISTICS_RUNS] == 1 && numbers[STATISTICS_STEPS] == 0 && numbers[STATISTICS_ERRORS] == 3);
    TEST_CHECK(numbers[STATISTICS_LAST] == 5 && numbers[STATISTICS_MAXIMUM] == 5 && numbers[STATISTICS_TOTAL] == 5);
    Close(handle);
    TEST_CHECK(RunCall(handle, graph.window, graph.values, graph.outputs).Run() == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(
        Call(NativeTransformer::GetStatistics___STATIC__VOID__I4__SZARRAY_I8).Int(handle).Array(numbers, 6).Run() ==
        CLR_E_OBJECT_DISPOSED);
}

/* The garbage collector may move the window between two slices. */
static void slices()
{
    const device_graph &graph = device_windowed;
    const int32_t handle = OpenLinked(0);
    static int16_t moved[2][32768];
    int64_t numbers[STATISTICS_COUNT];
    int32_t remaining = 1, slice = 0;

    memcpy(moved[1], graph.window, graph.values * sizeof moved[1][0]);

    TEST_CHECK(ContinueCall(handle, graph.window, 1, graph.outputs).Run() == CLR_E_INVALID_OPERATION);
    TEST_CHECK(
        Call(NativeTransformer::Begin___STATIC__I4__I4__SystemArray).Int(handle).Array(moved[1], graph.values).Get() ==
        0);
    memset(moved[1], 0x55, graph.values * sizeof moved[1][0]);
    TEST_CHECK(ContinueCall(handle, NULL, 1, graph.outputs).Run() == CLR_E_INVALID_OPERATION);
    TEST_CHECK(ContinueCall(handle, graph.window, 0, graph.outputs).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(ContinueCall(handle, graph.window, 1, graph.outputs - 1).Run() == CLR_E_INVALID_PARAMETER);
    output[0] = (int8_t)~graph.expected[0];
    while (remaining > 0) {
        int16_t *window = moved[slice++ % 2];
        memcpy(window, graph.window, graph.values * sizeof *window);
        const int32_t before = remaining;
        remaining = ContinueCall(handle, window, 1, graph.outputs).Get();
        memset(window, 0x55, graph.values * sizeof *window);
        if (!TEST_CHECK(remaining >= 0 && (slice == 1 || remaining < before))) {
            return;
        }
    }
    TEST_CHECK(slice > 1 && same_bytes(output, graph.expected, graph.outputs));
    GetStatistics(handle, numbers);
    TEST_CHECK(numbers[STATISTICS_RUNS] == 1 && numbers[STATISTICS_LAST] == 5 * (slice + 1));
    Close(handle);
}

static void self_test()
{
    const int32_t handle = OpenLinked(0);
    int64_t numbers[STATISTICS_COUNT];

    TEST_CHECK(Call(NativeTransformer::SelfTest___STATIC__I4__I4).Int(handle).Get() == NF_OK);
    GetStatistics(handle, numbers);
    TEST_CHECK(numbers[STATISTICS_RUNS] == 0 && numbers[STATISTICS_TOTAL] == 0);
    Close(handle);
    TEST_CHECK(Call(NativeTransformer::SelfTest___STATIC__I4__I4).Int(handle).Run() == CLR_E_OBJECT_DISPOSED);
}

/* Two transformers share the arena: what one remembers between two slices survives a run of the other. */
static void two_at_a_time()
{
    const device_graph &graph = device_windowed;
    const int32_t windowed = OpenLinked(0), streamed = OpenLinked(1);
    static int8_t other[32768];
    int32_t remaining = 1;

    TEST_CHECK(Call(NativeTransformer::Begin___STATIC__I4__I4__SystemArray)
                   .Int(windowed)
                   .Array(graph.window, graph.values)
                   .Get() == 0);
    while (remaining > 0) {
        remaining = ContinueCall(windowed, graph.window, 1, graph.outputs).Get();
        if (!TEST_CHECK(remaining >= 0)) {
            return;
        }
        TEST_CHECK(Call(NativeTransformer::Run___STATIC__I4__I4__SystemArray__SZARRAY_I1)
                       .Int(streamed)
                       .Array(device_streamed.window, device_streamed.values)
                       .Array(other, device_streamed.outputs)
                       .Get() == 0);
        TEST_CHECK(same_bytes(other, device_streamed.expected, device_streamed.outputs));
    }
    TEST_CHECK(same_bytes(output, graph.expected, graph.outputs));
    Close(windowed);
    Close(streamed);
}

void test_inferences()
{
    whole_windows();
    slices();
    self_test();
    two_at_a_time();
}
