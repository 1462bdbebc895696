/* What becomes of the engine's statuses in managed code. */
#ifndef NANOFORMER_ENGINE_STATUS_H
#define NANOFORMER_ENGINE_STATUS_H

#include <nanoCLR_Interop.h>
#include <nanoCLR_Runtime.h>

#include "nanoformer/engine.h"

/* A mistake of the caller is an exception of .NET. Otherwise the native method returns `value`, or the status
 * itself, below 0, for the managed side to throw with the engine's name and text for it: the CLR's exceptions have
 * no room for either. */
inline HRESULT NF_Return(CLR_RT_StackFrame &stack, nf_status status, CLR_INT32 value)
{
    switch (status) {
    case NF_ERROR_NULL_ARGUMENT:
        return CLR_E_ARGUMENT_NULL;
    case NF_ERROR_WRONG_SHAPE:
        return CLR_E_INVALID_PARAMETER;
    case NF_ERROR_NOT_RUNNING:
        return CLR_E_INVALID_OPERATION;
    case NF_ERROR_NO_STREAM:
        return CLR_E_NOT_SUPPORTED;
    default:
        stack.SetResult_I4(status == NF_OK ? value : (CLR_INT32)status);
        return S_OK;
    }
}

#endif
