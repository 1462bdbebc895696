/* A piece of code of known length, and the core's own counter: the yardstick of the instruction counter. */
#ifndef NANOFORMER_PORTS_QEMU_YARDSTICK_H
#define NANOFORMER_PORTS_QEMU_YARDSTICK_H

#include <stdint.h>

/* Between two marks: two moves, 1,000,000 turns of two instructions, and the call of the second mark. */
void nf_yardstick_loop(void);

/* Arm: SysTick at the core's clock. RISC-V: retired instructions. Under QEMU both follow the instructions only with -icount. */
void nf_yardstick_start(void);
uint32_t nf_yardstick_ticks(void);

#endif
