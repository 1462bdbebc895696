/* What a model says of itself. */
#include "NanoFormer_Interop.h"
#include "arguments.h"
#include "transformers.h"

typedef Library_NanoFormer_Interop_NanoFormer_Interop_NativeTransformer NativeTransformer;

static const size_t NumberCount = 19; /* ModelNumbers.Count */

HRESULT NativeTransformer::GetNumbers___STATIC__VOID__I4__SZARRAY_I4(CLR_RT_StackFrame &stack)
{
    nf_transformer *transformer = nf_transformers_find(stack.Arg0().NumericByRef().s4);
    NF_Array<CLR_INT32> numbers;

    NANOCLR_HEADER();

    if (transformer == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg1(), NumberCount, numbers));

    {
        const nf_model &model = transformer->model;
        const CLR_INT32 values[NumberCount] = {
            (CLR_INT32)model.crc32,
            (CLR_INT32)model.image_bytes,
            (CLR_INT32)model.arena_bytes,
            (CLR_INT32)model.rate_millihertz,
            model.window_samples,
            model.hop_samples,
            model.channel_count,
            model.output_count,
            model.label_count,
            model.operator_count,
            model.test_vector_count,
            model.gate_threshold_permille,
            model.value_bytes,
            model.step_samples,
            (CLR_INT32)model.step_arena_bytes,
            model.class_count,
            model.alarm_threshold,
            (CLR_INT32)model.postures,
            model.voters,
        };
        memcpy(numbers.elements, values, sizeof values);
    }

    NANOCLR_NOCLEANUP();
}

static const char *TextOf(const nf_model *model, CLR_INT32 kind, uint32_t index)
{
    switch (kind) {
    case 0:
        return index == 0 ? nf_model_id(model) : NULL;
    case 1:
        return nf_model_label(model, index);
    case 2:
        return nf_model_channel_name(model, index);
    case 3:
        return nf_model_channel_unit(model, index);
    default:
        return NULL;
    }
}

HRESULT NativeTransformer::GetText___STATIC__STRING__I4__I4__I4(CLR_RT_StackFrame &stack)
{
    nf_transformer *transformer = nf_transformers_find(stack.Arg0().NumericByRef().s4);
    const char *text;

    NANOCLR_HEADER();

    if (transformer == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    text = TextOf(&transformer->model, stack.Arg1().NumericByRef().s4, (uint32_t)stack.Arg2().NumericByRef().s4);
    if (text == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
    }
    NANOCLR_SET_AND_LEAVE(stack.SetResult_String(text));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeTransformer::GetScale___STATIC__VOID__I4__I4__SZARRAY_I4(CLR_RT_StackFrame &stack)
{
    nf_transformer *transformer = nf_transformers_find(stack.Arg0().NumericByRef().s4);
    const uint32_t channel = (uint32_t)stack.Arg1().NumericByRef().s4;
    NF_Array<CLR_INT32> scale;
    int32_t mantissa, shift; /* on some targets another type than CLR_INT32 */

    NANOCLR_HEADER();

    if (transformer == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OBJECT_DISPOSED);
    }
    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg2(), 2, scale));
    if (channel >= transformer->model.channel_count) {
        NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
    }
    nf_model_channel_scale(&transformer->model, channel, &mantissa, &shift);
    scale.elements[0] = (CLR_INT32)mantissa;
    scale.elements[1] = (CLR_INT32)shift;

    NANOCLR_NOCLEANUP();
}
