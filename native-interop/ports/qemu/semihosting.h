/* Semihosting: exit codes, and the console as a byte stream. Under QEMU the console is the emulator's own standard
 * input and output, and the core is parked while there is nothing to read. */
#ifndef NANOFORMER_PORTS_QEMU_SEMIHOSTING_H
#define NANOFORMER_PORTS_QEMU_SEMIHOSTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Opens both directions of the console. Call once before reading or writing. */
void nf_semihosting_open(void);

/* Waits for at least one byte, reads at most `capacity`, returns how many; 0 when the stream has ended. */
size_t nf_semihosting_read(uint8_t *buffer, size_t capacity);

/* False when nobody reads any more. */
bool nf_semihosting_write(const uint8_t *bytes, size_t count);

/* Ends the emulation with this exit code. */
_Noreturn void nf_semihosting_exit(uint32_t code);

#endif
