/* The CLR's own clock, as fine as the target's system tick: for targets without a file of their own. */
#include "../firmware_board.h"

#include <nanoHAL_Time.h>

uint32_t nf_board_ticks(void)
{
    return (uint32_t)HAL_Time_CurrentSysTicks();
}

uint32_t nf_board_microseconds(uint32_t ticks)
{
    return (uint32_t)(HAL_Time_SysTicksToTime(ticks) / 10);
}
