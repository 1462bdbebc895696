#include "glue_test.h"

#include "nanoformer/engine.h"

static int8_t output[32768], expected[32768];

static Call StepCall(int32_t handle, const int16_t *samples, size_t length, int32_t offset, int32_t count,
                     size_t outputs)
{
    return Call(NativeTransformer::Step___STATIC__I4__I4__SystemArray__I4__I4__SZARRAY_I1)
        .Int(handle)
        .Array(samples, length)
        .Int(offset)
        .Int(count)
        .Array(output, outputs);
}

static void mistakes(int32_t handle, uint32_t channels)
{
    const device_graph &graph = device_streamed;
    const int32_t values = (int32_t)graph.values;

    TEST_CHECK(StepCall(handle, NULL, 0, 0, 0, graph.outputs).Run() == CLR_E_ARGUMENT_NULL);
    TEST_CHECK(StepCall(handle, graph.window, graph.values, -1, 1, graph.outputs).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(StepCall(handle, graph.window, graph.values, 0, -1, graph.outputs).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(StepCall(handle, graph.window, graph.values, 1, values, graph.outputs).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(StepCall(handle, graph.window, graph.values, values + 1, 0, graph.outputs).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(StepCall(handle, graph.window, graph.values, 0, (int32_t)channels - 1, graph.outputs).Run() ==
               CLR_E_INVALID_PARAMETER);
    TEST_CHECK(StepCall(handle, graph.window, graph.values, 0, (int32_t)channels, graph.outputs + 1).Run() ==
               CLR_E_INVALID_PARAMETER);
}

static int32_t BeginStream(int32_t handle)
{
    return Call(NativeTransformer::BeginStream___STATIC__I4__I4).Int(handle).Get();
}

/* The window, sample by sample, against the engine itself. */
static int32_t sample_by_sample(int32_t handle, nf_session *session)
{
    const device_graph &graph = device_streamed;
    const int32_t channels = session->model->channel_count;
    int32_t steps = 0;

    for (int32_t offset = 0; offset < (int32_t)graph.values; offset += channels) {
        uint32_t engine_steps;
        nf_session_step(session, graph.window + offset, (size_t)channels, expected, graph.outputs, &engine_steps);
        const int32_t now = StepCall(handle, graph.window, graph.values, offset, channels, graph.outputs).Get();
        TEST_CHECK(now == (int32_t)engine_steps && same_bytes(output, expected, graph.outputs));
        steps += now;
    }
    return steps;
}

static void a_stream()
{
    static uint32_t arena[65536];
    const device_graph &graph = device_streamed;
    const int32_t values = (int32_t)graph.values;
    const int32_t handle = OpenLinked(1);
    int64_t numbers[STATISTICS_COUNT];
    nf_model model;
    nf_session session;

    nf_model_open(&model, nf_kernels_built[0], graph.image, graph.image_bytes);
    nf_session_open(&session, &model, arena, sizeof arena);
    nf_session_stream(&session);
    TEST_CHECK(StepCall(handle, graph.window, graph.values, 0, values, graph.outputs).Run() == CLR_E_INVALID_OPERATION);
    TEST_CHECK(BeginStream(handle) == 0);
    mistakes(handle, model.channel_count);
    const int32_t steps = sample_by_sample(handle, &session);
    GetStatistics(handle, numbers);
    TEST_CHECK(steps > 1 && numbers[STATISTICS_STEPS] == steps && numbers[STATISTICS_RUNS] == 0);
    TEST_CHECK(numbers[STATISTICS_ERRORS] == 3);
    TEST_CHECK(numbers[STATISTICS_TOTAL] == 5 * steps && numbers[STATISTICS_LAST] == 5);

    /* All at once: as many steps, in the time of one call. */
    TEST_CHECK(BeginStream(handle) == 0);
    TEST_CHECK(StepCall(handle, graph.window, graph.values, 0, values, graph.outputs).Get() == steps);
    TEST_CHECK(same_bytes(output, expected, graph.outputs));
    GetStatistics(handle, numbers);
    TEST_CHECK(numbers[STATISTICS_STEPS] == 2 * steps && numbers[STATISTICS_TOTAL] == 5 * steps + 5);
    TEST_CHECK(numbers[STATISTICS_LAST] == 5 / steps && numbers[STATISTICS_MAXIMUM] == 5);

    Close(handle);
    TEST_CHECK(StepCall(handle, graph.window, graph.values, 0, values, graph.outputs).Run() == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(Call(NativeTransformer::BeginStream___STATIC__I4__I4).Int(handle).Run() == CLR_E_OBJECT_DISPOSED);
}

static void a_model_that_does_not_stream()
{
    const int32_t handle = OpenLinked(0);
    TEST_CHECK(Call(NativeTransformer::BeginStream___STATIC__I4__I4).Int(handle).Run() == CLR_E_NOT_SUPPORTED);
    Close(handle);
}

void test_streams()
{
    a_stream();
    a_model_that_does_not_stream();
}
