/* ARM CMSDK APB UART (DDI 0479, chapter 4.3). */
#include "uart.h"

#define UART0 ((volatile cmsdk_uart *)NF_UART_BASE)
#define STATE_TX_FULL 1u
#define STATE_RX_FULL 2u
#define CTRL_TX_ENABLE 1u
#define CTRL_RX_ENABLE 2u
#define SMALLEST_DIVISOR 16u

typedef struct cmsdk_uart {
    uint32_t data;
    uint32_t state;
    uint32_t ctrl;
    uint32_t interrupt;
    uint32_t baud_divisor;
} cmsdk_uart;

void nf_uart_put(uint8_t byte)
{
    while ((UART0->state & STATE_TX_FULL) != 0) {
    }
    UART0->data = byte;
}

bool nf_uart_has(void)
{
    return (UART0->state & STATE_RX_FULL) != 0;
}

uint8_t nf_uart_get(void)
{
    return (uint8_t)UART0->data;
}

void nf_uart_open(void)
{
    UART0->baud_divisor = SMALLEST_DIVISOR;
    UART0->ctrl = CTRL_TX_ENABLE | CTRL_RX_ENABLE;
}
