/* System events, as interrupts raise them. */
#ifndef NANOPAL_EVENTS_H
#define NANOPAL_EVENTS_H

#include <stdint.h>

extern "C" void Events_Set(uint32_t events);

#endif
