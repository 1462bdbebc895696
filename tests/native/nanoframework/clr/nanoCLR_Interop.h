/* A double of the CLR's interface to native methods: as much of it as the glue uses, under the names that nanoCLR gives it. */
#ifndef NANOCLR_INTEROP_H
#define NANOCLR_INTEROP_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef int32_t HRESULT;

#define S_OK 0
#define SUCCEEDED(hr) ((hr) >= 0)
#define FAILED(hr) ((hr) < 0)

#define CLR_E_FAIL (-1)
#define CLR_E_ARGUMENT_NULL (-2)
#define CLR_E_INVALID_OPERATION (-3)
#define CLR_E_INVALID_PARAMETER (-4)
#define CLR_E_NOT_SUPPORTED (-5)
#define CLR_E_OBJECT_DISPOSED (-6)
#define CLR_E_OUT_OF_RANGE (-7)
#define CLR_E_THREAD_WAITING (-8)
#define CLR_E_NULL_REFERENCE (-9)
#define CLR_E_OUT_OF_MEMORY (-9)

#define NANOCLR_HEADER() HRESULT hr
#define NANOCLR_SET_AND_LEAVE(expression)                                                                              \
    {                                                                                                                  \
        hr = (expression);                                                                                             \
        goto nanoCLR_Cleanup;                                                                                          \
    }
#define NANOCLR_CHECK_HRESULT(expression)                                                                              \
    {                                                                                                                  \
        hr = (expression);                                                                                             \
        if (FAILED(hr))                                                                                                \
            goto nanoCLR_Cleanup;                                                                                      \
    }
#define NANOCLR_NOCLEANUP()                                                                                            \
    hr = S_OK;                                                                                                         \
    nanoCLR_Cleanup:                                                                                                   \
    return hr
#define FAULT_ON_NULL(pointer)                                                                                         \
    if (!(pointer))                                                                                                    \
    NANOCLR_SET_AND_LEAVE(CLR_E_NULL_REFERENCE)
#define FAULT_ON_NULL_ARG(pointer)                                                                                     \
    if (!(pointer))                                                                                                    \
    NANOCLR_SET_AND_LEAVE(CLR_E_ARGUMENT_NULL)

struct CLR_RT_StackFrame;

typedef HRESULT (*CLR_RT_MethodHandler)(CLR_RT_StackFrame &stack);

#define NANOCLR_NATIVE_DECLARE(method) static HRESULT method(CLR_RT_StackFrame &stack)

struct CLR_RECORD_VERSION {
    uint16_t iMajorVersion, iMinorVersion, iBuildNumber, iRevisionNumber;
};

struct CLR_RT_NativeAssemblyData {
    const char *m_szAssemblyName;
    unsigned int m_checkSum;
    const void *m_pNativeMethods;
    CLR_RECORD_VERSION m_Version;
};

#endif
