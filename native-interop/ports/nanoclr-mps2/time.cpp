/* The CLR's time, its waiting and its two timers, all of them by the board's millisecond tick. */
#include "board.h"

#include <nanoCLR_Runtime.h>
#include <nanoHAL.h>
#include <nanoHAL_Time.h>
#include <nanoPAL_Events.h>

static const uint64_t TicksPerMillisecond = 10000; /* system ticks are .NET's: 100 ns */
static const uint64_t TicksPerMicrosecond = 10;

static uint64_t completion_due = UINT64_MAX;
static uint64_t flag_due = UINT64_MAX;
static bool *flag;

void nf_on_tick(uint64_t ticks)
{
    const nf_mps2_straps *straps = nf_mps2_straps_of_board();

    if (straps->stop_ms != 0 && ticks >= straps->stop_ms * TicksPerMillisecond) {
        nf_leave(true);
    }
    if (ticks >= flag_due) {
        flag_due = UINT64_MAX;
        *flag = true;
    }
    if (ticks >= completion_due) {
        completion_due = UINT64_MAX;
        HAL_COMPLETION::DequeueAndExec(); /* sets the next one */
    }
}

extern "C" {

uint64_t HAL_Time_CurrentSysTicks(void)
{
    return nf_clock_ticks();
}

uint64_t HAL_Time_SysTicksToTime(uint64_t ticks)
{
    return ticks;
}

uint64_t CPU_MillisecondsToTicks(uint64_t milliseconds)
{
    return milliseconds * TicksPerMillisecond;
}

void HAL_Time_Sleep_MicroSeconds(unsigned int microseconds)
{
    const uint64_t end = nf_clock_ticks() + microseconds * TicksPerMicrosecond;
    while (nf_clock_ticks() < end) {
        nf_wait_for_interrupt();
    }
}

/* The board has no calendar: its time begins in 1601, the CLR's first year. */
uint64_t HAL_Time_CurrentDateTime(bool date_only)
{
    const uint64_t day = 86400 * 1000 * TicksPerMillisecond;
    const uint64_t now = nf_clock_ticks();
    return date_only ? now - now % day : now;
}

/* [-][d.]hh:mm:ss[.fffffff], as TimeSpan writes it; moves `text` on. */
bool HAL_Time_TimeSpanToStringEx(const int64_t &span, char *&text, size_t &room)
{
    const uint64_t ticks = span < 0 ? 0 - (uint64_t)span : (uint64_t)span;
    const unsigned fraction = (unsigned)(ticks % (1000 * TicksPerMillisecond));
    const uint64_t seconds = ticks / (1000 * TicksPerMillisecond);
    const unsigned of_day = (unsigned)(seconds % 86400);

    if (span < 0) {
        CLR_SafeSprintf(text, room, "-");
    }
    if (seconds >= 86400) {
        CLR_SafeSprintf(text, room, "%u.", (unsigned)(seconds / 86400));
    }
    CLR_SafeSprintf(text, room, "%02u:%02u:%02u", of_day / 3600, of_day / 60 % 60, of_day % 60);
    if (fraction != 0) {
        CLR_SafeSprintf(text, room, ".%07u", fraction);
    }
    return room != 0;
}

HRESULT Time_Initialize(void)
{
    return S_OK;
}

HRESULT Time_Uninitialize(void)
{
    completion_due = UINT64_MAX;
    return S_OK;
}

void Time_SetCompare(uint64_t ticks)
{
    const uint32_t was_masked = nf_mask_interrupts();
    completion_due = ticks == HAL_COMPLETION_IDLE_VALUE ? UINT64_MAX : ticks;
    nf_unmask_interrupts(was_masked);
}

void Events_SetBoolTimer(bool *complete, uint32_t milliseconds)
{
    const uint32_t was_masked = nf_mask_interrupts();
    flag = complete;
    flag_due = complete == NULL ? UINT64_MAX : nf_clock_ticks() + milliseconds * TicksPerMillisecond;
    nf_unmask_interrupts(was_masked);
}

/* Sleeps with interrupts masked, which end the sleep all the same: none can slip in between the look and the sleep. */
uint32_t Events_WaitForEvents(uint32_t power_level, uint32_t wanted, uint32_t milliseconds)
{
    const uint64_t end =
        milliseconds == EVENTS_TIMEOUT_INFINITE ? UINT64_MAX : nf_clock_ticks() + milliseconds * TicksPerMillisecond;
    uint32_t events;

    (void)power_level;
    while ((events = Events_MaskedRead(wanted)) == 0 && nf_clock_coarse_ticks() < end) {
        if (HAL_CONTINUATION::Dequeue_And_Execute()) {
            continue;
        }
        const uint32_t was_masked = nf_mask_interrupts();
        if (Events_MaskedRead(wanted) == 0) {
            nf_wait_for_interrupt();
        }
        nf_unmask_interrupts(was_masked);
    }
    return events;
}

void FreeManagedEvent(uint8_t category, uint8_t sub_category, uint16_t data1, uint32_t data2)
{
    (void)category;
    (void)sub_category;
    (void)data1;
    (void)data2;
}
}
