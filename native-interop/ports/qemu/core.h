/* What every architecture provides, and the common start that its reset leads to. */
#ifndef NANOFORMER_PORTS_QEMU_CORE_H
#define NANOFORMER_PORTS_QEMU_CORE_H

#include <stdint.h>

#define NF_FAULT_EXIT_CODE 70u

/* Arm: the CPUID register. RISC-V: misa. */
uint32_t nf_core_id(void);

/* Paints the stack below `stack_pointer`, fills the memory, and runs main(). */
_Noreturn void nf_start(uint32_t *stack_pointer);

int main(void);

#endif
