/* The natives of System.IO.Ports and the fields they work with. */
#ifndef SYS_IO_SER_NATIVE_H
#define SYS_IO_SER_NATIVE_H

#include <nanoCLR_Interop.h>
#include <nanoCLR_Runtime.h>

struct Library_sys_io_ser_native_System_IO_Ports_SerialPort {
    static const int FIELD___disposed = 1;
    static const int FIELD___portIndex = 14;

    NANOCLR_NATIVE_DECLARE(get_BytesToRead___I4);
    NANOCLR_NATIVE_DECLARE(get_InvertSignalLevels___BOOLEAN);
    NANOCLR_NATIVE_DECLARE(set_InvertSignalLevels___VOID__BOOLEAN);
    NANOCLR_NATIVE_DECLARE(Read___I4__SZARRAY_U1__I4__I4);
    NANOCLR_NATIVE_DECLARE(ReadExisting___STRING);
    NANOCLR_NATIVE_DECLARE(ReadLine___STRING);
    NANOCLR_NATIVE_DECLARE(Write___VOID__SZARRAY_U1__I4__I4);
    NANOCLR_NATIVE_DECLARE(NativeDispose___VOID);
    NANOCLR_NATIVE_DECLARE(NativeInit___VOID);
    NANOCLR_NATIVE_DECLARE(NativeConfig___VOID);
    NANOCLR_NATIVE_DECLARE(NativeSetWatchChar___VOID);
    NANOCLR_NATIVE_DECLARE(NativeWriteString___VOID__STRING__BOOLEAN);
    NANOCLR_NATIVE_DECLARE(NativeReceivedBytesThreshold___VOID__I4);
    NANOCLR_NATIVE_DECLARE(GetDeviceSelector___STATIC__STRING);

    static HRESULT SetupWriteLine(CLR_RT_StackFrame &stack, char **text, uint32_t *length, bool *is_allocated);
};

#endif
