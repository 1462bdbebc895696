/* What can go wrong between the PC and the core, numbered below the engine's own nf_status. */
#ifndef NANOFORMER_PORTS_QEMU_PORT_STATUS_H
#define NANOFORMER_PORTS_QEMU_PORT_STATUS_H

#include <stdint.h>

enum {
    NF_PORT_FRAME_TORN = -64,         /* the frame ended before its bytes were all there */
    NF_PORT_FRAME_BAD_LENGTH = -65,   /* more bytes than the frame's header announces */
    NF_PORT_FRAME_BAD_CHECKSUM = -66, /* the frame's CRC-32 does not match */
    NF_PORT_FRAME_TOO_LONG = -67,     /* a frame larger than the receive buffer */
    NF_PORT_UNKNOWN_REQUEST = -68,    /* a request kind this port does not know */
    NF_PORT_NO_MODEL = -69,           /* a request that needs a model, before OPEN succeeded */
    NF_PORT_REPLY_TOO_LONG = -70,     /* an answer larger than the send buffer */
    NF_PORT_UNKNOWN_BACKEND = -71     /* kernels that this build does not have */
};

/* Name and text of a port status or an engine status. */
const char *nf_port_status_name(int32_t status);
const char *nf_port_status_text(int32_t status);

#endif
