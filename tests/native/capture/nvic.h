/* Interrupts of a Cortex-M that software can set off, and SysTick. Arm v7-M Architecture Reference Manual, B3. */
#ifndef NANOFORMER_TESTS_CAPTURE_NVIC_H
#define NANOFORMER_TESTS_CAPTURE_NVIC_H

#include <stdint.h>

#define NVIC_INTERRUPTS 32u

/* Takes over the vector table. SysTick preempts everything; the interrupts preempt the program, not one another, and of
 * several that wait the one with the lowest number comes first. */
void nvic_open(void (*systick)(void));
void nvic_enable(uint32_t interrupt, void (*handler)(void));

/* Sets an interrupt off. Setting it off again before it is served makes no difference. */
void nvic_set_pending(uint32_t interrupt);

/* Keeps all interrupts but SysTick waiting. */
void nvic_mask(void);
void nvic_unmask(void);

/* SysTick fires once, this many core clocks from now. */
void nvic_systick_after(uint32_t clocks);
void nvic_systick_stop(void);

#endif
