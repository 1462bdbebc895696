#ifndef TARGET_HAL_TIME_H
#define TARGET_HAL_TIME_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

uint64_t HAL_Time_CurrentSysTicks(void);
void HAL_Time_Sleep_MicroSeconds(unsigned int microseconds);

#ifdef __cplusplus
}
#endif

#endif
