/* Inferences. Opening is in ..._open_mshl.cpp, what a model says of itself in ..._model_mshl.cpp. */
#include "NanoFormer_Interop.h"
#include "arguments.h"
#include "capture_service.h"
#include "engine_status.h"
#include "transformers.h"

typedef Library_NanoFormer_Interop_NanoFormer_Interop_NativeTransformer NativeTransformer;

static nf_transformer *TransformerOf(CLR_RT_StackFrame &stack)
{
    return nf_transformers_find(stack.Arg0().NumericByRef().s4);
}

HRESULT NativeTransformer::Run___STATIC__I4__I4__SystemArray__SZARRAY_I1(CLR_RT_StackFrame &stack)
{
    nf_transformer *transformer = TransformerOf(stack);
    NF_Array<const void> window;
    NF_Array<int8_t> output;
    nf_status status;

    NANOCLR_HEADER();

    if (transformer == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetArray(stack.Arg1(), window));
    NANOCLR_CHECK_HRESULT(NF_GetArray(stack.Arg2(), output));

    status = nf_transformer_run(transformer, window.elements, window.count, window.element_bytes, output.elements,
                                output.count);
    NANOCLR_SET_AND_LEAVE(NF_Return(stack, status, 0));

    NANOCLR_NOCLEANUP();
}

/* The window of the open capture, where it lies. */
HRESULT NativeTransformer::RunCapture___STATIC__I4__I4__SZARRAY_I1(CLR_RT_StackFrame &stack)
{
    nf_transformer *transformer = TransformerOf(stack);
    const nf_path *path = nf_capture_service_get();
    const int16_t *window = path == NULL ? NULL : nf_path_window(path);
    NF_Array<int8_t> output;
    nf_status status;

    NANOCLR_HEADER();

    if (transformer == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetArray(stack.Arg1(), output));
    if (window == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_INVALID_OPERATION);
    }

    status =
        nf_transformer_run(transformer, window, (size_t)path->settings.window_samples * path->settings.channel_count,
                           sizeof *window, output.elements, output.count);
    NANOCLR_SET_AND_LEAVE(NF_Return(stack, status, 0));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeTransformer::Begin___STATIC__I4__I4__SystemArray(CLR_RT_StackFrame &stack)
{
    nf_transformer *transformer = TransformerOf(stack);
    NF_Array<const void> window;
    nf_status status;

    NANOCLR_HEADER();

    if (transformer == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetArray(stack.Arg1(), window));

    status = nf_transformer_begin(transformer, window.elements, window.count, window.element_bytes);
    NANOCLR_SET_AND_LEAVE(NF_Return(stack, status, 0));

    NANOCLR_NOCLEANUP();
}

/* The managed side passes no window when none was begun. */
HRESULT NativeTransformer::Continue___STATIC__I4__I4__SystemArray__I4__SZARRAY_I1(CLR_RT_StackFrame &stack)
{
    nf_transformer *transformer = TransformerOf(stack);
    const CLR_INT32 operators = stack.Arg2().NumericByRef().s4;
    NF_Array<const void> window;
    NF_Array<int8_t> output;
    uint32_t remaining = 0;
    nf_status status;

    NANOCLR_HEADER();

    if (transformer == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetArray(stack.Arg3(), output));
    if (operators < 1) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
    }
    if (FAILED(NF_GetArray(stack.Arg1(), window))) {
        window.elements = NULL;
    }

    status = nf_transformer_continue(transformer, window.elements, (uint32_t)operators, output.elements, output.count,
                                     &remaining);
    NANOCLR_SET_AND_LEAVE(NF_Return(stack, status, (CLR_INT32)remaining));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeTransformer::BeginStream___STATIC__I4__I4(CLR_RT_StackFrame &stack)
{
    nf_transformer *transformer = TransformerOf(stack);

    NANOCLR_HEADER();

    if (transformer == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_SET_AND_LEAVE(NF_Return(stack, nf_transformer_stream(transformer), 0));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeTransformer::Step___STATIC__I4__I4__SystemArray__I4__I4__SZARRAY_I1(CLR_RT_StackFrame &stack)
{
    nf_transformer *transformer = TransformerOf(stack);
    const CLR_INT32 offset = stack.Arg2().NumericByRef().s4;
    const CLR_INT32 count = stack.Arg3().NumericByRef().s4;
    NF_Array<const uint8_t> samples;
    NF_Array<int8_t> output;
    uint32_t steps = 0;
    nf_status status;

    NANOCLR_HEADER();

    if (transformer == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetArray(stack.Arg1(), samples));
    NANOCLR_CHECK_HRESULT(NF_GetArray(stack.Arg4(), output));
    NANOCLR_CHECK_HRESULT(NF_CheckRange(offset, count, samples.count));

    status = nf_transformer_step(transformer, samples.elements + (size_t)offset * samples.element_bytes, (size_t)count,
                                 samples.element_bytes, output.elements, output.count, &steps);
    NANOCLR_SET_AND_LEAVE(NF_Return(stack, status, (CLR_INT32)steps));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeTransformer::SelfTest___STATIC__I4__I4(CLR_RT_StackFrame &stack)
{
    nf_transformer *transformer = TransformerOf(stack);

    NANOCLR_HEADER();

    if (transformer == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_SET_AND_LEAVE(NF_Return(stack, nf_transformer_self_test(transformer), 0));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeTransformer::GetStatistics___STATIC__VOID__I4__SZARRAY_I8(CLR_RT_StackFrame &stack)
{
    static const size_t count = 6;
    nf_transformer *transformer = TransformerOf(stack);
    NF_Array<void> numbers;

    NANOCLR_HEADER();

    if (transformer == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg1(), count, numbers));

    {
        const nf_transformer_statistics &statistics = transformer->statistics;
        const CLR_INT64 values[count] = {
            statistics.runs,
            statistics.steps,
            statistics.errors,
            statistics.last_microseconds,
            statistics.maximum_microseconds,
            statistics.total_microseconds,
        };
        memcpy(numbers.elements, values, sizeof values);
    }

    NANOCLR_NOCLEANUP();
}
