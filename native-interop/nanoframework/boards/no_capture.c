/* For targets without a capture port: opening a capture fails. */
#include "nanoformer/capture_port.h"

nf_capture_status nf_capture_port_open(nf_capture_port *port, const nf_capture_wiring *wiring, nf_capture *capture,
                                       void (*wake)(void *), void *wake_context)
{
    (void)port;
    (void)wiring;
    (void)capture;
    (void)wake;
    (void)wake_context;
    return NF_CAPTURE_PORT_FAILED;
}

void nf_capture_port_close(nf_capture_port *port)
{
    (void)port;
}
