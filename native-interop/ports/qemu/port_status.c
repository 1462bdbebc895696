#include "port_status.h"

#include "nanoformer/engine.h"

const char *nf_port_status_name(int32_t status)
{
    switch (status) {
    case NF_PORT_FRAME_TORN:
        return "FRAME_TORN";
    case NF_PORT_FRAME_BAD_LENGTH:
        return "FRAME_BAD_LENGTH";
    case NF_PORT_FRAME_BAD_CHECKSUM:
        return "FRAME_BAD_CHECKSUM";
    case NF_PORT_FRAME_TOO_LONG:
        return "FRAME_TOO_LONG";
    case NF_PORT_UNKNOWN_REQUEST:
        return "UNKNOWN_REQUEST";
    case NF_PORT_NO_MODEL:
        return "NO_MODEL";
    case NF_PORT_REPLY_TOO_LONG:
        return "REPLY_TOO_LONG";
    case NF_PORT_UNKNOWN_BACKEND:
        return "UNKNOWN_BACKEND";
    default:
        return nf_status_name((nf_status)status);
    }
}

const char *nf_port_status_text(int32_t status)
{
    switch (status) {
    case NF_PORT_FRAME_TORN:
        return "the frame ended before its bytes were all there";
    case NF_PORT_FRAME_BAD_LENGTH:
        return "the frame holds more bytes than its header announces";
    case NF_PORT_FRAME_BAD_CHECKSUM:
        return "the checksum of the frame does not match";
    case NF_PORT_FRAME_TOO_LONG:
        return "the frame is larger than the receive buffer";
    case NF_PORT_UNKNOWN_REQUEST:
        return "the port does not know this request";
    case NF_PORT_NO_MODEL:
        return "no model has been opened";
    case NF_PORT_REPLY_TOO_LONG:
        return "the answer is larger than the send buffer";
    case NF_PORT_UNKNOWN_BACKEND:
        return "the port was built without these kernels";
    default:
        return nf_status_text((nf_status)status);
    }
}
