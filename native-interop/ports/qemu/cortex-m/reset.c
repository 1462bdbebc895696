/* Vector table and reset of a Cortex-M: floating-point and vector unit, then the common start. */
#include <stdint.h>

#include "core.h"
#include "semihosting.h"
#include "stack.h"
#include "uart.h"

#define CPUID (*(const volatile uint32_t *)0xE000ED00u)
#define CPACR (*(volatile uint32_t *)0xE000ED88u)
#define CFSR (*(volatile uint32_t *)0xE000ED28u)
#define CPACR_CP10_CP11_FULL 0x00F00000u
#define STACKED_PC 6

typedef void (*handler)(void);

typedef struct vector_table {
    const uint32_t *initial_stack;
    handler exceptions[15];
} vector_table;

_Noreturn void nf_reset(void);
_Noreturn void nf_report_fault(const uint32_t *frame);

_Noreturn void nf_report_fault(const uint32_t *frame)
{
    nf_uart_write("fault: cfsr=");
    nf_uart_write_hex(CFSR);
    nf_uart_write(" pc=");
    nf_uart_write_hex(frame[STACKED_PC]);
    nf_uart_write("\n");
    nf_semihosting_exit(NF_FAULT_EXIT_CODE);
}

__attribute__((naked)) static void fault(void)
{
    __asm__ volatile("mrs r0, msp\n"
                     "b nf_report_fault\n");
}

/* Sixteen entries: the port takes no interrupts, so every exception is a fault. */
__attribute__((section(".vectors"), used)) static const vector_table vectors = {
    .initial_stack = nf_stack_top,
    .exceptions = {(handler)nf_reset, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault,
                   fault, fault, fault},
};

_Noreturn void nf_reset(void)
{
    uint32_t *stack_pointer;

    CPACR |= CPACR_CP10_CP11_FULL;
    __asm__ volatile("dsb\n isb\n mov %0, sp" : "=r"(stack_pointer)::"memory");
    nf_start(stack_pointer);
}

uint32_t nf_core_id(void)
{
    return CPUID;
}
