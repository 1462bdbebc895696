/* Starts the CLR. */
#ifndef NANOCLR_APPLICATION_H
#define NANOCLR_APPLICATION_H

typedef struct CLR_SETTINGS {
    unsigned short MaxContextSwitches;
    bool WaitForDebugger, EnterDebuggerLoopAfterExit;
} CLR_SETTINGS;

extern "C" void ClrStartup(CLR_SETTINGS settings);

#endif
