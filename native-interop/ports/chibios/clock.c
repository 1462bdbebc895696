#include "clock.h"

#include <hal.h>

#if !PORT_SUPPORTS_RT
#error "the capture port needs a core with a cycle counter"
#endif

#define LONG_SECONDS 5u /* the counter of a 480 MHz core wraps after 8.9 s */

/* After a long silence the counter may have wrapped unseen: then the system's coarser time tells how long it was. */
uint64_t nf_clock_now_i(void)
{
    static uint64_t now_us;
    static rtcnt_t last_cycles;
    static systimestamp_t last_stamp;

    const uint32_t cycles_per_us = SystemCoreClock / 1000000u;
    const systimestamp_t stamp = chVTGetTimeStampI();
    const rtcnt_t cycles = chSysGetRealtimeCounterX();
    if (stamp - last_stamp > LONG_SECONDS * CH_CFG_ST_FREQUENCY) {
        now_us += (stamp - last_stamp) * 1000000u / CH_CFG_ST_FREQUENCY;
        last_cycles = cycles;
    } else {
        const uint32_t passed = (cycles - last_cycles) / cycles_per_us;
        now_us += passed;
        last_cycles += passed * cycles_per_us;
    }
    last_stamp = stamp;
    return now_us;
}
