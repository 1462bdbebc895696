#include "glue_test.h"

#include "nanoformer/engine.h"

static Call OpenCall(const char *assembly, const char *file, int32_t id)
{
    return Call(NativeTransformer::OpenResource___STATIC__I4__STRING__STRING__I2).Text(assembly).Text(file).Int(id);
}

void test_resources()
{
    alignas(16) static uint8_t data[32768];
    const uint32_t bytes = device_windowed.image_bytes;
    CLR_RT_Assembly &assembly = g_CLR_RT_TypeSystem.test_assembly;

    memcpy(data + 16, device_windowed.image, bytes);
    assembly.test_name = "Models";
    assembly.test_file = "Models.Resources.nanoresources";
    assembly.test_resources[0] = {-7, CLR_RECORD_RESOURCE::RESOURCE_Binary, 0, 16};
    assembly.test_resources[1] = {9, CLR_RECORD_RESOURCE::RESOURCE_String, 0, 0};
    assembly.test_sizes[0] = bytes;
    assembly.test_sizes[1] = 16;
    assembly.test_data = data;

    const int32_t handle = OpenCall("Models", assembly.test_file, -7).Get();
    TEST_CHECK(handle > 0);
    TEST_CHECK(Call(NativeTransformer::SelfTest___STATIC__I4__I4).Int(handle).Get() == NF_OK);
    Close(handle);

    TEST_CHECK(OpenCall(NULL, assembly.test_file, -7).Run() == CLR_E_ARGUMENT_NULL);
    TEST_CHECK(OpenCall("Models", NULL, -7).Run() == CLR_E_ARGUMENT_NULL);
    TEST_CHECK(OpenCall("Model", assembly.test_file, -7).Run() == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenCall("Models", "Models.nanoresources", -7).Run() == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenCall("Models", assembly.test_file, 7).Run() == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(OpenCall("Models", assembly.test_file, 9).Run() == CLR_E_INVALID_PARAMETER);

    data[16 + bytes - 1] ^= 1;
    TEST_CHECK(OpenCall("Models", assembly.test_file, -7).Get() == NF_ERROR_BAD_CHECKSUM);
    assembly.test_resources[0].offset = 14;
    TEST_CHECK(OpenCall("Models", assembly.test_file, -7).Get() == NF_ERROR_MISALIGNED);
}
