/* The native methods of the managed assembly NanoFormer.Interop (firmware/Interop), as nanoCLR's interop libraries
 * declare them. */
#ifndef NANOFORMER_INTEROP_H
#define NANOFORMER_INTEROP_H

#include <nanoCLR_Interop.h>
#include <nanoCLR_Runtime.h>

struct Library_NanoFormer_Interop_NanoFormer_Interop_NativeCapture {
    NANOCLR_NATIVE_DECLARE(Open___STATIC__VOID__SZARRAY_I4__SZARRAY_I4);
    NANOCLR_NATIVE_DECLARE(Close___STATIC__VOID);
    NANOCLR_NATIVE_DECLARE(Start___STATIC__VOID);
    NANOCLR_NATIVE_DECLARE(Stop___STATIC__VOID);
    NANOCLR_NATIVE_DECLARE(Wait___STATIC__I4__I4__SZARRAY_I8);
    NANOCLR_NATIVE_DECLARE(CopyWindow___STATIC__VOID__I4__SZARRAY_I2__I4);
    NANOCLR_NATIVE_DECLARE(GetBias___STATIC__VOID__SZARRAY_I4);
    NANOCLR_NATIVE_DECLARE(SetBias___STATIC__VOID__SZARRAY_I4);
    NANOCLR_NATIVE_DECLARE(GetTotals___STATIC__VOID__SZARRAY_I8);
};

struct Library_NanoFormer_Interop_NanoFormer_Interop_NativeLine {
    NANOCLR_NATIVE_DECLARE(
        Format___STATIC__I4__SZARRAY_STRING__SZARRAY_I8__SZARRAY_STRING__I4__SZARRAY_I2__I4__SZARRAY_U1);
};

struct Library_NanoFormer_Interop_NanoFormer_Interop_NativeMarker {
    NANOCLR_NATIVE_DECLARE(Attach___STATIC__VOID__I4);
    NANOCLR_NATIVE_DECLARE(Detach___STATIC__VOID);
};

struct Library_NanoFormer_Interop_NanoFormer_Interop_NativeTransformer {
    NANOCLR_NATIVE_DECLARE(CloseAll___STATIC__VOID);
    NANOCLR_NATIVE_DECLARE(OpenLinked___STATIC__I4__I4);
    NANOCLR_NATIVE_DECLARE(OpenAddress___STATIC__I4__U4);
    NANOCLR_NATIVE_DECLARE(OpenPartition___STATIC__I4__STRING);
    NANOCLR_NATIVE_DECLARE(OpenResource___STATIC__I4__STRING__STRING__I2);
    NANOCLR_NATIVE_DECLARE(Close___STATIC__VOID__I4);
    NANOCLR_NATIVE_DECLARE(GetNumbers___STATIC__VOID__I4__SZARRAY_I4);
    NANOCLR_NATIVE_DECLARE(GetText___STATIC__STRING__I4__I4__I4);
    NANOCLR_NATIVE_DECLARE(GetScale___STATIC__VOID__I4__I4__SZARRAY_I4);
    NANOCLR_NATIVE_DECLARE(Run___STATIC__I4__I4__SystemArray__SZARRAY_I1);
    NANOCLR_NATIVE_DECLARE(RunCapture___STATIC__I4__I4__SZARRAY_I1);
    NANOCLR_NATIVE_DECLARE(Begin___STATIC__I4__I4__SystemArray);
    NANOCLR_NATIVE_DECLARE(Continue___STATIC__I4__I4__SystemArray__I4__SZARRAY_I1);
    NANOCLR_NATIVE_DECLARE(BeginStream___STATIC__I4__I4);
    NANOCLR_NATIVE_DECLARE(Step___STATIC__I4__I4__SystemArray__I4__I4__SZARRAY_I1);
    NANOCLR_NATIVE_DECLARE(SelfTest___STATIC__I4__I4);
    NANOCLR_NATIVE_DECLARE(GetStatistics___STATIC__VOID__I4__SZARRAY_I8);
};

extern const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_NanoFormer_Interop;

#endif
