/* The board's first UART, polled: the log for people, or the line of the device under test. */
#ifndef NANOFORMER_PORTS_QEMU_UART_H
#define NANOFORMER_PORTS_QEMU_UART_H

#include <stdbool.h>
#include <stdint.h>

void nf_uart_open(void);
void nf_uart_put(uint8_t byte);

/* Whether a byte has come, and that byte. */
bool nf_uart_has(void);
uint8_t nf_uart_get(void);

void nf_uart_write(const char *text);
void nf_uart_write_hex(uint32_t value);

#endif
