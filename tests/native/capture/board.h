/* A board in virtual time: the sensor, its line, a bus whose transfers take a while, and interrupts that can be masked. */
#ifndef NANOFORMER_TESTS_CAPTURE_BOARD_H
#define NANOFORMER_TESTS_CAPTURE_BOARD_H

#include "nanoformer/capture_port.h"
#include "sensor.h"

typedef struct board {
    sensor device;
    nf_capture *capture;
    nf_capture_port port;
    uint32_t watermark_bytes; /* 0: an edge every sample; else when the FIFO grows up to this */
    bool has_no_line;         /* no edges at all */
    uint32_t period_us;
    uint32_t byte_us;         /* time of a transfer: for each byte and three more */
    uint32_t resume_delay_us; /* from the consumer's wish to nf_capture_resume */
    bool refuses, fails;      /* the next transfer: does not start, breaks off half-way */
    uint32_t nacks;           /* this many transfers from now on are not acknowledged */
    uint64_t now_us;
    uint64_t masked_until_us; /* interrupts wait until then; the line remembers one edge */
    uint64_t next_sample_us;
    uint64_t resume_us, alarm_us;
    uint32_t wakes;
    bool is_enabled, resume_asked, edge_waits, alarm_is_set;

    struct {
        bool in_flight, is_write, fails, is_refused;
        uint8_t address, value;
        uint8_t *destination;
        size_t bytes;
        uint64_t ends_us;
        bool has_moved; /* the bytes are there, the interrupt is not yet served */
    } transfer;
} board;

/* A board at rest. The caller opens the capture with `port` and may replace its functions. */
void board_open(board *on, nf_capture *capture, uint32_t sample_bytes, uint32_t fifo_bytes);

/* Goes on to the next thing that happens: a sample, the end of a transfer, an alarm, interrupts unmasked. */
void board_step(board *on);

#endif
