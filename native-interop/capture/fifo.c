/* A sensor read by its FIFO. Each burst follows a count of what the FIFO holds. While nothing has gone wrong, the FIFO loses
 * nothing. After an overflow, a misalignment or a failed burst it is flushed, and the next count tells what was lost: samples
 * made, less samples brought, less samples in the FIFO. */
#include "fifo.h"
#include "ledger.h"
#include "producer.h"

/* Counts in a row before odd bytes are taken for a misalignment, not for a sample just being written, and before bounds are
 * taken for an answer when edges come during every count. */
#define MAX_ATTEMPTS 3u

static void flush_because(nf_capture *capture, uint32_t held, uint32_t reasons)
{
    nf_ledger_condemn(capture, held, reasons);
    nf_count_up(&capture->flushes);
    capture->producer.flush_due = true;
}

/* Overflown, or no longer aligned. A count beyond the capacity says nothing. */
static void flush_overflown(nf_capture *capture)
{
    const nf_capture_settings *settings = &capture->settings;
    const uint32_t counted = capture->producer.counted;
    const uint32_t held = counted <= settings->fifo_bytes ? counted / settings->sample_bytes : 0;
    const uint32_t full = capture->producer.was_full ? NF_CAPTURE_LOST_RING_FULL : 0;

    flush_because(capture, held, NF_CAPTURE_LOST_FIFO_OVERFLOW | full);
    nf_fifo_begin_flush(capture);
}

static bool is_due(const nf_capture *capture)
{
    const nf_capture_producer *producer = &capture->producer;
    if (producer->suspicions != 0) {
        return true;
    }
    return nf_counts_edges(capture) ? producer->made_high >= producer->next + capture->settings.burst_samples
                                    : producer->is_due;
}

/* Announces the stall first and looks again after it, so that room made meanwhile is not overlooked. */
static bool has_room_or_stalls(nf_capture *capture)
{
    if (nf_ring_has_room(capture)) {
        return true;
    }
    nf_store_ordered(&capture->stalled, 1);
    if (nf_ring_has_room(capture)) {
        return true;
    }
    nf_ring_found_full(capture);
    return false;
}

void nf_fifo_proceed(nf_capture *capture)
{
    if (capture->producer.state != NF_BUS_IDLE) {
        return;
    }
    if (capture->producer.flush_due) {
        nf_fifo_begin_flush(capture);
    } else if (is_due(capture) && has_room_or_stalls(capture)) {
        capture->producer.attempts = 0;
        nf_fifo_begin_count(capture);
    }
}

static bool is_unsettled(const nf_capture *capture)
{
    const nf_capture_producer *producer = &capture->producer;
    return producer->suspicions != 0 && producer->edges > 0 && nf_counts_edges(capture);
}

static void accept_count(nf_capture *capture, uint32_t held)
{
    const uint32_t burst = capture->settings.burst_samples;

    nf_ledger_count_ends(capture, held, nf_fifo_now(capture));
    capture->producer.state = NF_BUS_IDLE;
    if (held >= 2 * burst) {
        capture->producer.is_due = true;
    }
    if (held >= burst) {
        nf_fifo_begin_burst(capture);
    }
}

static void count_done(nf_capture *capture)
{
    const uint8_t *count = nf_slot_data(capture, capture->written);
    const uint32_t bytes = (uint32_t)count[0] << 8 | count[1];
    const bool overflown = bytes >= capture->settings.fifo_bytes;
    const bool torn = bytes % capture->settings.sample_bytes != 0;

    capture->producer.counted = bytes;
    if (!overflown && (torn || is_unsettled(capture)) && ++capture->producer.attempts < MAX_ATTEMPTS) {
        nf_fifo_begin_count(capture);
        return;
    }
    if (!overflown && !torn) {
        accept_count(capture, bytes / capture->settings.sample_bytes);
        return;
    }
    flush_overflown(capture);
}

/* A FIFO that ran over between count and burst has dropped its oldest bytes: the burst does not begin where a sample does. */
static void read_done(nf_capture *capture)
{
    const uint64_t made = nf_ledger_made_since_count(capture, nf_fifo_now(capture));
    const uint32_t room = capture->settings.fifo_bytes - capture->producer.counted;

    if (made * capture->settings.sample_bytes > room) {
        nf_ring_cancel_burst(capture);
        flush_overflown(capture);
        return;
    }
    capture->producer.state = NF_BUS_IDLE;
    nf_ring_publish(capture);
    nf_fifo_proceed(capture);
}

static void flush_done(nf_capture *capture)
{
    capture->producer.flush_due = false;
    capture->producer.state = NF_BUS_IDLE;
    if (!capture->producer.has_begun) {
        nf_ledger_open(capture, nf_fifo_now(capture));
    }
    nf_fifo_proceed(capture);
}

static void transfer_failed(nf_capture *capture)
{
    switch (capture->producer.state) {
    case NF_BUS_COUNTING:
        nf_fifo_count_failed(capture);
        return;
    case NF_BUS_READING:
        /* Some of its bytes have left the FIFO. */
        nf_fifo_burst_failed(capture);
        flush_because(capture, 0, NF_CAPTURE_LOST_BUS_ERROR);
        return;
    default:
        nf_bus_failed(capture);
        return;
    }
}

void nf_fifo_done(nf_capture *capture, bool succeeded)
{
    if (!succeeded) {
        transfer_failed(capture);
        return;
    }
    switch (capture->producer.state) {
    case NF_BUS_COUNTING:
        count_done(capture);
        return;
    case NF_BUS_READING:
        read_done(capture);
        return;
    default:
        flush_done(capture);
        return;
    }
}

void nf_fifo_interrupt(nf_capture *capture, uint32_t edges, uint32_t hidden)
{
    capture->producer.is_fresh = true;
    capture->producer.is_due = true;
    nf_ledger_edges(capture, edges, hidden);
    nf_fifo_proceed(capture);
}
