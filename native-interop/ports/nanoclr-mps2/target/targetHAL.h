#ifndef TARGET_HAL_H
#define TARGET_HAL_H

#include <stdbool.h>
#include <stdint.h>

#define PLATFORM_DELAY(milliseconds) HAL_Time_Sleep_MicroSeconds((milliseconds)*1000u)
#define PLATFORM_DEPENDENT__SOCKETS_MAX_COUNT 1
#define NANOCLR_STOP() CPU_Reset()
#define HARD_BREAKPOINT() CPU_Reset()
#define EVENTS_HEART_BEAT
#define LPCSTR const char *
#define GLOBAL_LOCK_SOCKETS(x)

static inline uint32_t nf_mps2_lock(void)
{
    uint32_t was_masked;
    __asm__ volatile("mrs %0, primask\n cpsid i" : "=r"(was_masked)::"memory");
    return was_masked;
}

static inline void nf_mps2_unlock(uint32_t was_masked)
{
    __asm__ volatile("msr primask, %0" ::"r"(was_masked) : "memory");
}

#define GLOBAL_LOCK()                                                                                                  \
    {                                                                                                                  \
        const uint32_t nf_was_masked = nf_mps2_lock();
#define GLOBAL_UNLOCK()                                                                                                \
    nf_mps2_unlock(nf_was_masked);                                                                                     \
    }

#endif
