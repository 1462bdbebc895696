#include "glue_test.h"
#include "nanoformer/engine.h"
#include "nanoformer/path.h"

extern "C" {
#include "sensor.h"
}

enum { CHANNELS = 6, TOTALS = 9, MILLISECOND = 10000 };
enum { FACT_FRESH = 1, FACT_HELD = 2, FACT_LOST_MOST = 8, FACT_LOST_REASONS = 9 };

/* Data registers read at each edge, 1000 per second; windows of four samples, a new one every other sample. */
static const int32_t good[NF_NUMBER_COUNT] = {0, 1, 0x68, 4, 400000, 0,    14, 7, 0, SENSOR_DATA, 0,      0,
                                              0, 0, 1,    0, 950,    1050, -1, 4, 2, 1000000,     1000000};
static const int32_t words[CHANNELS] = {4, 5, 6, 0, 1, 2};
static int32_t channels[3 * CHANNELS];

static HRESULT OpenWith(int index, int32_t value)
{
    int32_t settings[NF_NUMBER_COUNT];
    memcpy(settings, good, sizeof settings);
    settings[index] = value;
    return Call(NativeCapture::Open___STATIC__VOID__SZARRAY_I4__SZARRAY_I4)
        .Array(settings, NF_NUMBER_COUNT)
        .Array(channels, 3 * CHANNELS)
        .Run();
}

static HRESULT Do(CLR_RT_MethodHandler method)
{
    return Call(method).Run();
}

static Call WaitCall(int32_t milliseconds, int64_t *facts)
{
    return Call(NativeCapture::Wait___STATIC__I4__I4__SZARRAY_I8).Int(milliseconds).Array(facts, NF_PATH_FACTS);
}

static Call CopyCall(int32_t from, int16_t *samples, size_t length, int32_t count)
{
    return Call(NativeCapture::CopyWindow___STATIC__VOID__I4__SZARRAY_I2__I4)
        .Int(from)
        .Array(samples, length)
        .Int(count);
}

static Call RunCall(int32_t handle, int8_t *output, size_t outputs)
{
    return Call(NativeTransformer::RunCapture___STATIC__I4__I4__SZARRAY_I1).Int(handle).Array(output, outputs);
}

