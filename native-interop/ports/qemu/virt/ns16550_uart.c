/* NS16550A UART: transmit only, as QEMU leaves it after reset. */
#include "uart.h"

#define TRANSMIT (*(volatile uint8_t *)NF_UART_BASE)
#define LINE_STATUS (*(const volatile uint8_t *)(NF_UART_BASE + 5u))
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
