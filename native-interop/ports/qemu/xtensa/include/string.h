/* What the engine's port, the tests and the compiler take from a C library: there is none for this core (../string.c). */
#ifndef NANOFORMER_PORTS_QEMU_XTENSA_STRING_H
#define NANOFORMER_PORTS_QEMU_XTENSA_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t count);
void *memmove(void *to, const void *from, size_t count);
void *memset(void *bytes, int value, size_t count);
int memcmp(const void *a, const void *b, size_t count);
size_t strlen(const char *text);

#endif
