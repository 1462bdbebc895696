/* An inertial sensor of made-up samples: each carries its own number, so that whoever reads it knows which were lost. With a
 * FIFO it behaves as the MPU6050's: a full one drops its oldest bytes, wherever samples begin. */
#ifndef NANOFORMER_TESTS_CAPTURE_SENSOR_H
#define NANOFORMER_TESTS_CAPTURE_SENSOR_H

#include <stdint.h>

#define SENSOR_DATA 0x3Bu
#define SENSOR_FIFO_COUNT 0x72u
#define SENSOR_FIFO_DATA 0x74u
#define SENSOR_USER_CONTROL 0x6Au
#define SENSOR_FIFO_RESET 0x44u
#define SENSOR_MAX_FIFO 1024u

typedef struct sensor {
    uint32_t sample_bytes;
    uint32_t fifo_bytes; /* 0: no FIFO */
    uint32_t made;       /* samples since the first reset of the FIFO; since the start without one */
    uint32_t latched;    /* the sample that a burst over the data registers gives */
    uint32_t resets;
    uint32_t filled; /* bytes in the FIFO */
    uint32_t oldest; /* where they begin */
    uint8_t fifo[SENSOR_MAX_FIFO];
} sensor;

/* Makes the next sample. */
void sensor_sample(sensor *device);

/* What the bus does. The data registers hold still during a burst. */
void sensor_begin_read(sensor *device);
void sensor_read(sensor *device, uint32_t address, uint8_t *destination, uint32_t bytes);
void sensor_write(sensor *device, uint32_t address, uint8_t value);

/* The 16-bit word at `word` of sample `number`. Words 0 and 1 are the number's halves. */
uint16_t sensor_word(uint32_t number, uint32_t word);

#endif
