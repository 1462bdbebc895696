#include "glue_test.h"

static void run()
{
    static int8_t output[32768];
    const int32_t handle = OpenLinked(0);
    TEST_CHECK(Call(NativeTransformer::Run___STATIC__I4__I4__SystemArray__SZARRAY_I1)
                   .Int(handle)
                   .Array(device_windowed.window, device_windowed.values)
                   .Array(output, device_windowed.outputs)
                   .Get() == 0);
    Close(handle);
}

void test_marker()
{
    CLR_RT_MethodHandler attach = NativeMarker::Attach___STATIC__VOID__I4;

    run();
    TEST_CHECK(device.rises == 0);
    TEST_CHECK(Call(attach).Int(3).Run() == S_OK && device.open_pin == 3);
    const int32_t falls = device.falls;
    run();
    run();
    TEST_CHECK(device.rises == 2 && device.falls == falls + 2);
    TEST_CHECK(Call(attach).Int(5).Run() == S_OK && device.open_pin == 5 && device.closes == 1);
    TEST_CHECK(Call(NativeMarker::Detach___STATIC__VOID).Run() == S_OK && device.open_pin == -1);
    run();
    TEST_CHECK(device.rises == 2);

    TEST_CHECK(Call(attach).Int(DEVICE_PINS).Run() == CLR_E_INVALID_PARAMETER && device.open_pin == -1);
    TEST_CHECK(Call(attach).Int(-1).Run() == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(Call(NativeMarker::Detach___STATIC__VOID).Run() == S_OK);
}
