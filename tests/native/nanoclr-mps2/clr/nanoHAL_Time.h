/* The CLR counts time in ticks of 100 ns; the board says how many have passed. */
#ifndef NANOHAL_TIME_H
#define NANOHAL_TIME_H

#include <stddef.h>
#include <stdint.h>

#define TIME_CONVERSION__TO_MILLISECONDS 10000

extern "C" {
uint64_t HAL_Time_CurrentSysTicks(void);
uint64_t HAL_Time_SysTicksToTime(uint64_t ticks);
uint64_t HAL_Time_CurrentDateTime(bool date_only);
void HAL_Time_Sleep_MicroSeconds(unsigned int microseconds);
bool HAL_Time_TimeSpanToStringEx(const int64_t &span, char *&text, size_t &room);
uint64_t CPU_MillisecondsToTicks(uint64_t milliseconds);
}

#endif
