#include "cortex_m4_cycles.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define DIVISION_CYCLES 7u /* 2 to 12 in the manual */

static bool begins(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Registers in a list such as "{r4, r5, r7-r9, lr}". */
static uint32_t registers_in(const char *text)
{
    const char *at = strchr(text, '{');
    uint32_t count = at != NULL ? 1 : 0;

    for (; at != NULL && *at != '\0' && *at != '}'; at++) {
        if (*at == ',') {
            count++;
        } else if (*at == '-') {
            const char *first = at;
            while (first[-1] >= '0' && first[-1] <= '9') {
                first--;
            }
            count += (uint32_t)(strtoul(at + 2, NULL, 10) - strtoul(first, NULL, 10));
        }
    }
    return count;
}

static bool is_block_transfer(const char *name)
{
    return begins(name, "ldm") || begins(name, "stm") || begins(name, "push") || begins(name, "pop");
}

nf_m4_cost nf_m4_cost_of(const char *disassembly, bool after_single_access)
{
    while (isspace((unsigned char)*disassembly)) {
        disassembly++;
    }
    if (begins(disassembly, "ldrd") || begins(disassembly, "strd")) {
        return (nf_m4_cost){.cycles = 3};
    }
    if (is_block_transfer(disassembly)) {
        return (nf_m4_cost){.cycles = 1 + registers_in(disassembly)};
    }
    if (begins(disassembly, "ldr") || begins(disassembly, "str")) {
        return (nf_m4_cost){.cycles = after_single_access ? 1 : 2, .is_single_access = true};
    }
    if (begins(disassembly, "udiv") || begins(disassembly, "sdiv")) {
        return (nf_m4_cost){.cycles = DIVISION_CYCLES};
    }
    if (begins(disassembly, "tbb") || begins(disassembly, "tbh") || begins(disassembly, "mrs") ||
        begins(disassembly, "msr")) {
        return (nf_m4_cost){.cycles = 2};
    }
    return (nf_m4_cost){.cycles = 1};
}
