/* Frames of the byte stream between PC and core (PROTOCOL.md). */
#ifndef NANOFORMER_PORTS_QEMU_FRAME_H
#define NANOFORMER_PORTS_QEMU_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NF_FRAME_MAX_PAYLOAD 16384u
#define NF_FRAME_REPLY_FLAG 0x80u

typedef struct nf_frame {
    uint8_t kind;
    uint8_t sequence;
    uint16_t length;
    const uint8_t *payload; /* 4-byte aligned, valid until the next frame is received */
} nf_frame;

/* Waits for the next frame. `*status` is 0, or the NF_PORT_FRAME_... that says how it was damaged; `frame` is then
 * untouched. False when the stream has ended. */
bool nf_frame_receive(nf_frame *frame, int32_t *status);

/* Sends one frame. `length` must not exceed NF_FRAME_MAX_PAYLOAD. */
void nf_frame_send(uint8_t kind, uint8_t sequence, const uint8_t *payload, size_t length);

#endif
