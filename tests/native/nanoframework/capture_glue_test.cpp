#include "glue_test.h"

extern "C" {
#include "sensor.h"
}

enum { SETTINGS = 16, CHUNK = 7, TOTALS = 8, SAMPLE_BYTES = 6, HOP = 13, MILLISECOND = 10000 };

/* In the managed side's order: SPI, bus, address, pin, hertz, watermark, sample bytes, data register, FIFO bytes,
 * count, flush, value, burst, hop, shortest, longest. */
static const int32_t good[SETTINGS] = {0, 1, 0x68, 4, 400000, 0, 14, SENSOR_DATA, 0, 0, 0, 0, 1, 4, 950, 1050};
static const uint8_t words[] = {4, 5, 6, 0, 1, 2};

static HRESULT OpenWith(int index, int32_t value)
{
    int32_t settings[SETTINGS];
    memcpy(settings, good, sizeof settings);
    settings[index] = value;
    return Call(NativeCapture::Open___STATIC__VOID__SZARRAY_I4__SZARRAY_U1)
        .Array(settings, SETTINGS)
        .Array(words, 6)
        .Run();
}

static HRESULT Do(CLR_RT_MethodHandler method)
{
    return Call(method).Run();
}

static Call ReadCall(int16_t *samples, size_t length, int32_t offset, int32_t count, int64_t *chunk)
{
    return Call(NativeCapture::Read___STATIC__VOID__SZARRAY_I2__I4__I4__SZARRAY_I8)
        .Array(samples, length)
        .Int(offset)
        .Int(count)
        .Array(chunk, CHUNK);
}

static void closed()
{
    int16_t samples[6];
    int64_t numbers[TOTALS];

    TEST_CHECK(Do(NativeCapture::Close___STATIC__VOID) == S_OK);
    TEST_CHECK(Do(NativeCapture::Start___STATIC__VOID) == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(Do(NativeCapture::Stop___STATIC__VOID) == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(Call(NativeCapture::Wait___STATIC__I4__I4).Int(0).Run() == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(ReadCall(samples, 6, 0, 6, numbers).Run() == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(Call(NativeCapture::GetTotals___STATIC__VOID__SZARRAY_I8).Array(numbers, TOTALS).Run() ==
               CLR_E_OBJECT_DISPOSED);
}

static void settings()
{
    CLR_RT_MethodHandler open = NativeCapture::Open___STATIC__VOID__SZARRAY_I4__SZARRAY_U1;

    TEST_CHECK(Call(open).Array((const int32_t *)NULL, 0).Array(words, 6).Run() == CLR_E_ARGUMENT_NULL);
    TEST_CHECK(Call(open).Array(good, SETTINGS).Array((const uint8_t *)NULL, 0).Run() == CLR_E_ARGUMENT_NULL);
    TEST_CHECK(Call(open).Array(good, SETTINGS - 1).Array(words, 6).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(Call(open).Array(good, SETTINGS).Array(words, 13).Run() == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenWith(SAMPLE_BYTES, 13) == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenWith(SAMPLE_BYTES, 14 + 256) == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenWith(HOP, -1) == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenWith(HOP, 60000) == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenWith(2, 0x69) == CLR_E_INVALID_OPERATION);
    TEST_CHECK(OpenWith(0, 0) == S_OK);
    TEST_CHECK(OpenWith(0, 0) == CLR_E_INVALID_OPERATION);
}

/* The managed thread sleeps until a hop has gathered, or its time is over. */
static void waiting()
{
    Call wait(NativeCapture::Wait___STATIC__I4__I4);
    wait.Int(20);
    TEST_CHECK(wait.Run() == CLR_E_THREAD_WAITING);
    device_make_samples(3);
    TEST_CHECK(wait.Run() == CLR_E_THREAD_WAITING);
    device_make_samples(2);
    TEST_CHECK(wait.Run() == S_OK && wait.Result() == 5);

    Call late(NativeCapture::Wait___STATIC__I4__I4);
    late.Int(20);
    TEST_CHECK(late.Run() == CLR_E_THREAD_WAITING);
    g_CLR_RT_ExecutionEngine.test_now = 20 * MILLISECOND;
    TEST_CHECK(late.Run() == S_OK && late.Result() == 5);
    TEST_CHECK(Call(NativeCapture::Wait___STATIC__I4__I4).Int(0).Get() == 5);
    TEST_CHECK(Call(NativeCapture::Wait___STATIC__I4__I4).Int(-1).Run() == CLR_E_OUT_OF_RANGE);
}

/* Five samples wait, the first of them number 0; they are written behind the first two values. */
static void reading()
{
    int16_t samples[32] = {11, 12};
    int64_t chunk[CHUNK], totals[TOTALS];

    TEST_CHECK(ReadCall(NULL, 0, 0, 0, chunk).Run() == CLR_E_ARGUMENT_NULL);
    TEST_CHECK(ReadCall(samples, 32, 30, 6, chunk).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(ReadCall(samples, 32, 0, 5, chunk).Run() == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(ReadCall(samples, 32, 2, 30, chunk).Run() == S_OK);
    TEST_CHECK(chunk[0] == 0 && chunk[3] == 5 && chunk[4] == 0 && chunk[5] == 0 && chunk[6] == 0);
    TEST_CHECK(samples[0] == 11 && samples[1] == 12);
    for (uint32_t i = 0; i < 5; i++) {
        for (uint32_t channel = 0; channel < 6; channel++) {
            TEST_CHECK(samples[2 + i * 6 + channel] == (int16_t)sensor_word(i, words[channel]));
        }
    }
    TEST_CHECK(Call(NativeCapture::GetTotals___STATIC__VOID__SZARRAY_I8).Array(totals, TOTALS).Run() == S_OK);
    TEST_CHECK(totals[0] == 5 && totals[2] == 0 && totals[3] == 5 && totals[7] >= 1);
    TEST_CHECK(Call(NativeCapture::GetTotals___STATIC__VOID__SZARRAY_I8).Array(totals, TOTALS - 1).Run() ==
               CLR_E_OUT_OF_RANGE);
}

void test_capture()
{
    closed();
    settings();
    TEST_CHECK(Do(NativeCapture::Stop___STATIC__VOID) == CLR_E_INVALID_OPERATION);
    TEST_CHECK(Do(NativeCapture::Start___STATIC__VOID) == S_OK);
    TEST_CHECK(Do(NativeCapture::Start___STATIC__VOID) == CLR_E_INVALID_OPERATION);
    waiting();
    reading();
    TEST_CHECK(Do(NativeCapture::Stop___STATIC__VOID) == S_OK);
    closed();
}
