/* Microseconds from the core's cycle counter, carried beyond its 32 bits. */
#ifndef NANOFORMER_PORTS_CHIBIOS_CLOCK_H
#define NANOFORMER_PORTS_CHIBIOS_CLOCK_H

#include <stdint.h>

/* In a critical section. */
uint64_t nf_clock_now_i(void);

#endif
