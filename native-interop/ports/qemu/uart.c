#include "uart.h"

void nf_uart_write(const char *text)
{
    while (*text != '\0') {
        nf_uart_put((uint8_t)*text++);
    }
}

void nf_uart_write_hex(uint32_t value)
{
    static const uint8_t digits[] = "0123456789abcdef";

    for (int shift = 28; shift >= 0; shift -= 4) {
        nf_uart_put(digits[(value >> shift) & 15u]);
    }
}
