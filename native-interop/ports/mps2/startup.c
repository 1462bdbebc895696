/* Vector table and reset for the MPS2 boards: memory, stack paint, floating-point unit, then main(). */
#include <stdint.h>

#include "semihosting.h"
#include "stack.h"
#include "uart.h"

#define CPACR (*(volatile uint32_t *)0xE000ED88u)
#define CFSR (*(volatile uint32_t *)0xE000ED28u)
#define CPACR_CP10_CP11_FULL 0x00F00000u
#define FAULT_EXIT_CODE 70u
#define STACKED_PC 6

typedef void (*handler)(void);

typedef struct vector_table {
    const uint32_t *initial_stack;
    handler exceptions[15];
} vector_table;

extern uint32_t nf_data_start[], nf_data_end[], nf_bss_start[], nf_bss_end[];
extern const uint32_t nf_data_load[];

int main(void);
_Noreturn void nf_reset(void);
_Noreturn void nf_report_fault(const uint32_t *frame);

_Noreturn void nf_report_fault(const uint32_t *frame)
{
    nf_uart_write("fault: cfsr=");
    nf_uart_write_hex(CFSR);
    nf_uart_write(" pc=");
    nf_uart_write_hex(frame[STACKED_PC]);
    nf_uart_write("\n");
    nf_semihosting_exit(FAULT_EXIT_CODE);
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

static void initialize_memory(void)
{
    const uint32_t *load = nf_data_load;
    for (uint32_t *word = nf_data_start; word < nf_data_end; word++) {
        *word = *load++;
    }
    for (uint32_t *word = nf_bss_start; word < nf_bss_end; word++) {
        *word = 0;
    }
}

_Noreturn void nf_reset(void)
{
    nf_stack_paint();
    initialize_memory();
    CPACR |= CPACR_CP10_CP11_FULL;
    __asm__ volatile("dsb\n isb\n" ::: "memory");
    nf_uart_open();
    nf_semihosting_exit((uint32_t)main());
}
