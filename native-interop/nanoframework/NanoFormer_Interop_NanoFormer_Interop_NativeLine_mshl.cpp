#include "NanoFormer_Interop.h"
#include "arguments.h"
#include "nanoformer/log_line.h"

typedef Library_NanoFormer_Interop_NanoFormer_Interop_NativeLine NativeLine;

/* Managed 64-bit elements lie at a multiple of 4. */
static int64_t NumberAt(const NF_Array<const void> &numbers, size_t index)
{
    int64_t number;
    memcpy(&number, (const uint8_t *)numbers.elements + index * sizeof number, sizeof number);
    return number;
}

/* The length of the line; -1 when it does not fit. Without values there is no field of them. */
HRESULT
NativeLine::Format___STATIC__I4__SZARRAY_STRING__SZARRAY_I8__SZARRAY_STRING__I4__SZARRAY_I2__I4__SZARRAY_U1(
    CLR_RT_StackFrame &stack)
{
    const size_t count = (size_t)stack.Arg3().NumericByRef().s4;
    NF_Array<const CLR_RT_HeapBlock> keys, texts;
    NF_Array<const void> numbers;
    const size_t value_count = (size_t)stack.Arg5().NumericByRef().s4;
    NF_Array<const int16_t> values;
    NF_Array<uint8_t> bytes;
    nf_log_line line;

    NANOCLR_HEADER();

    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg0(), count, keys));
    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg1(), count, numbers));
    NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg2(), count, texts));
    NANOCLR_CHECK_HRESULT(NF_GetArray(stack.Arg6(), bytes));

    nf_log_line_begin(&line, bytes.elements, bytes.count);
    for (size_t i = 0; i < count; i++) {
        const char *key = keys.elements[i].RecoverString();
        const char *text = texts.elements[i].RecoverString();
        FAULT_ON_NULL_ARG(key);
        if (text != NULL) {
            nf_log_line_text(&line, key, text);
        } else {
            nf_log_line_number(&line, key, NumberAt(numbers, i));
        }
    }
    if (stack.Arg4().DereferenceArray() != NULL) {
        NANOCLR_CHECK_HRESULT(NF_GetRoom(stack.Arg4(), value_count, values));
        nf_log_line_values(&line, "v", values.elements, value_count);
    }
    stack.SetResult_I4(nf_log_line_end(&line));

    NANOCLR_NOCLEANUP();
}
