/* The capture port: what a board gives to the capture, and what it calls when something happens.
 *
 * The four calls below are the producer. They must never overlap one another: one interrupt priority, one task, or one
 * critical section. The consumer may run at the same time, on another core, too.
 */
#ifndef NANOFORMER_CAPTURE_PORT_H
#define NANOFORMER_CAPTURE_PORT_H

#include <stdbool.h>

#include "nanoformer/capture.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Given by the board. `context` is handed to every function. */
typedef struct nf_capture_port {
    void *context;

    /* Starts reading `bytes` bytes from `first_register` on into `destination` (aligned to NF_CAPTURE_ALIGNMENT; nothing
     * else lies in its last cache line), and returns without waiting. False when it could not start. Otherwise
     * nf_capture_done follows, never from within the call; by then the bytes are visible to the core, caches included. */
    bool (*read)(void *context, uint8_t first_register, uint8_t *destination, size_t bytes);

    /* Starts writing one register, in the same way. */
    bool (*write)(void *context, uint8_t address, uint8_t value);

    /* Microseconds of a clock that never goes back. */
    uint64_t (*now)(void *context);

    /* Producer to consumer: a hop has gathered, the ring is full, or the bus failed. Called from the producer. */
    void (*wake)(void *context);

    /* Consumer to producer: nf_capture_resume is to be called soon, as a part of the producer. */
    void (*resume)(void *context);

    /* Consumer: claims bus and interrupt line; false when it cannot. From here on the producer may be called. */
    bool (*enable)(void *context);

    /* Consumer: gives them back. Returns when no transfer is in flight and the producer will not be called any longer. */
    void (*disable)(void *context);

    /* TIMED: nf_capture_alarm is to be called soon after `at_us` of `now`. One alarm at a time: a later call replaces the
     * earlier one. Called from the producer. Null where a board has none. */
    void (*alarm)(void *context, uint64_t at_us);

    /* Optional, called by whoever waits for the consumer while nothing is in flight: puts the host to light sleep until
     * `until_us`, an interrupt or an alarm. False when it cannot. */
    bool (*rest)(void *context, uint64_t until_us);
} nf_capture_port;

/* The sensor's line rose `edges` times (1 or more) since the last call, the last time at `time_us`. Edges that came before a
 * transfer ended must be handed over before its nf_capture_done. */
void nf_capture_interrupt(nf_capture *capture, uint32_t edges, uint64_t time_us);

/* How a transfer ended. */
typedef enum nf_capture_transfer {
    NF_TRANSFER_DONE,    /* all of its bytes were moved */
    NF_TRANSFER_REFUSED, /* no acknowledge before the first byte of data: nothing was moved */
    NF_TRANSFER_BROKEN   /* anything else: bytes may have left the sensor */
} nf_capture_transfer;

/* Times a refused transfer is begun again before it counts as failed. */
#define NF_CAPTURE_RETRIES 3u

/* The transfer has ended. */
void nf_capture_done(nf_capture *capture, nf_capture_transfer result);

/* The time of the last alarm has come. */
void nf_capture_alarm(nf_capture *capture);

/* Room was made, or another try is due. */
void nf_capture_resume(nf_capture *capture);

/* Where a board's port finds the sensor, in the board's own numbers. */
typedef enum nf_capture_bus { NF_CAPTURE_I2C, NF_CAPTURE_SPI } nf_capture_bus;

typedef struct nf_capture_wiring {
    nf_capture_bus kind;
    uint8_t bus;            /* number of the bus as the managed API counts them: 1 is the first */
    uint16_t address;       /* I2C: 7-bit address; SPI: pin of the chip select */
    uint16_t interrupt_pin; /* the sensor's INT, active high */
    uint32_t hertz;         /* clock of an SPI bus; an I2C bus keeps the one it has */
} nf_capture_wiring;

/* Given once by each board port (ports/chibios, ports/esp-idf): a port for the sensor at `wiring`. `wake` is called with
 * `wake_context` from the producer, in an interrupt or a task as the board has it. One capture at a time. */
nf_capture_status nf_capture_port_open(nf_capture_port *port, const nf_capture_wiring *wiring, nf_capture *capture,
                                       void (*wake)(void *), void *wake_context);
void nf_capture_port_close(nf_capture_port *port);

#ifdef __cplusplus
}
#endif

#endif
