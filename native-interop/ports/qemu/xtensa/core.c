#include "core.h"

#include "semihosting.h"
#include "uart.h"

_Noreturn void nf_report_fault(uint32_t cause, uint32_t pc);

_Noreturn void nf_report_fault(uint32_t cause, uint32_t pc)
{
    nf_uart_write("fault: exccause=");
    nf_uart_write_hex(cause);
    nf_uart_write(" pc=");
    nf_uart_write_hex(pc);
    nf_uart_write("\n");
    nf_semihosting_exit(NF_FAULT_EXIT_CODE);
}

uint32_t nf_core_id(void)
{
    uint32_t configuration;
    __asm__("rsr.208 %0" : "=r"(configuration)); /* CONFIGID1 */
    return configuration;
}
