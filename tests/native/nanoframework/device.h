/* A device under the glue: flash with two images, a clock, pins, and a sensor in virtual time. */
#ifndef NANOFORMER_TESTS_DEVICE_H
#define NANOFORMER_TESTS_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One random graph of the corpus, its first window, and what the C# reference computed for it. */
typedef struct device_graph {
    const uint8_t *image;
    uint32_t image_bytes, values, outputs;
    const int16_t *window;
    const int8_t *expected;
} device_graph;

typedef struct device_log {
    int32_t mapped;               /* views given out and not taken back */
    int32_t rises, falls, closes; /* of the pin */
    int32_t open_pin;             /* -1: none */
    uint32_t microseconds;        /* of the clock; reading it takes 5 */
} device_log;

extern device_graph device_windowed; /* does not stream; linked in as image 0; in partition "model" */
extern device_graph
    device_streamed; /* streams; linked in as image 1; at address DEVICE_ADDRESS, and flash ends after it */
extern device_log device;

enum { DEVICE_ADDRESS = 0x1000, DEVICE_PINS = 8 };

/* Finds both graphs. False when the corpus lacks one. */
bool device_open(void);

/* Lets the sensor of the capture make samples. */
void device_make_samples(uint32_t count);

#ifdef __cplusplus
}
#endif

#endif
