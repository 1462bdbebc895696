#include "instruction.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#define MAX_WORD 16

bool nf_begins(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool nf_begins_any(const char *name, const char *const *prefixes)
{
    for (; *prefixes != NULL; prefixes++) {
        if (nf_begins(name, *prefixes)) {
            return true;
        }
    }
    return false;
}

/* Copies a word and returns where it ends. */
static const char *take_word(const char *from, char word[MAX_WORD])
{
    size_t length = 0;
    for (; isalnum((unsigned char)*from) || *from == '.' || *from == '_'; from++) {
        if (length + 1 < MAX_WORD) {
            word[length++] = *from;
        }
    }
    word[length] = '\0';
    return from;
}

static void add_register(nf_text *text, int number)
{
    if (text->count < NF_MAX_OPERANDS) {
        text->registers[text->count++] = number;
    }
}

nf_text nf_split(const char *disassembly, int number_of(const char *word))
{
    nf_text text = {0};
    char word[MAX_WORD];
    bool is_range = false;

    while (isspace((unsigned char)*disassembly)) {
        disassembly++;
    }
    const char *at = take_word(disassembly, text.name);
    while (*at != '\0' && *at != '<') {
        if (*at == '#' || !isalpha((unsigned char)*at)) {
            const bool is_number = *at == '#' || isdigit((unsigned char)*at);
            text.operands += *at == ',';
            is_range = *at == '-' && text.count > 0;
            at++;
            at = is_number ? take_word(at, word) : at;
            continue;
        }
        at = take_word(at, word);
        const int number = number_of(word);
        if (number >= 0 && is_range) {
            for (int i = text.registers[text.count - 1] + 1; i < number; i++) {
                add_register(&text, i);
            }
        }
        if (number >= 0) {
            add_register(&text, number);
        }
        is_range = false;
    }
    text.operands++;
    return text;
}

uint64_t nf_from(const nf_text *text, int first)
{
    uint64_t bits = 0;
    for (int i = first; i < text->count; i++) {
        bits |= 1ull << text->registers[i];
    }
    return bits;
}
