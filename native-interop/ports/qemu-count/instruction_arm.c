#include <stdlib.h>
#include <string.h>

#include "instruction.h"

static const char *const branches[] = {"b", "cbz", "cbnz", NULL};
static const char *const no_branches[] = {"bic", "bfi", "bfc", "bkpt", NULL};
static const char *const multiplies[] = {"mul", "mla",   "mls",   "smla",  "smls", "smm",
                                         "smu", "umull", "umlal", "umaal", NULL};
static const char *const dsp[] = {"ssat", "usat", "sxt",   "uxt",   "qadd",  "qsub", "sadd", "ssub",
                                  "uadd", "usub", "uqadd", "uhadd", "shadd", "sel",  "pkh",  NULL};
static const char *const systems[] = {"tbb", "tbh", "mrs", "msr", "dsb", "isb", NULL};
static const char *const compares[] = {"cmp", "cmn", "tst", "teq", NULL};
static const char *const long_results[] = {"smull", "umull", "smlal", "umlal", "umaal", NULL};
static const char *const with_old_value[] = {"smlal", "umlal", "umaal", "movt", "bfi", NULL};
static const char *const fresh[] = {"mov", "mvn", "sxt", "uxt", "clz", "rev", "neg", NULL};

static int number_of(const char *word)
{
    static const char *const names[] = {"sb", "sl", "fp", "ip", "sp", "lr", "pc"};

    for (int i = 0; i < 7; i++) {
        if (strcmp(word, names[i]) == 0) {
            return 9 + i;
        }
    }
    if (word[0] != 'r' || word[1] < '0' || word[1] > '9') {
        return -1;
    }
    const long number = strtol(word + 1, NULL, 10);
    return number < 16 ? (int)number : -1;
}

static nf_instruction transfer(const nf_text *text)
{
    const bool is_load = text->name[0] == 'l' || text->name[0] == 'p';
    const bool is_stack = nf_begins(text->name, "push") || nf_begins(text->name, "pop");
    const bool is_block = is_stack || nf_begins(text->name, "ldm") || nf_begins(text->name, "stm");
    const bool is_double = nf_begins(text->name, "ldrd") || nf_begins(text->name, "strd");
    const int first = is_block && !is_stack ? 1 : 0;
    const int words = is_block ? text->count - first : is_double ? 2 : 1;
    nf_instruction result = {.kind = NF_LOAD, .words = (uint32_t)words, .reads = nf_from(text, 0)};

    if (nf_begins(text->name, "push") || !is_load) {
        result.kind = NF_STORE;
        return result;
    }
    for (int i = first; i < first + words && i < text->count; i++) {
        result.loads |= 1ull << text->registers[i];
    }
    result.reads = is_stack ? 0 : first == 1 ? 1ull << text->registers[0] : nf_from(text, words);
    return result;
}

static nf_class class_of(const char *name, const char *disassembly)
{
    if (nf_begins_any(name, branches) && !nf_begins_any(name, no_branches)) {
        return NF_BRANCH;
    }
    if (nf_begins(name, "sdiv") || nf_begins(name, "udiv")) {
        return NF_DIVIDE;
    }
    if (nf_begins_any(name, systems)) {
        return NF_SYSTEM;
    }
    if (nf_begins_any(name, multiplies)) {
        return NF_MULTIPLY;
    }
    if (nf_begins_any(name, dsp)) {
        return NF_DSP;
    }
    return strstr(disassembly, ", lsl #") != NULL || strstr(disassembly, ", asr #") != NULL ||
                   strstr(disassembly, ", lsr #") != NULL || strstr(disassembly, ", ror #") != NULL
               ? NF_SHIFTED
               : NF_ALU;
}

nf_instruction nf_decode_arm(const char *disassembly)
{
    static const char *const transfers[] = {"ldr", "str", "ldm", "stm", "push", "pop", NULL};
    const nf_text text = nf_split(disassembly, number_of);
    const bool is_long = nf_begins_any(text.name, long_results);

    if (nf_begins_any(text.name, transfers)) {
        return transfer(&text);
    }
    nf_instruction result = {.kind = class_of(text.name, disassembly)};
    if (text.count == 0 || result.kind == NF_BRANCH || nf_begins_any(text.name, compares)) {
        result.reads = nf_from(&text, 0);
        return result;
    }
    result.writes = 1ull << text.registers[0] | (is_long && text.count > 1 ? 1ull << text.registers[1] : 0);
    result.reads = nf_from(&text, is_long ? 2 : 1);
    if (nf_begins_any(text.name, with_old_value) || (text.operands == 2 && !nf_begins_any(text.name, fresh))) {
        result.reads |= result.writes;
    }
    return result;
}