static void closed()
{
    int16_t samples[CHANNELS];
    int64_t numbers[NF_PATH_FACTS];
    int32_t bias[3];

    TEST_CHECK(Do(NativeCapture::Close___STATIC__VOID) == S_OK);
    TEST_CHECK(Do(NativeCapture::Start___STATIC__VOID) == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(Do(NativeCapture::Stop___STATIC__VOID) == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(WaitCall(0, numbers).Run() == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(CopyCall(0, samples, CHANNELS, 1).Run() == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(Call(NativeCapture::GetBias___STATIC__VOID__SZARRAY_I4).Array(bias, 3).Run() == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(Call(NativeCapture::SetBias___STATIC__VOID__SZARRAY_I4).Array(bias, 3).Run() == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(Call(NativeCapture::GetTotals___STATIC__VOID__SZARRAY_I8).Array(numbers, TOTALS).Run() ==
               CLR_E_OBJECT_DISPOSED);
}

static void settings()
{
    CLR_RT_MethodHandler open = NativeCapture::Open___STATIC__VOID__SZARRAY_I4__SZARRAY_I4;

    TEST_CHECK(Call(open).Array((int32_t *)NULL, 0).Array(channels, 18).Run() == CLR_E_ARGUMENT_NULL);
    TEST_CHECK(Call(open).Array(good, NF_NUMBER_COUNT).Array((int32_t *)NULL, 0).Run() == CLR_E_ARGUMENT_NULL);
    TEST_CHECK(Call(open).Array(good, NF_NUMBER_COUNT - 1).Array(channels, 18).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(Call(open).Array(good, NF_NUMBER_COUNT).Array(channels, 17).Run() == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenWith(NF_NUMBER_SAMPLE_BYTES, 13) == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenWith(NF_NUMBER_SAMPLE_BYTES, 14 + 256) == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenWith(NF_NUMBER_VALUE_COUNT, 6) == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenWith(NF_NUMBER_HOP_SAMPLES, -1) == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenWith(NF_NUMBER_HOP_SAMPLES, 5) == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenWith(NF_NUMBER_WINDOW_SAMPLES, 700) == CLR_E_OUT_OF_MEMORY);
    TEST_CHECK(OpenWith(NF_NUMBER_ADDRESS, 0x69) == CLR_E_INVALID_OPERATION);
    TEST_CHECK(OpenWith(NF_NUMBER_IS_SPI, 0) == S_OK);
    TEST_CHECK(OpenWith(NF_NUMBER_IS_SPI, 0) == CLR_E_INVALID_OPERATION);
}

/* The managed thread sleeps until a window is full, or its time is over. */
static void waiting()
{
    int64_t facts[NF_PATH_FACTS];

    Call wait = WaitCall(20, facts);
    TEST_CHECK(wait.Run() == CLR_E_THREAD_WAITING);
    device_make_samples(3);
    TEST_CHECK(wait.Run() == CLR_E_THREAD_WAITING);
    device_make_samples(2);
    TEST_CHECK(wait.Run() == S_OK && wait.Result() == NF_PATH_WINDOW);
    TEST_CHECK(facts[FACT_FRESH] == 4 && facts[FACT_HELD] == 4);

    Call late = WaitCall(20, facts);
    TEST_CHECK(late.Run() == CLR_E_THREAD_WAITING);
    g_CLR_RT_ExecutionEngine.test_now = 20 * MILLISECOND;
    TEST_CHECK(late.Run() == S_OK && late.Result() == NF_PATH_NOTHING && facts[FACT_HELD] == 3);
    device_make_samples(1);
    TEST_CHECK(WaitCall(0, facts).Get() == NF_PATH_WINDOW && facts[FACT_FRESH] == 2);
    TEST_CHECK(WaitCall(-1, facts).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(Call(NativeCapture::Wait___STATIC__I4__I4__SZARRAY_I8).Int(0).Array(facts, NF_PATH_FACTS - 1).Run() ==
               CLR_E_OUT_OF_RANGE);
}

/* The window holds samples 2 to 5. */
static void copying()
{
    int16_t samples[4 * CHANNELS];
    int64_t totals[TOTALS];

    TEST_CHECK(CopyCall(0, NULL, 0, 4).Run() == CLR_E_ARGUMENT_NULL);
    TEST_CHECK(CopyCall(1, samples, 24, 4).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(CopyCall(-1, samples, 24, 2).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(CopyCall(0, samples, 23, 4).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(CopyCall(1, samples, 18, 3).Run() == S_OK);
    for (uint32_t i = 0; i < 3; i++) {
        for (uint32_t channel = 0; channel < CHANNELS; channel++) {
            TEST_CHECK(samples[i * CHANNELS + channel] == (int16_t)sensor_word(3 + i, (uint32_t)words[channel]));
        }
    }
    TEST_CHECK(Call(NativeCapture::GetTotals___STATIC__VOID__SZARRAY_I8).Array(totals, TOTALS).Run() == S_OK);
    TEST_CHECK(totals[0] == 6 && totals[2] == 0 && totals[3] == 6 && totals[7] >= 1 && totals[8] == 0);
    TEST_CHECK(Call(NativeCapture::GetTotals___STATIC__VOID__SZARRAY_I8).Array(totals, TOTALS - 1).Run() ==
               CLR_E_OUT_OF_RANGE);
}

static void the_bias_is_kept()
{
    int32_t known[3] = {-70, 0, 32767}, bias[3];

    TEST_CHECK(Call(NativeCapture::SetBias___STATIC__VOID__SZARRAY_I4).Array(known, 3).Run() == S_OK);
    TEST_CHECK(Call(NativeCapture::GetBias___STATIC__VOID__SZARRAY_I4).Array(bias, 3).Run() == S_OK);
    TEST_CHECK(memcmp(known, bias, sizeof bias) == 0);
    TEST_CHECK(Call(NativeCapture::GetBias___STATIC__VOID__SZARRAY_I4).Array(bias, 2).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(Call(NativeCapture::SetBias___STATIC__VOID__SZARRAY_I4).Array(bias, 2).Run() == CLR_E_OUT_OF_RANGE);
}

/* The stop loses nothing here, so the window goes on being there until the next wait. */
static void a_window_is_run_where_it_lies()
{
    static int8_t output[32768], expected[32768];
    int64_t facts[NF_PATH_FACTS];
    int16_t samples[32768];
    const int32_t handle = OpenLinked(0);
    nf_model model;
    int32_t settings[NF_NUMBER_COUNT];

    TEST_CHECK(RunCall(handle, output, device_windowed.outputs).Run() == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(Do(NativeCapture::Close___STATIC__VOID) == S_OK);
    TEST_CHECK(RunCall(handle, output, device_windowed.outputs).Run() == CLR_E_INVALID_OPERATION);

    TEST_CHECK(nf_model_open(&model, nf_kernels_built[0], device_windowed.image, device_windowed.image_bytes) == NF_OK);
    memcpy(settings, good, sizeof settings);
    settings[NF_NUMBER_WINDOW_SAMPLES] = (int32_t)model.window_samples;
    settings[NF_NUMBER_HOP_SAMPLES] = 1;
    TEST_CHECK(Call(NativeCapture::Open___STATIC__VOID__SZARRAY_I4__SZARRAY_I4)
                   .Array(settings, NF_NUMBER_COUNT)
                   .Array(channels, 3 * model.channel_count)
                   .Run() == S_OK);
    TEST_CHECK(Do(NativeCapture::Start___STATIC__VOID) == S_OK);
    for (uint32_t i = 0; i < model.window_samples; i++) {
        TEST_CHECK(RunCall(handle, output, device_windowed.outputs).Run() == CLR_E_INVALID_OPERATION);
        TEST_CHECK(WaitCall(0, facts).Get() == NF_PATH_NOTHING);
        device_make_samples(1);
    }
    TEST_CHECK(WaitCall(0, facts).Get() == NF_PATH_WINDOW);
    TEST_CHECK(CopyCall(0, samples, device_windowed.values, (int32_t)model.window_samples).Run() == S_OK);
    TEST_CHECK(RunCall(handle, output, device_windowed.outputs).Get() == NF_OK);
    TEST_CHECK(Call(NativeTransformer::Run___STATIC__I4__I4__SystemArray__SZARRAY_I1)
                   .Int(handle)
                   .Array(samples, device_windowed.values)
                   .Array(expected, device_windowed.outputs)
                   .Get() == NF_OK);
    TEST_CHECK(memcmp(output, expected, device_windowed.outputs) == 0);
    TEST_CHECK(RunCall(handle, output, device_windowed.outputs - 1).Run() == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(RunCall(handle, NULL, 0).Run() == CLR_E_ARGUMENT_NULL);
    Close(handle);
    TEST_CHECK(RunCall(handle, output, device_windowed.outputs).Run() == CLR_E_OBJECT_DISPOSED);
}

void test_capture()
{
    for (int i = 0; i < CHANNELS; i++) {
        channels[3 * i] = words[i];
        channels[3 * i + 1] = 65536;
    }
    closed();
    settings();
    TEST_CHECK(Do(NativeCapture::Stop___STATIC__VOID) == CLR_E_INVALID_OPERATION);
    TEST_CHECK(Do(NativeCapture::Start___STATIC__VOID) == S_OK);
    TEST_CHECK(Do(NativeCapture::Start___STATIC__VOID) == CLR_E_INVALID_OPERATION);
    waiting();
    copying();
    the_bias_is_kept();
    a_window_is_run_where_it_lies();
    TEST_CHECK(Do(NativeCapture::Stop___STATIC__VOID) == S_OK);
    closed();
}
