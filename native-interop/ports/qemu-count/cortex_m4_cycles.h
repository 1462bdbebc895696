/* Estimated Cortex-M4 cycles, instruction by instruction: README.md says where the numbers come from and what they leave out. */
#ifndef NANOFORMER_PORTS_QEMU_COUNT_CORTEX_M4_CYCLES_H
#define NANOFORMER_PORTS_QEMU_COUNT_CORTEX_M4_CYCLES_H

#include <stdbool.h>
#include <stdint.h>

/* Cycles to fill the pipeline again after a branch that was taken: 1 to 3 in the manual. */
#define NF_M4_REFILL_CYCLES 2u

typedef struct nf_m4_cost {
    uint32_t cycles;
    bool is_single_access; /* the next single load or store overlaps with it */
} nf_m4_cost;

/* Cost of an instruction from its disassembly, such as "ldrd r4, r5, [r0], #8", without the refill of a branch. */
nf_m4_cost nf_m4_cost_of(const char *disassembly, bool after_single_access);

#endif
