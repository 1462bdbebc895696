#include "yardstick.h"

#include "mark.h"

static uint32_t before;

static uint32_t cycles(void)
{
    uint32_t count;
    __asm__ volatile("rsr.ccount %0" : "=r"(count)::"memory");
    return count;
}

void nf_yardstick_start(void)
{
    before = cycles();
}

uint32_t nf_yardstick_ticks(void)
{
    return cycles() - before;
}

void nf_yardstick_loop(void)
{
    __asm__ volatile("call0 nf_port_mark\n"
                     "movi a2, 15625\n" /* 1,000,000 turns */
                     "slli a2, a2, 6\n"
                     "1: addi a2, a2, -1\n"
                     "bnez a2, 1b\n"
                     "call0 nf_port_mark\n" ::
                         : "a2", "a0", "memory");
}
