/* The board's first UART, polled: the log for people. */
#ifndef NANOFORMER_PORTS_QEMU_UART_H
#define NANOFORMER_PORTS_QEMU_UART_H

#include <stdint.h>

void nf_uart_open(void);
void nf_uart_put(uint8_t byte);
void nf_uart_write(const char *text);
void nf_uart_write_hex(uint32_t value);

#endif
