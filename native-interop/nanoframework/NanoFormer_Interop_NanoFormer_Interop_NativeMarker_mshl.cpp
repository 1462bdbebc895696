#include "NanoFormer_Interop.h"
#include "marker.h"

typedef Library_NanoFormer_Interop_NanoFormer_Interop_NativeMarker NativeMarker;

HRESULT NativeMarker::Attach___STATIC__VOID__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();

    if (!nf_marker_attach(stack.Arg0().NumericByRef().s4)) {
        NANOCLR_SET_AND_LEAVE(CLR_E_INVALID_PARAMETER);
    }

    NANOCLR_NOCLEANUP();
}

HRESULT NativeMarker::Detach___STATIC__VOID(CLR_RT_StackFrame &stack)
{
    (void)stack;
    nf_marker_detach();
    return S_OK;
}
