#include "producer.h"

#define MAX_WAKES_BY_FAILURE 4u

/* Edges that may have gone unseen. The line remembers one edge while interrupts are masked, not two: an interrupt that comes
 * more than half a period late may stand for several. This finds them all unless the interrupt before was late, too. */
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

void nf_capture_done(nf_capture *capture, bool succeeded)
{
    if (succeeded) {
        capture->producer.failures = 0;
    }
    if (capture->settings.fifo_bytes == 0) {
        nf_registers_done(capture, succeeded);
    } else {
        nf_fifo_done(capture, succeeded);
    }
}

void nf_capture_resume(nf_capture *capture)
{
    nf_store_ordered(&capture->stalled, 0);
    if (capture->settings.fifo_bytes != 0) {
        nf_fifo_proceed(capture);
    }
}

/* A line that stays high gives no more edges: the consumer is woken, and its next read asks for another try. Not for ever,
 * or a dead bus would keep it awake. */
void nf_bus_failed(nf_capture *capture)
{
    nf_capture_producer *producer = &capture->producer;
    producer->state = NF_BUS_IDLE;
    nf_count_up(&capture->bus_errors);
    nf_store_ordered(&capture->stalled, 1);
    if (capture->settings.trigger == NF_CAPTURE_WATERMARK && producer->failures < MAX_WAKES_BY_FAILURE) {
        producer->failures++;
        nf_ring_wake(capture);
    }
}
