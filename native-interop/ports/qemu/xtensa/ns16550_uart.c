/* NS16550A UART, its registers a word apart, as QEMU leaves it after reset. */
#include "uart.h"

#define DATA (*(volatile uint32_t *)NF_UART_BASE)
#define LINE_STATUS (*(const volatile uint32_t *)(NF_UART_BASE + 4u * 5u))
#define TRANSMIT_EMPTY 0x20u
#define DATA_READY 0x01u

void nf_uart_open(void)
{
}

void nf_uart_put(uint8_t byte)
{
    while ((LINE_STATUS & TRANSMIT_EMPTY) == 0) {
    }
    DATA = byte;
}

bool nf_uart_has(void)
{
    return (LINE_STATUS & DATA_READY) != 0;
}

uint8_t nf_uart_get(void)
{
    return (uint8_t)DATA;
}
