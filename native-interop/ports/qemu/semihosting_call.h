/* One semihosting operation: each architecture has its own way to stop for the emulator. */
#ifndef NANOFORMER_PORTS_QEMU_SEMIHOSTING_CALL_H
#define NANOFORMER_PORTS_QEMU_SEMIHOSTING_CALL_H

#include <stdint.h>

/* `arguments` is the operation's block of words; returns its result. */
uint32_t nf_semihosting_call(uint32_t operation, const uint32_t *arguments);

#endif
