#include "NanoFormer_Interop.h"
#include "arguments.h"
#include "capture_service.h"

#include <nanoHAL_Time.h>
#include <nanoHAL_v2.h>
#include <nanoPAL_Events.h>

typedef Library_NanoFormer_Interop_NanoFormer_Interop_NativeCapture NativeCapture;

/* Lengths of the arrays that the managed side passes. */
static const size_t NumbersPerChannel = 3;
static const size_t TotalCount = 9;

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
        return CLR_E_INVALID_PARAMETER;
    case NF_CAPTURE_MEMORY_TOO_SMALL:
        return CLR_E_OUT_OF_MEMORY;
    case NF_CAPTURE_RUNNING:
    case NF_CAPTURE_NOT_RUNNING:
    case NF_CAPTURE_PORT_FAILED:
        return CLR_E_INVALID_OPERATION;
    default:
        return CLR_E_FAIL;
    }
}

/* The CLR's int is int32_t under another name on some targets. */
static const int32_t *Numbers(const NF_Array<const CLR_INT32> &array)
{
    return (const int32_t *)(const void *)array.elements;
}

HRESULT NativeCapture::Open___STATIC__VOID__SZARRAY_I4__SZARRAY_I4(CLR_RT_StackFrame &stack)
{
    NF_Array<const CLR_INT32> numbers, channels;
    nf_path_plan plan;

    NANOCLR_HEADER();

    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg0(), NF_NUMBER_COUNT, numbers));
    NANOCLR_CHECK_HRESULT(NF_GetArray(stack.Arg1(), channels));
    if (channels.count % NumbersPerChannel != 0 ||
        !nf_path_plan_read(&plan, Numbers(numbers), Numbers(channels), channels.count / NumbersPerChannel)) {
        NANOCLR_SET_AND_LEAVE(CLR_E_INVALID_PARAMETER);
    }
    NANOCLR_SET_AND_LEAVE(ToHresult(nf_capture_service_open(&plan, WakeReader)));

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
    (void)stack;
    return nf_capture_service_get() == NULL ? CLR_E_OBJECT_DISPOSED : ToHresult(nf_capture_service_start());
}

HRESULT NativeCapture::Stop___STATIC__VOID(CLR_RT_StackFrame &stack)
{
    nf_path *path = nf_capture_service_get();
    (void)stack;
    return path == NULL ? CLR_E_OBJECT_DISPOSED : ToHresult(nf_capture_stop(path->capture));
}

/* By the port's clock: when the wait that is under way is to end. */
static int64_t end_us;

static int64_t NowMicroseconds(const nf_path *path)
{
    return (int64_t)path->capture->port->now(path->capture->port->context);
}

/* False when the host did not sleep. */
static bool Rest(const nf_path *path)
{
    const int64_t remaining = end_us - NowMicroseconds(path);
    return remaining > 0 && nf_capture_service_rest((uint64_t)remaining);
}

/* Called again after each wake while it waits: the deadline lies on the managed stack. What comes between a look into the ring
 * and the wait raises the event again. */
HRESULT NativeCapture::Wait___STATIC__I4__I4__SZARRAY_I8(CLR_RT_StackFrame &stack)
{
    const CLR_INT32 milliseconds = stack.Arg0().NumericByRef().s4;
    nf_path *path = nf_capture_service_get();
    NF_Array<void> numbers;
    CLR_RT_HeapBlock timeout;
    CLR_INT64 *deadline;
    nf_path_facts facts;
    nf_path_event event;
    bool signalled = true;

    NANOCLR_HEADER();

    if (path == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    if (milliseconds < 0) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
    }
    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg1(), NF_PATH_FACTS, numbers));

    if (stack.m_customState == 0) {
        end_us = NowMicroseconds(path) + (int64_t)milliseconds * 1000;
    }
    timeout.SetInteger((CLR_INT64)milliseconds * TIME_CONVERSION__TO_MILLISECONDS);
    NANOCLR_CHECK_HRESULT(stack.SetupTimeoutFromTicks(timeout, deadline));
    while ((event = nf_path_next(path, &facts)) == NF_PATH_NOTHING && signalled) {
        if (nf_capture_service_woken() || Rest(path)) {
            continue;
        }
        NANOCLR_CHECK_HRESULT(
            g_CLR_RT_ExecutionEngine.WaitEvents(stack.m_owningThread, *deadline, WakeEvent, signalled));
    }

    memcpy(numbers.elements, &facts, sizeof facts);
    stack.PopValue();
    stack.SetResult_I4((CLR_INT32)event);

    NANOCLR_NOCLEANUP();
}

HRESULT NativeCapture::CopyWindow___STATIC__VOID__I4__SZARRAY_I2__I4(CLR_RT_StackFrame &stack)
{
    const CLR_INT32 from = stack.Arg0().NumericByRef().s4;
    const CLR_INT32 count = stack.Arg2().NumericByRef().s4;
    const nf_path *path = nf_capture_service_get();
    NF_Array<int16_t> samples;
    size_t channels;

    NANOCLR_HEADER();

    if (path == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    channels = path->settings.channel_count;
    NANOCLR_CHECK_HRESULT(NF_CheckRange(from, count, path->held));
    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg1(), (size_t)count * channels, samples));
    memcpy(samples.elements, path->window + (size_t)from * channels, (size_t)count * channels * sizeof(int16_t));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeCapture::GetBias___STATIC__VOID__SZARRAY_I4(CLR_RT_StackFrame &stack)
{
    const nf_path *path = nf_capture_service_get();
    NF_Array<CLR_INT32> axes;
    int32_t bias[NF_PATH_AXES];

    NANOCLR_HEADER();

    if (path == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg0(), NF_PATH_AXES, axes));
    nf_path_get_bias(path, bias);
    memcpy(axes.elements, bias, sizeof bias);

    NANOCLR_NOCLEANUP();
}

HRESULT NativeCapture::SetBias___STATIC__VOID__SZARRAY_I4(CLR_RT_StackFrame &stack)
{
    nf_path *path = nf_capture_service_get();
    NF_Array<const CLR_INT32> axes;

    NANOCLR_HEADER();

    if (path == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg0(), NF_PATH_AXES, axes));
    nf_path_set_bias(path, Numbers(axes));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeCapture::GetTotals___STATIC__VOID__SZARRAY_I8(CLR_RT_StackFrame &stack)
{
    const nf_path *path = nf_capture_service_get();
    NF_Array<void> numbers;
    nf_capture_totals totals;

    NANOCLR_HEADER();

    if (path == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg0(), TotalCount, numbers));

    nf_capture_sum(path->capture, &totals);
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
            totals.retries,
        };
        memcpy(numbers.elements, values, sizeof values);
    }

    NANOCLR_NOCLEANUP();
}
