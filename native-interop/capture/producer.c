#include "producer.h"

/* Edges that may have gone unseen. The line remembers one edge while interrupts are masked, not two: an interrupt that comes
 * more than half a period late may stand for several. This finds them all unless the interrupt before was late too. */
static uint32_t hidden_edges(const nf_capture *capture, uint32_t edges, uint64_t time_us)
{
    const uint32_t shortest = capture->settings.shortest_period_us;
    if (capture->settings.trigger != NF_CAPTURE_DATA_READY || capture->producer.edge_us == 0) {
        return 0;
    }
    const uint64_t elapsed = time_us - capture->producer.edge_us;
    if (elapsed <= (uint64_t)edges * shortest + shortest / 2) {
        return 0;
    }
    return (uint32_t)((elapsed + shortest - 1) / shortest) - edges;
}

void nf_capture_interrupt(nf_capture *capture, uint32_t edges, uint64_t time_us)
{
    const uint32_t hidden = hidden_edges(capture, edges, time_us);
    capture->producer.edge_us = time_us;
    if (capture->settings.fifo_bytes == 0) {
        nf_registers_interrupt(capture, edges, hidden);
    } else {
        nf_fifo_interrupt(capture, edges, hidden);
    }
}

void nf_capture_done(nf_capture *capture, nf_capture_transfer result)
{
    if (result == NF_TRANSFER_DONE) {
        nf_store_release(&capture->failures, 0);
    }
    if (capture->settings.fifo_bytes == 0) {
        nf_registers_done(capture, result);
    } else {
        nf_fifo_done(capture, result);
    }
}

void nf_capture_alarm(nf_capture *capture)
{
    if (capture->settings.trigger == NF_CAPTURE_TIMED) {
        nf_fifo_alarm(capture);
    }
}

void nf_capture_resume(nf_capture *capture)
{
    nf_store_ordered(&capture->stalled, 0);
    if (capture->settings.fifo_bytes != 0) {
        nf_fifo_proceed(capture);
    }
}
