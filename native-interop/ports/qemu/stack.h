/* The painted stack: how deep it ever was. */
#ifndef NANOFORMER_PORTS_QEMU_STACK_H
#define NANOFORMER_PORTS_QEMU_STACK_H

#include <stdint.h>

/* Bounds of the stack, from the linker script. It grows from the top down. */
extern uint32_t nf_stack_bottom[], nf_stack_top[];

/* Fills the stack with a pattern, up to a little below `stack_pointer`, its value at reset. Called once, first thing. */
void nf_stack_paint(const uint32_t *stack_pointer);

/* Bytes between the top and the deepest word that was ever written since the paint. */
uint32_t nf_stack_high_water(void);

/* Bytes the stack has altogether. */
uint32_t nf_stack_size(void);

#endif
