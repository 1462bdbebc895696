/* Reset and faults of QEMU's RISC-V board "virt", without firmware (-bios none): the only hart starts here, in machine mode. */
#include <stdint.h>

#include "core.h"
#include "semihosting.h"
#include "stack.h"
#include "uart.h"

void nf_reset(void);
_Noreturn void nf_report_fault(uint32_t cause, uint32_t pc);

_Noreturn void nf_report_fault(uint32_t cause, uint32_t pc)
{
    nf_uart_write("fault: mcause=");
    nf_uart_write_hex(cause);
    nf_uart_write(" pc=");
    nf_uart_write_hex(pc);
    nf_uart_write("\n");
    nf_semihosting_exit(NF_FAULT_EXIT_CODE);
}

/* The port takes no interrupts, so every trap is a fault. */
__attribute__((naked, used, aligned(4))) static void fault(void)
{
    __asm__ volatile(".option arch, +zicsr\n"
                     "csrr a0, mcause\n"
                     "csrr a1, mepc\n"
                     "j nf_report_fault\n");
}

__attribute__((naked, used, section(".reset"))) void nf_reset(void)
{
    __asm__ volatile(".option push\n"
                     ".option norelax\n"
                     "la gp, __global_pointer$\n"
                     ".option pop\n"
                     ".option arch, +zicsr\n"
                     "la sp, nf_stack_top\n"
                     "la t0, fault\n"
                     "csrw mtvec, t0\n"
                     "mv a0, sp\n"
                     "tail nf_start\n");
}

uint32_t nf_core_id(void)
{
    uint32_t misa;
    __asm__(".option arch, +zicsr\n csrr %0, misa" : "=r"(misa));
    return misa;
}
