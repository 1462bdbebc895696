/* A sensor read by its data registers, one sample per burst. */
#include "bus.h"
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

static void start_burst(nf_capture *capture)
{
    capture->producer.edges = 0;
    if (!nf_bus_start(capture, NF_BUS_READING)) {
        burst_failed(capture);
    }
}

void nf_registers_interrupt(nf_capture *capture, uint32_t edges, uint32_t hidden)
{
    capture->producer.edges += edges;
    if (edges > 1 || hidden > 0) {
        nf_capture_lose(capture, edges - 1, (uint64_t)edges - 1 + hidden, NF_CAPTURE_LOST_LATE);
    }
    if (capture->producer.state != NF_BUS_IDLE) {
        lose_one(capture, NF_CAPTURE_LOST_BUSY);
    } else if (!nf_ring_has_room(capture)) {
        lose_one(capture, NF_CAPTURE_LOST_RING_FULL);
        nf_ring_found_full(capture);
    } else {
        nf_ring_begin_burst(capture, 1, capture->producer.edge_us, capture->producer.next);
        start_burst(capture);
    }
}

/* After another edge the registers hold another sample: then a refused burst is not begun again. */
void nf_registers_done(nf_capture *capture, nf_capture_transfer result)
{
    if (capture->producer.edges == 0 && nf_bus_tries_again(capture, result)) {
        start_burst(capture);
        return;
    }
    capture->producer.tries = 0;
    if (result != NF_TRANSFER_DONE) {
        burst_failed(capture);
        return;
    }
    capture->producer.state = NF_BUS_IDLE;
    nf_ring_publish(capture);
}
