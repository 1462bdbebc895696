/* Natives of System.IO.Ports: COM1 is UART 0, and only sends. */
#include "board.h"

#include <nanoHAL.h>
#include <sys_io_ser_native.h>

typedef Library_sys_io_ser_native_System_IO_Ports_SerialPort SerialPort;

static const int OnlyPort = 1;

static bool opens()
{
    const uint32_t flags = nf_mps2_straps_of_board()->flags;
    return (flags & NF_MPS2_NO_SERIAL) == 0 &&
           ((flags & NF_MPS2_LATE_SERIAL) == 0 || nf_clock_us() >= NF_MPS2_LATE_SERIAL_US);
}

HRESULT SerialPort::NativeInit___VOID(CLR_RT_StackFrame &stack)
{
    CLR_RT_HeapBlock *self = stack.This();

    NANOCLR_HEADER();

    FAULT_ON_NULL(self);
    if (self[FIELD___portIndex].NumericByRef().s4 != OnlyPort) {
        NANOCLR_SET_AND_LEAVE(CLR_E_INVALID_PARAMETER);
    }
    if (!opens()) {
        NANOCLR_SET_AND_LEAVE(CLR_E_FAIL);
    }

    NANOCLR_NOCLEANUP();
}

HRESULT SerialPort::Write___VOID__SZARRAY_U1__I4__I4(CLR_RT_StackFrame &stack)
{
    CLR_RT_HeapBlock *self = stack.This();
    CLR_RT_HeapBlock_Array *bytes;
    CLR_INT32 offset, count;

    NANOCLR_HEADER();

    FAULT_ON_NULL(self);
    if (self[FIELD___disposed].NumericByRef().u1 != 0) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    bytes = stack.Arg1().DereferenceArray();
    FAULT_ON_NULL_ARG(bytes);
    offset = stack.Arg2().NumericByRef().s4;
    count = stack.Arg3().NumericByRef().s4;
    if (offset < 0 || count < 0 || (CLR_UINT32)offset > bytes->m_numOfElements ||
        (CLR_UINT32)count > bytes->m_numOfElements - (CLR_UINT32)offset) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
    }
    nf_uart_write(0, (const char *)bytes->GetElement((CLR_UINT32)offset), (size_t)count);

    NANOCLR_NOCLEANUP();
}

HRESULT SerialPort::NativeWriteString___VOID__STRING__BOOLEAN(CLR_RT_StackFrame &stack)
{
    CLR_RT_HeapBlock *self = stack.This();
    char *text = NULL;
    uint32_t length = 0;
    bool is_allocated = false;

    NANOCLR_HEADER();

    FAULT_ON_NULL(self);
    NANOCLR_CHECK_HRESULT(SetupWriteLine(stack, &text, &length, &is_allocated));
    nf_uart_write(0, text, length);
    if (is_allocated) {
        platform_free(text);
    }

    NANOCLR_NOCLEANUP();
}

HRESULT SerialPort::get_BytesToRead___I4(CLR_RT_StackFrame &stack)
{
    stack.SetResult_I4(0);
    return S_OK;
}

static HRESULT Nothing(CLR_RT_StackFrame &stack)
{
    (void)stack;
    return S_OK;
}

static HRESULT Refuse(CLR_RT_StackFrame &stack)
{
    (void)stack;
    return CLR_E_NOT_SUPPORTED;
}

HRESULT SerialPort::NativeDispose___VOID(CLR_RT_StackFrame &stack)
{
    return Nothing(stack);
}

HRESULT SerialPort::NativeConfig___VOID(CLR_RT_StackFrame &stack)
{
    return Nothing(stack);
}

HRESULT SerialPort::NativeSetWatchChar___VOID(CLR_RT_StackFrame &stack)
{
    return Nothing(stack);
}

HRESULT SerialPort::NativeReceivedBytesThreshold___VOID__I4(CLR_RT_StackFrame &stack)
{
    return Nothing(stack);
}

HRESULT SerialPort::get_InvertSignalLevels___BOOLEAN(CLR_RT_StackFrame &stack)
{
    return Refuse(stack);
}

HRESULT SerialPort::set_InvertSignalLevels___VOID__BOOLEAN(CLR_RT_StackFrame &stack)
{
    return Refuse(stack);
}

HRESULT SerialPort::Read___I4__SZARRAY_U1__I4__I4(CLR_RT_StackFrame &stack)
{
    return Refuse(stack);
}

HRESULT SerialPort::ReadExisting___STRING(CLR_RT_StackFrame &stack)
{
    return Refuse(stack);
}

HRESULT SerialPort::ReadLine___STRING(CLR_RT_StackFrame &stack)
{
    return Refuse(stack);
}

HRESULT SerialPort::GetDeviceSelector___STATIC__STRING(CLR_RT_StackFrame &stack)
{
    return stack.SetResult_String("COM1");
}
