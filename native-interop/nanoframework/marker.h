/* The marker: a pin that is high during inferences. */
#ifndef NANOFORMER_MARKER_H
#define NANOFORMER_MARKER_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Makes `pin` the marker, instead of the one before. False when the board cannot. */
bool nf_marker_attach(int32_t pin);

/* Leaves the pin low and lets it go. */
void nf_marker_detach(void);

/* Drives the pin, when there is one. */
void nf_marker_write(bool high);

#ifdef __cplusplus
}
#endif

#endif
