#include "yardstick.h"

static uint32_t before;

static uint32_t retired(void)
{
    uint32_t count;
    __asm__ volatile(".option arch, +zicsr\n csrr %0, minstret" : "=r"(count)::"memory");
    return count;
}

void nf_yardstick_start(void)
{
    before = retired();
}

uint32_t nf_yardstick_ticks(void)
{
    return retired() - before;
}

void nf_yardstick_loop(void)
{
    __asm__ volatile("jal nf_port_mark\n"
                     "lui t0, 0xF4\n" /* 1,000,000 turns */
                     "addi t0, t0, 0x240\n"
                     "1: addi t0, t0, -1\n"
                     "bnez t0, 1b\n"
                     "jal nf_port_mark\n" ::
                         : "t0", "ra", "memory");
}
