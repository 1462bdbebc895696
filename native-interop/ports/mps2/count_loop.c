/* A loop of known length between two marks, with SysTick read outside them: the yardstick of the instruction counter.
 * Between the marks stand two moves, 1,000,000 turns of two instructions, and the call of the second mark. */
#include <stdint.h>

#include "mark.h"
#include "uart.h"

#define SYST_CSR (*(volatile uint32_t *)0xE000E010u)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014u)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018u)
#define SYST_CSR_ENABLE_CORE_CLOCK 5u
#define SYST_LARGEST 0x00FFFFFFu

static void loop_between_marks(void)
{
    __asm__ volatile("bl nf_port_mark\n"
                     "movw r0, #0x4240\n" /* 1,000,000 turns */
                     "movt r0, #0x000F\n"
                     "1: subs r0, r0, #1\n"
                     "bne 1b\n"
                     "bl nf_port_mark\n" ::
                         : "r0", "lr", "cc", "memory");
}

int main(void)
{
    SYST_RVR = SYST_LARGEST;
    SYST_CVR = 0;
    SYST_CSR = SYST_CSR_ENABLE_CORE_CLOCK;
    const uint32_t before = SYST_CVR;
    loop_between_marks();
    const uint32_t after = SYST_CVR;
    nf_uart_write("ticks=0x");
    nf_uart_write_hex((before - after) & SYST_LARGEST);
    nf_uart_write("\n");
    return 0;
}
