#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "instruction.h"

static const char *const loads[] = {"lb", "lh", "lw", NULL};
static const char *const jumps[] = {"b", "j", "ret", "call", "tail", NULL};
static const char *const divisions[] = {"div", "rem", NULL};

static int number_of(const char *word)
{
    static const char *const names[] = {"zero", "ra", "sp", "gp", "tp",  "t0",  "t1", "t2", "s0", "s1", "a0",
                                        "a1",   "a2", "a3", "a4", "a5",  "a6",  "a7", "s2", "s3", "s4", "s5",
                                        "s6",   "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"};
    for (int i = 0; i < 32; i++) {
        if (strcmp(word, names[i]) == 0) {
            return i;
        }
    }
    return -1;
}

/* QEMU writes the instruction's own digits before it. */
static const char *behind_digits(const char *text)
{
    size_t digits = 0;
    while (isspace((unsigned char)*text)) {
        text++;
    }
    while (isxdigit((unsigned char)text[digits])) {
        digits++;
    }
    return (digits == 4 || digits == 8) && isspace((unsigned char)text[digits]) ? text + digits : text;
}

nf_instruction nf_decode_riscv(const char *disassembly)
{
    const nf_text text = nf_split(behind_digits(disassembly), number_of);
    const bool is_store = strcmp(text.name, "sb") == 0 || strcmp(text.name, "sh") == 0 || strcmp(text.name, "sw") == 0;
    nf_instruction result = {.kind = NF_ALU, .reads = nf_from(&text, 0)};

    if (nf_begins_any(text.name, jumps)) {
        result.kind = NF_BRANCH;
    } else if (is_store) {
        result.kind = NF_STORE;
        result.words = 1;
    } else if (text.count > 0) {
        const bool is_load = nf_begins_any(text.name, loads);
        result.kind = is_load                               ? NF_LOAD
                      : nf_begins(text.name, "mul")         ? NF_MULTIPLY
                      : nf_begins_any(text.name, divisions) ? NF_DIVIDE
                      : nf_begins(text.name, "csr")         ? NF_SYSTEM
                                                            : NF_ALU;
        result.words = is_load;
        result.reads = nf_from(&text, 1);
        *(is_load ? &result.loads : &result.writes) = (1ull << text.registers[0]) & ~1ull; /* zero is not a result */
    }
    result.reads &= ~1ull;
    return result;
}
