/* Time: SysTick gives the milliseconds and what lies between them, the two CMSDK timers one interrupt each. */
#include "board.h"

#define CORE_HERTZ 25000000u
#define CYCLES_PER_MS (CORE_HERTZ / 1000u)
#define CYCLES_PER_US (CORE_HERTZ / 1000000u)

#define SYST_CSR (*(volatile uint32_t *)0xE000E010u)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014u)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018u)
#define SYST_ON 7u /* counts the core's clock, interrupts at 0 */
#define ICSR (*(const volatile uint32_t *)0xE000ED04u)
#define ICSR_TICK_PENDS (1u << 26)

typedef struct cmsdk_timer {
    uint32_t ctrl, value, reload, interrupt;
} cmsdk_timer;

#define TIMER(number) ((volatile cmsdk_timer *)(0x40000000u + 0x1000u * (uint32_t)(number)))
#define TIMER_ON 9u /* counts, interrupts at 0 */

static volatile uint32_t milliseconds; /* wraps after 49 days */

void nf_clock_start(void)
{
    SYST_RVR = CYCLES_PER_MS - 1u;
    SYST_CVR = 0;
    SYST_CSR = SYST_ON;
}

/* Cycles since the start: the tick may be waiting to be counted. */
static uint64_t cycles(void)
{
    const uint32_t was_masked = nf_mask_interrupts();
    uint32_t left = SYST_CVR;
    uint64_t whole = milliseconds;

    if ((ICSR & ICSR_TICK_PENDS) != 0) {
        left = SYST_CVR;
        whole++;
    }
    nf_unmask_interrupts(was_masked);
    return whole * CYCLES_PER_MS + (left == 0 ? 0 : CYCLES_PER_MS - left);
}

uint64_t nf_clock_us(void)
{
    return cycles() / CYCLES_PER_US;
}

uint64_t nf_clock_ticks(void)
{
    return cycles() * 2u / 5u;
}

uint64_t nf_clock_coarse_ticks(void)
{
    return (uint64_t)milliseconds * 10000u;
}

void nf_tick_interrupt(void)
{
    milliseconds++;
    nf_on_tick(nf_clock_coarse_ticks());
}

void nf_timer_set(nf_timer timer, uint64_t due_us)
{
    volatile cmsdk_timer *device = TIMER(timer);

    device->ctrl = 0;
    if (due_us == UINT64_MAX) {
        return;
    }
    const uint64_t now = cycles();
    const uint64_t due = due_us * CYCLES_PER_US;
    const uint64_t wait = (due > now ? due - now : 0) + CYCLES_PER_US; /* not before that microsecond has begun */
    device->reload = device->value = wait < UINT32_MAX ? (uint32_t)wait : UINT32_MAX;
    device->ctrl = TIMER_ON;
}

void nf_timer_end(nf_timer timer)
{
    TIMER(timer)->ctrl = 0;
    TIMER(timer)->interrupt = 1;
}
