/* A capture port whose transfers wait until a test plays them. */
#ifndef HAND_PORT_H
#define HAND_PORT_H

#include "nanoformer/capture_port.h"
#include "nanoformer/path.h"

typedef struct hand_port {
    uint64_t now_us;
    bool is_asked; /* a transfer waits */
    uint8_t address;
    uint8_t *destination; /* of a read; NULL for a write */
    size_t bytes;         /* to read */
    uint8_t value;        /* to write */
} hand_port;

nf_capture_port hand_port_of(hand_port *hand);

/* Opens and starts a capture and its path by a plan; the flush of the FIFO waits to be played. The port stays the caller's. */
void hand_port_start(hand_port *hand, const nf_capture_port *port, const nf_path_plan *plan, nf_capture *capture,
                     nf_path *path, int16_t *window);

#endif
