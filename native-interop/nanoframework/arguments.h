/* Arguments of native methods, checked. */
#ifndef NANOFORMER_ARGUMENTS_H
#define NANOFORMER_ARGUMENTS_H

#include <nanoCLR_Interop.h>
#include <nanoCLR_Runtime.h>

/* The elements of a managed array. They stay where they are until the native method returns, at a multiple of 4:
 * 64-bit ones are void here, and copied. */
template <typename T> struct NF_Array {
    T *elements;
    size_t count;
    size_t element_bytes;
};

/* CLR_E_ARGUMENT_NULL when there is no array. */
template <typename T> HRESULT NF_GetArray(const CLR_RT_HeapBlock &argument, NF_Array<T> &array)
{
    CLR_RT_HeapBlock_Array *managed = argument.DereferenceArray();
    if (managed == NULL) {
        return CLR_E_ARGUMENT_NULL;
    }

    array.elements = (T *)(void *)managed->GetFirstElement();
    array.count = managed->m_numOfElements;
    array.element_bytes = managed->m_sizeOfElement;
    return S_OK;
}

/* The same for an array that is filled with `count` elements: CLR_E_OUT_OF_RANGE when it is shorter. */
template <typename T> HRESULT NF_GetRoom(const CLR_RT_HeapBlock &argument, size_t count, NF_Array<T> &array)
{
    const HRESULT hr = NF_GetArray(argument, array);
    if (FAILED(hr)) {
        return hr;
    }
    return array.count < count ? CLR_E_OUT_OF_RANGE : S_OK;
}

/* A range of an array: CLR_E_OUT_OF_RANGE unless 0 <= offset, 0 <= count and offset + count <= length. What is
 * negative is huge here. */
inline HRESULT NF_CheckRange(CLR_INT32 offset, CLR_INT32 count, size_t length)
{
    if ((size_t)offset > length || (size_t)count > length - (size_t)offset) {
        return CLR_E_OUT_OF_RANGE;
    }
    return S_OK;
}

#endif
