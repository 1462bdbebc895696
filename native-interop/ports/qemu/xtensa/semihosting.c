/* Xtensa's SIMCALL: operation in a2, arguments from a3 on, result in a2. File numbers are the emulator's own. */
#include "semihosting.h"

#define SYS_EXIT 1u
#define SYS_READ 3u
#define SYS_WRITE 4u
#define STANDARD_INPUT 0u
#define STANDARD_OUTPUT 1u
#define PAGE 4096u

static uint32_t simcall(uint32_t operation, uint32_t file, const void *bytes, size_t count)
{
    register uint32_t a2 __asm__("a2") = operation;
    register uint32_t a3 __asm__("a3") = file;
    register const void *a4 __asm__("a4") = bytes;
    register size_t a5 __asm__("a5") = count;
    __asm__ volatile("simcall" : "+r"(a2), "+r"(a3) : "r"(a4), "r"(a5) : "memory");
    return a2;
}

void nf_semihosting_open(void)
{
}

/* QEMU reads page by page and waits for each, so that a whole page could hold back what has arrived: no read crosses into another one. */
size_t nf_semihosting_read(uint8_t *buffer, size_t capacity)
{
    const size_t page_left = PAGE - ((uint32_t)buffer & (PAGE - 1u));
    return simcall(SYS_READ, STANDARD_INPUT, buffer, capacity < page_left ? capacity : page_left);
}

bool nf_semihosting_write(const uint8_t *bytes, size_t count)
{
    return simcall(SYS_WRITE, STANDARD_OUTPUT, bytes, count) == count;
}

_Noreturn void nf_semihosting_exit(uint32_t code)
{
    for (;;) {
        simcall(SYS_EXIT, code, NULL, 0);
    }
}
