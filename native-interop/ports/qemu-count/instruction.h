/* What the cycle models need to know of an instruction, read from QEMU's disassembly of it. */
#ifndef NANOFORMER_PORTS_QEMU_COUNT_INSTRUCTION_H
#define NANOFORMER_PORTS_QEMU_COUNT_INSTRUCTION_H

#include <stdbool.h>
#include <stdint.h>

typedef enum nf_class {
    NF_ALU,
    NF_SHIFTED, /* an ALU operation with a shifted operand */
    NF_DSP,     /* saturation, halves and bytes */
    NF_MULTIPLY,
    NF_DIVIDE,
    NF_LOAD,
    NF_STORE,
    NF_BRANCH,
    NF_SYSTEM, /* special registers, table branches */
    NF_CLASSES
} nf_class;

#define NF_REGISTERS 40     /* 0-31 general, then Xtensa's m0-m3 and accumulator */
#define NF_MAC_REGISTERS 32 /* m0 */
#define NF_ACCUMULATOR 36

typedef struct nf_instruction {
    nf_class kind;
    uint32_t words;  /* registers that a load or store moves */
    uint64_t reads;  /* a bit a register */
    uint64_t writes; /* results; */
    uint64_t loads;  /* and those that come from memory */
} nf_instruction;

typedef nf_instruction nf_decoder(const char *disassembly);

nf_decoder nf_decode_arm, nf_decode_riscv, nf_decode_xtensa;

#define NF_MAX_OPERANDS 20

/* Name and registers, in their order, a range such as r4-r7 as all of them; what is not a register is left out. */
typedef struct nf_text {
    char name[16];
    int registers[NF_MAX_OPERANDS];
    int count;    /* of registers */
    int operands; /* separated by commas */
} nf_text;

/* `number_of` gives a register's number, or -1 for another word. */
nf_text nf_split(const char *disassembly, int number_of(const char *word));

bool nf_begins(const char *text, const char *prefix);

/* Whether a name begins with one of the prefixes, ended by null. */
bool nf_begins_any(const char *name, const char *const *prefixes);

/* Registers from the one at `first` on, as bits. */
uint64_t nf_from(const nf_text *text, int first);

#endif
