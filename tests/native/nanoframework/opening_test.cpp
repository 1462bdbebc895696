#include "glue_test.h"

#include "nanoformer/engine.h"

enum {
    NUMBERS = 19,
    IMAGE_BYTES = 1,
    CHANNELS = 6,
    OUTPUTS = 7,
    STEP_SAMPLES = 13,
    ALARM_THRESHOLD = 16,
    POSTURES = 17
};

static HRESULT Open(CLR_RT_MethodHandler method, int64_t where)
{
    return Call(method).Int(where).Run();
}

static void linked_images()
{
    const int32_t handle = OpenLinked(0);
    TEST_CHECK(handle > 0);
    Close(handle);
    TEST_CHECK(Open(NativeTransformer::OpenLinked___STATIC__I4__I4, 2) == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(Open(NativeTransformer::OpenLinked___STATIC__I4__I4, -1) == CLR_E_OUT_OF_RANGE);
}

static void flash()
{
    CLR_RT_MethodHandler address = NativeTransformer::OpenAddress___STATIC__I4__U4;
    CLR_RT_MethodHandler partition = NativeTransformer::OpenPartition___STATIC__I4__STRING;

    const int32_t at_address = Call(address).Int(DEVICE_ADDRESS).Get();
    TEST_CHECK(at_address > 0 && device.mapped == 1);
    const int32_t in_partition = Call(partition).Text("model").Get();
    TEST_CHECK(in_partition > 0 && in_partition != at_address && device.mapped == 2);
    Close(at_address);
    Close(in_partition);
    TEST_CHECK(device.mapped == 0);

    TEST_CHECK(Open(address, 4) == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(Call(address).Int(DEVICE_ADDRESS + 16).Get() == NF_ERROR_BAD_MAGIC && device.mapped == 0);
    TEST_CHECK(Call(partition).Text(NULL).Run() == CLR_E_ARGUMENT_NULL);
    TEST_CHECK(Call(partition).Text("spare").Run() == CLR_E_INVALID_PARAMETER);
    TEST_CHECK(Call(partition).Text("none").Run() == CLR_E_NOT_SUPPORTED);
}

/* Two places; a third transformer finds none, and one that was closed stays closed when its place is taken again. */
static void places()
{
    CLR_RT_MethodHandler method = NativeTransformer::OpenLinked___STATIC__I4__I4;
    const int32_t first = OpenLinked(0), second = OpenLinked(1);
    int32_t numbers[NUMBERS];

    TEST_CHECK(Open(method, 0) == CLR_E_INVALID_OPERATION);
    TEST_CHECK(Open(NativeTransformer::OpenAddress___STATIC__I4__U4, DEVICE_ADDRESS) == CLR_E_INVALID_OPERATION);
    TEST_CHECK(device.mapped == 0);
    Close(first);
    const int32_t third = OpenLinked(0);
    TEST_CHECK(third > 0 && third != first && third != second);
    CLR_RT_MethodHandler get = NativeTransformer::GetNumbers___STATIC__VOID__I4__SZARRAY_I4;
    TEST_CHECK(Call(get).Int(first).Array(numbers, NUMBERS).Run() == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(Call(get).Int(third).Array(numbers, NUMBERS).Run() == S_OK);
    Close(first);
    TEST_CHECK(Call(get).Int(third).Array(numbers, NUMBERS).Run() == S_OK);

    TEST_CHECK(Call(NativeTransformer::CloseAll___STATIC__VOID).Run() == S_OK);
    TEST_CHECK(Call(get).Int(third).Array(numbers, NUMBERS).Run() == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(Call(get).Int(second).Array(numbers, NUMBERS).Run() == CLR_E_OBJECT_DISPOSED);
}

static void what_a_model_says()
{
    CLR_RT_MethodHandler get_numbers = NativeTransformer::GetNumbers___STATIC__VOID__I4__SZARRAY_I4;
    CLR_RT_MethodHandler get_text = NativeTransformer::GetText___STATIC__STRING__I4__I4__I4;
    CLR_RT_MethodHandler get_scale = NativeTransformer::GetScale___STATIC__VOID__I4__I4__SZARRAY_I4;
    const int32_t handle = OpenLinked(1);
    int32_t numbers[NUMBERS], scale[2] = {0, 0}, expected[2];
    nf_model model;

    TEST_CHECK(nf_model_open(&model, nf_kernels_built[0], device_streamed.image, device_streamed.image_bytes) == NF_OK);
    TEST_CHECK(Call(get_numbers).Int(handle).Array(numbers, NUMBERS).Run() == S_OK);
    TEST_CHECK((uint32_t)numbers[0] == model.crc32 && numbers[IMAGE_BYTES] == (int32_t)model.image_bytes);
    TEST_CHECK(numbers[CHANNELS] == model.channel_count && numbers[OUTPUTS] == model.output_count);
    TEST_CHECK(numbers[STEP_SAMPLES] == model.step_samples && numbers[ALARM_THRESHOLD] == model.alarm_threshold);
    TEST_CHECK((uint32_t)numbers[POSTURES] == model.postures && numbers[NUMBERS - 1] == model.voters);
    TEST_CHECK(Call(get_numbers).Int(handle).Array(numbers, NUMBERS - 1).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(Call(get_numbers).Int(handle).Array((int32_t *)NULL, 0).Run() == CLR_E_ARGUMENT_NULL);

    Call name(get_text);
    TEST_CHECK(name.Int(handle).Int(0).Int(0).Run() == S_OK && strcmp(name.ResultText(), nf_model_id(&model)) == 0);
    Call unit(get_text);
    TEST_CHECK(unit.Int(handle).Int(3).Int(1).Run() == S_OK);
    TEST_CHECK(strcmp(unit.ResultText(), nf_model_channel_unit(&model, 1)) == 0);
    TEST_CHECK(Call(get_text).Int(handle).Int(0).Int(1).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(Call(get_text).Int(handle).Int(1).Int(-1).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(Call(get_text).Int(handle).Int(2).Int(model.channel_count).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(Call(get_text).Int(handle).Int(4).Int(0).Run() == CLR_E_OUT_OF_RANGE);

    nf_model_channel_scale(&model, 1, &expected[0], &expected[1]);
    TEST_CHECK(Call(get_scale).Int(handle).Int(1).Array(scale, 2).Run() == S_OK);
    TEST_CHECK(scale[0] == expected[0] && scale[1] == expected[1]);
    TEST_CHECK(Call(get_scale).Int(handle).Int(model.channel_count).Array(scale, 2).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(Call(get_scale).Int(handle).Int(-1).Array(scale, 2).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(Call(get_scale).Int(handle).Int(0).Array(scale, 1).Run() == CLR_E_OUT_OF_RANGE);
    Close(handle);
    TEST_CHECK(Call(get_text).Int(handle).Int(0).Int(0).Run() == CLR_E_OBJECT_DISPOSED);
    TEST_CHECK(Call(get_scale).Int(handle).Int(0).Array(scale, 2).Run() == CLR_E_OBJECT_DISPOSED);
}

void test_opening()
{
    linked_images();
    flash();
    places();
    what_a_model_says();
}
