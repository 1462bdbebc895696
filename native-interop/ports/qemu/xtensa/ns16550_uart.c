/* NS16550A UART, its registers a word apart: transmit only, as QEMU leaves it after reset. */
#include "uart.h"

#define TRANSMIT (*(volatile uint32_t *)NF_UART_BASE)
#define LINE_STATUS (*(const volatile uint32_t *)(NF_UART_BASE + 4u * 5u))
#define TRANSMIT_EMPTY 0x20u

void nf_uart_open(void)
{
}

void nf_uart_put(uint8_t byte)
{
    while ((LINE_STATUS & TRANSMIT_EMPTY) == 0) {
    }
    TRANSMIT = byte;
}
