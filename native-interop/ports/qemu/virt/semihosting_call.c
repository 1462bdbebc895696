#include "semihosting_call.h"

/* The three instructions, uncompressed and in one page, are the trap: "RISC-V Semihosting", 1.0. */
uint32_t nf_semihosting_call(uint32_t operation, const uint32_t *arguments)
{
    register uint32_t a0 __asm__("a0") = operation;
    register const uint32_t *a1 __asm__("a1") = arguments;
    __asm__ volatile(".option push\n"
                     ".option norvc\n"
                     ".balign 16\n"
                     "slli zero, zero, 0x1f\n"
                     "ebreak\n"
                     "srai zero, zero, 7\n"
                     ".option pop\n"
                     : "+r"(a0)
                     : "r"(a1)
                     : "memory");
    return a0;
}
