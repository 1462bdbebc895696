/* System events, as interrupts raise them and the CLR waits for them, and its timers. */
#ifndef NANOPAL_EVENTS_H
#define NANOPAL_EVENTS_H

#include <nanoCLR_Interop.h>

#define EVENTS_TIMEOUT_INFINITE 0xFFFFFFFF

extern "C" {
bool Events_Initialize();
bool Events_Uninitialize();
void Events_Set(uint32_t events);
uint32_t Events_MaskedRead(uint32_t wanted);
uint32_t Events_WaitForEvents(uint32_t power_level, uint32_t wanted, uint32_t milliseconds);
void Events_SetBoolTimer(bool *complete, uint32_t milliseconds);
void FreeManagedEvent(uint8_t category, uint8_t sub_category, uint16_t data1, uint32_t data2);
HRESULT Time_Initialize(void);
HRESULT Time_Uninitialize(void);
void Time_SetCompare(uint64_t ticks);
}

#endif
