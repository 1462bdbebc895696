/* Estimated cycles of instructions that are executed one after the other: README.md says where the numbers come from and what they leave
 * out. */
#ifndef NANOFORMER_PORTS_QEMU_COUNT_CYCLES_H
#define NANOFORMER_PORTS_QEMU_COUNT_CYCLES_H

#include <stddef.h>

#include "instruction.h"

typedef struct nf_cycle_model {
    const char *name; /* of the core, as CMake's presets name it */
    nf_decoder *decode;
    uint32_t width;               /* instructions that can begin in one cycle */
    uint32_t issue[NF_CLASSES];   /* cycles until the next one can begin */
    uint32_t latency[NF_CLASSES]; /* cycles until a result can be used */
    uint32_t refill;              /* cycles to fill the pipeline again after a branch that was taken */
    bool predicts;                /* only when it went elsewhere the last time */
    bool loops_in_hardware;       /* a jump without a branch costs nothing */
    bool overlaps_accesses;       /* a single load or store after another takes 1 cycle, not `issue` */
    uint32_t words_per_cycle;     /* of a transfer of several registers; 0: it takes 1 + registers */
} nf_cycle_model;

/* Null where there is no model of the core. */
const nf_cycle_model *nf_cycle_model_of(const char *core);

/* The pipeline between two instructions. */
typedef struct nf_pipeline {
    uint32_t now;                 /* cycle at which the next instruction can begin */
    uint32_t ready[NF_REGISTERS]; /* and at which a register can be read */
    uint32_t open;                /* instructions that can still begin in the cycle before */
    uint32_t busy;                /* classes that cannot, as bits */
    bool after_access;
} nf_pipeline;

void nf_pipeline_execute(nf_pipeline *pipeline, const nf_cycle_model *model, const nf_instruction *instructions,
                         size_t count);

#endif
