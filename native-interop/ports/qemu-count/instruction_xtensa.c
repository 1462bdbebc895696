#include <stdlib.h>
#include <string.h>

#include "instruction.h"

static const char *const branches[] = {"b", "j", "call", "ret", NULL};
static const char *const loads[] = {"l8", "l16", "l32", NULL};
static const char *const stores[] = {"s8i", "s16i", "s32", NULL};
static const char *const multiplies[] = {"mul16", "mull", "muluh", "mulsh", NULL};
static const char *const divisions[] = {"quo", "rem", NULL};
static const char *const systems[] = {"rsr", "wsr", "xsr", "isync", "rsync", "esync", "dsync", "memw", "rsil", NULL};
static const char *const with_old_value[] = {"moveqz", "movnez", "movltz", "movgez", NULL};
static const char *const no_result[] = {"ss", "loop", "nop", NULL}; /* the shift amount's register is left out */

static int number_of(const char *word)
{
    if ((word[0] != 'a' && word[0] != 'm') || word[1] < '0' || word[1] > '9') {
        return -1;
    }
    const long number = strtol(word + 1, NULL, 10);
    return word[0] == 'a' ? (number < 16 ? (int)number : -1) : number < 4 ? NF_MAC_REGISTERS + (int)number : -1;
}

/* ldinc m, a; mula.dd.ll m, m; mula.dd.ll.ldinc m, a, m, m. */
static nf_instruction mac16(const nf_text *text, const char *disassembly)
{
    const bool has_load = strstr(disassembly, "ld") != NULL;
    nf_instruction result = {
        .kind = has_load ? NF_LOAD : NF_MULTIPLY, .words = has_load, .reads = nf_from(text, has_load)};

    result.writes = nf_begins(text->name, "ld") ? 0 : 1ull << NF_ACCUMULATOR;
    if (has_load && text->count > 0) {
        result.loads = 1ull << text->registers[0];
    }
    return result;
}

nf_instruction nf_decode_xtensa(const char *disassembly)
{
    const nf_text text = nf_split(disassembly, number_of);
    nf_instruction result = {.kind = NF_ALU, .reads = nf_from(&text, 0)};

    if (nf_begins(text.name, "mula") || nf_begins(text.name, "ldinc") || nf_begins(text.name, "umul.aa")) {
        return mac16(&text, disassembly);
    }
    if (nf_begins_any(text.name, branches)) {
        result.kind = NF_BRANCH;
        return result;
    }
    if (nf_begins_any(text.name, stores)) {
        result.kind = NF_STORE;
        result.words = 1;
        return result;
    }
    if (text.count == 0 || nf_begins_any(text.name, no_result)) {
        return result;
    }
    const bool is_load = nf_begins_any(text.name, loads);
    result.kind = is_load                                ? NF_LOAD
                  : nf_begins_any(text.name, multiplies) ? NF_MULTIPLY
                  : nf_begins_any(text.name, divisions)  ? NF_DIVIDE
                  : nf_begins_any(text.name, systems)    ? NF_SYSTEM
                                                         : NF_ALU;
    result.words = is_load;
    if (nf_begins(text.name, "wsr")) {
        return result;
    }
    *(is_load ? &result.loads : &result.writes) = 1ull << text.registers[0];
    result.reads = nf_from(&text, nf_begins_any(text.name, with_old_value) ? 0 : 1);
    if (nf_begins(text.name, "rsr.acc")) {
        result.reads |= 1ull << NF_ACCUMULATOR;
    }
    return result;
}
