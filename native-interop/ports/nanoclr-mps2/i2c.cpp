/* Natives of System.Device.I2c: one bus, number 1. A transfer takes its time on the bus, during which the core sleeps. */
#include "board.h"

#include <sys_dev_i2c_native.h>

typedef Library_sys_dev_i2c_native_System_Device_I2c_I2cDevice I2cDevice;
typedef Library_sys_dev_i2c_native_System_Device_I2c_I2cConnectionSettings Settings;
typedef Library_sys_dev_i2c_native_System_Device_I2c_I2cTransferResult Result;
typedef Library_corlib_native_System_SpanByte Span;

static const int OnlyBus = 1;

struct Bytes {
    uint8_t *start;
    size_t count;
};

/* Nothing moves in the managed heap before the native method returns. */
static Bytes BytesOf(CLR_RT_HeapBlock *span)
{
    CLR_RT_HeapBlock_Array *array = span == NULL ? NULL : span[Span::FIELD___array].DereferenceArray();
    if (array == NULL) {
        return {NULL, 0};
    }
    const CLR_INT32 start = span[Span::FIELD___start].NumericByRef().s4;
    return {(uint8_t *)array->GetElement((CLR_UINT32)start), (size_t)span[Span::FIELD___length].NumericByRef().s4};
}

static uint32_t HertzOf(CLR_INT32 speed)
{
    switch (speed) {
    case I2cBusSpeed_StandardMode:
        return 100000;
    case I2cBusSpeed_FastMode:
        return 400000;
    default:
        return 1000000;
    }
}

/* False when nobody answers. A capture may have the bus for the moment. */
static bool Transfer(uint8_t address, uint32_t hertz, const Bytes &write, const Bytes &read)
{
    nf_i2c_answer answer;

    do {
        nf_i2c_wait();
        answer = nf_i2c_start(address, hertz, write.start, write.count, read.start, read.count);
    } while (answer == NF_I2C_BUSY);
    nf_i2c_wait();
    return answer == NF_I2C_STARTED;
}

HRESULT I2cDevice::NativeInit___VOID(CLR_RT_StackFrame &stack)
{
    CLR_RT_HeapBlock *self = stack.This();
    CLR_RT_HeapBlock *settings;

    NANOCLR_HEADER();

    FAULT_ON_NULL(self);
    settings = self[FIELD___connectionSettings].Dereference();
    FAULT_ON_NULL(settings);
    if (settings[Settings::FIELD___busId].NumericByRef().s4 != OnlyBus) {
        NANOCLR_SET_AND_LEAVE(CLR_E_INVALID_PARAMETER);
    }

    NANOCLR_NOCLEANUP();
}

HRESULT I2cDevice::NativeDispose___VOID(CLR_RT_StackFrame &stack)
{
    (void)stack;
    return S_OK;
}

HRESULT
I2cDevice::NativeTransmit___SystemDeviceI2cI2cTransferResult__SystemSpanByte__SystemSpanByte(CLR_RT_StackFrame &stack)
{
    CLR_RT_HeapBlock *self = stack.This();
    CLR_RT_HeapBlock *settings, *result;
    Bytes write, read;
    bool answered;

    NANOCLR_HEADER();

    FAULT_ON_NULL(self);
    if (self[FIELD___disposed].NumericByRef().u1 != 0) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    settings = self[FIELD___connectionSettings].Dereference();
    FAULT_ON_NULL(settings);
    write = BytesOf(stack.Arg1().Dereference());
    read = BytesOf(stack.Arg2().Dereference());
    answered = Transfer((uint8_t)settings[Settings::FIELD___deviceAddress].NumericByRef().s4,
                        HertzOf(settings[Settings::FIELD___busSpeed].NumericByRef().s4), write, read);

    {
        CLR_RT_HeapBlock &top = stack.PushValueAndClear();
        NANOCLR_CHECK_HRESULT(
            g_CLR_RT_ExecutionEngine.NewObjectFromIndex(top, g_CLR_RT_WellKnownTypes.m_I2cTransferResult));
        result = top.Dereference();
        FAULT_ON_NULL(result);
    }
    result[Result::FIELD___status].SetInteger(
        (CLR_UINT32)(answered ? I2cTransferStatus_FullTransfer : I2cTransferStatus_SlaveAddressNotAcknowledged));
    result[Result::FIELD___bytesTransferred].SetInteger((CLR_UINT32)(answered ? write.count + read.count : 0));

    NANOCLR_NOCLEANUP();
}
