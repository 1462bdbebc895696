#include "core.h"
#include "semihosting.h"
#include "stack.h"
#include "uart.h"

extern uint32_t nf_data_start[], nf_data_end[], nf_bss_start[], nf_bss_end[];
extern const uint32_t nf_data_load[];

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

_Noreturn void nf_start(uint32_t *stack_pointer)
{
    nf_stack_paint(stack_pointer);
    initialize_memory();
    nf_uart_open();
    nf_semihosting_exit((uint32_t)main());
}
