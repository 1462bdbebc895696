#include "NanoFormer_Interop.h"
#include "arguments.h"
#include "capture_service.h"
#include "capture_settings.h"

#include <nanoHAL_Time.h>
#include <nanoHAL_v2.h>
#include <nanoPAL_Events.h>

typedef Library_NanoFormer_Interop_NanoFormer_Interop_NativeCapture NativeCapture;

/* Lengths and order of the arrays that the managed side passes (CaptureChunk, CaptureTotals). */
static const size_t ChunkCount = 7;
static const size_t TotalCount = 8;

/* The one system event that nothing else in the CLR uses. */
static const uint32_t WakeSystemEvent = SYSTEM_EVENT_FLAG_STORAGE_IO;
static const CLR_UINT32 WakeEvent = Event_StorageIo;

static void WakeReader()
{
    Events_Set(WakeSystemEvent);
}

static HRESULT ToHresult(nf_capture_status status)
{
    switch (status) {
    case NF_CAPTURE_OK:
        return S_OK;
    case NF_CAPTURE_NULL_ARGUMENT:
        return CLR_E_ARGUMENT_NULL;
    case NF_CAPTURE_BAD_SETTINGS:
    case NF_CAPTURE_MEMORY_TOO_SMALL:
    case NF_CAPTURE_WRONG_SHAPE:
        return CLR_E_INVALID_PARAMETER;
    case NF_CAPTURE_RUNNING:
    case NF_CAPTURE_NOT_RUNNING:
    case NF_CAPTURE_PORT_FAILED:
        return CLR_E_INVALID_OPERATION;
    default:
        return CLR_E_FAIL;
    }
}

HRESULT NativeCapture::Open___STATIC__VOID__SZARRAY_I4__SZARRAY_U1(CLR_RT_StackFrame &stack)
{
    NF_Array<const CLR_INT32> numbers;
    NF_Array<const CLR_UINT8> words;
    nf_capture_wiring wiring;
    nf_capture_settings settings;

    NANOCLR_HEADER();

    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg0(), NF_CAPTURE_SETTING_COUNT, numbers));
    NANOCLR_CHECK_HRESULT(NF_GetArray(stack.Arg1(), words));
    if (!NF_ReadCaptureSettings(numbers, words, wiring, settings)) {
        NANOCLR_SET_AND_LEAVE(CLR_E_INVALID_PARAMETER);
    }
    NANOCLR_SET_AND_LEAVE(ToHresult(nf_capture_service_open(&wiring, &settings, WakeReader)));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeCapture::Close___STATIC__VOID(CLR_RT_StackFrame &stack)
{
    (void)stack;
    nf_capture_service_close();
    return S_OK;
}

HRESULT NativeCapture::Start___STATIC__VOID(CLR_RT_StackFrame &stack)
{
    nf_capture *capture = nf_capture_service_get();
    (void)stack;
    return capture == NULL ? CLR_E_OBJECT_DISPOSED : ToHresult(nf_capture_start(capture));
}

HRESULT NativeCapture::Stop___STATIC__VOID(CLR_RT_StackFrame &stack)
{
    nf_capture *capture = nf_capture_service_get();
    (void)stack;
    return capture == NULL ? CLR_E_OBJECT_DISPOSED : ToHresult(nf_capture_stop(capture));
}

/* Called again after each event while it waits: the deadline lies on the managed stack. */
HRESULT NativeCapture::Wait___STATIC__I4__I4(CLR_RT_StackFrame &stack)
{
    const CLR_INT32 milliseconds = stack.Arg0().NumericByRef().s4;
    nf_capture *capture = nf_capture_service_get();
    CLR_RT_HeapBlock timeout;
    CLR_INT64 *deadline;
    bool signalled = true;

    NANOCLR_HEADER();

    if (capture == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    if (milliseconds < 0) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
    }

    timeout.SetInteger((CLR_INT64)milliseconds * TIME_CONVERSION__TO_MILLISECONDS);
    NANOCLR_CHECK_HRESULT(stack.SetupTimeoutFromTicks(timeout, deadline));
    while (!nf_capture_service_woken() && signalled) {
        NANOCLR_CHECK_HRESULT(
            g_CLR_RT_ExecutionEngine.WaitEvents(stack.m_owningThread, *deadline, WakeEvent, signalled));
    }

    stack.PopValue();
    stack.SetResult_I4((CLR_INT32)nf_capture_waiting(capture));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeCapture::Read___STATIC__VOID__SZARRAY_I2__I4__I4__SZARRAY_I8(CLR_RT_StackFrame &stack)
{
    const CLR_INT32 offset = stack.Arg1().NumericByRef().s4;
    const CLR_INT32 count = stack.Arg2().NumericByRef().s4;
    nf_capture *capture = nf_capture_service_get();
    NF_Array<int16_t> samples;
    NF_Array<void> numbers;
    nf_capture_chunk chunk;

    NANOCLR_HEADER();

    if (capture == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetArray(stack.Arg0(), samples));
    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg3(), ChunkCount, numbers));
    NANOCLR_CHECK_HRESULT(NF_CheckRange(offset, count, samples.count));
    NANOCLR_CHECK_HRESULT(ToHresult(nf_capture_read(capture, samples.elements + offset, (size_t)count, &chunk)));

    {
        const CLR_INT64 values[ChunkCount] = {
            (CLR_INT64)chunk.first, (CLR_INT64)chunk.time_us, (CLR_INT64)chunk.time_sample, chunk.samples,
            chunk.lost_least,       chunk.lost_most,          chunk.lost_reasons,
        };
        memcpy(numbers.elements, values, sizeof values);
    }

    NANOCLR_NOCLEANUP();
}

HRESULT NativeCapture::GetTotals___STATIC__VOID__SZARRAY_I8(CLR_RT_StackFrame &stack)
{
    nf_capture *capture = nf_capture_service_get();
    NF_Array<void> numbers;
    nf_capture_totals totals;

    NANOCLR_HEADER();

    if (capture == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg0(), TotalCount, numbers));

    nf_capture_sum(capture, &totals);
    {
        const CLR_INT64 values[TotalCount] = {
            (CLR_INT64)totals.delivered,
            (CLR_INT64)totals.lost_least,
            (CLR_INT64)totals.lost_most,
            totals.bursts,
            totals.overruns,
            totals.flushes,
            totals.bus_errors,
            totals.wakes,
        };
        memcpy(numbers.elements, values, sizeof values);
    }

    NANOCLR_NOCLEANUP();
}
