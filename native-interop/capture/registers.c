/* A sensor read by its data registers, one sample a burst. */
#include "producer.h"

static void lose_one(nf_capture *capture, uint32_t reason)
{
    nf_capture_lose(capture, 1, 1, reason);
}

static void burst_failed(nf_capture *capture)
{
    nf_ring_cancel_burst(capture);
    lose_one(capture, NF_CAPTURE_LOST_BUS_ERROR);
    nf_bus_failed(capture);
}

static void read_sample(nf_capture *capture)
{
    const nf_capture_port *port = capture->port;
    const nf_capture_settings *settings = &capture->settings;

    nf_ring_begin_burst(capture, capture->producer.edge_us, capture->producer.next);
    capture->producer.state = NF_BUS_READING;
    if (!port->read(port->context, settings->data_register, nf_slot_data(capture, capture->written),
                    settings->sample_bytes)) {
        burst_failed(capture);
    }
}

void nf_registers_interrupt(nf_capture *capture, uint32_t edges, uint32_t hidden)
{
    if (edges > 1 || hidden > 0) {
        nf_capture_lose(capture, edges - 1, (uint64_t)edges - 1 + hidden, NF_CAPTURE_LOST_LATE);
    }
    if (capture->producer.state != NF_BUS_IDLE) {
        lose_one(capture, NF_CAPTURE_LOST_BUSY);
    } else if (!nf_ring_has_room(capture)) {
        lose_one(capture, NF_CAPTURE_LOST_RING_FULL);
        nf_ring_found_full(capture);
    } else {
        read_sample(capture);
    }
}

void nf_registers_done(nf_capture *capture, bool succeeded)
{
    if (!succeeded) {
        burst_failed(capture);
        return;
    }
    capture->producer.state = NF_BUS_IDLE;
    nf_ring_publish(capture);
}
