/* A sensor read by its FIFO. Each burst follows a count of what the FIFO holds; TIMED, one count is followed by as many bursts
 * as it takes. While nothing has gone wrong, the FIFO loses nothing. After an overflow, a misalignment or a broken burst it is
 * flushed, and the next count tells what was lost: samples made, less samples brought, less samples in the FIFO. */
#include "bus.h"
#include "ledger.h"
#include "producer.h"

/* Counts in a row before odd bytes are taken for a misalignment, not for a sample just being written, and before bounds are
 * taken for an answer when edges come during every count. */
#define MAX_ATTEMPTS 3u

/* A FIFO with less room at the count may run over before the burst begins. */
#define LEAST_ROOM_SAMPLES 2u

static bool is_timed(const nf_capture *capture)
{
    return capture->settings.trigger == NF_CAPTURE_TIMED;
}

/* The sensor goes on: numbering begins all the same, and what is made until the FIFO is emptied is lost. */
static void flush_failed(nf_capture *capture)
{
    if (!capture->producer.has_begun) {
        nf_ledger_open(capture, nf_bus_now(capture));
        nf_ledger_condemn(capture, 0, NF_CAPTURE_LOST_BUS_ERROR);
    }
    nf_bus_failed(capture);
}

static void begin_flush(nf_capture *capture)
{
    nf_ledger_count_begins(capture, nf_bus_now(capture));
    if (!nf_bus_start(capture, NF_BUS_FLUSHING)) {
        flush_failed(capture);
    }
}

/* Of a FIFO that the flush has stopped. */
static void begin_run(nf_capture *capture)
{
    if (!nf_bus_start(capture, NF_BUS_STARTING)) {
        flush_failed(capture);
    }
}

static void count_failed(nf_capture *capture)
{
    capture->producer.is_due = true;
    nf_bus_failed(capture);
}

static void begin_count(nf_capture *capture)
{
    nf_capture_producer *producer = &capture->producer;

    nf_ledger_count_begins(capture, nf_bus_now(capture));
    const bool is_stamped = nf_counts_edges(capture) || producer->is_fresh;
    producer->stamp_us = is_stamped ? producer->edge_us : producer->count_begun_us;
    producer->is_fresh = false;
    producer->is_due = false;
    if (!nf_bus_start(capture, NF_BUS_COUNTING)) {
        count_failed(capture);
    }
}

/* What was counted stays in the FIFO: the next count finds it again. */
static void burst_refused(nf_capture *capture)
{
    nf_ring_cancel_burst(capture);
    capture->producer.is_due = true;
    nf_bus_failed(capture);
}

static void begin_burst(nf_capture *capture, uint32_t samples)
{
    const nf_capture_producer *producer = &capture->producer;
    const uint64_t at_stamp = producer->made_high - producer->edges;

    nf_ring_begin_burst(capture, samples, producer->stamp_us,
                        at_stamp > producer->next ? at_stamp - 1 : producer->next);
    if (!nf_bus_start(capture, NF_BUS_READING)) {
        burst_refused(capture);
    }
}

static void flush_because(nf_capture *capture, uint32_t held, uint32_t reasons)
{
    nf_ledger_condemn(capture, held, reasons);
    nf_count_up(&capture->flushes);
    capture->producer.flush_due = true;
}

/* A count beyond the capacity says nothing. */
static void flush_counted(nf_capture *capture, uint32_t reason)
{
    const nf_capture_settings *settings = &capture->settings;
    const uint32_t counted = capture->producer.counted;
    const uint32_t held = counted <= settings->fifo_bytes ? counted / settings->sample_bytes : 0;
    const uint32_t full = capture->producer.was_full ? NF_CAPTURE_LOST_RING_FULL : 0;

    flush_because(capture, held, reason | full);
    begin_flush(capture);
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
        begin_flush(capture);
    } else if (is_due(capture) && has_room_or_stalls(capture)) {
        capture->producer.attempts = 0;
        begin_count(capture);
    }
}

static bool is_unsettled(const nf_capture *capture)
{
    const nf_capture_producer *producer = &capture->producer;
    return producer->suspicions != 0 && producer->edges > 0 && nf_counts_edges(capture);
}

/* TIMED: the next burst of what the count told of. */
static void bring_owed(nf_capture *capture)
{
    nf_capture_producer *producer = &capture->producer;
    const uint32_t most = capture->settings.burst_samples;

    if (producer->owed == 0) {
        nf_ring_complete(capture);
        nf_fifo_proceed(capture);
    } else if (has_room_or_stalls(capture)) {
        begin_burst(capture, producer->owed < most ? producer->owed : most);
    } else {
        producer->is_due = true;
    }
}

static void accept_count(nf_capture *capture, uint32_t held)
{
    const uint32_t burst = capture->settings.burst_samples;

    nf_ledger_count_ends(capture, held, nf_bus_now(capture));
    capture->producer.state = NF_BUS_IDLE;
    if (is_timed(capture)) {
        capture->producer.owed = held;
        bring_owed(capture);
        return;
    }
    if (held >= 2 * burst) {
        capture->producer.is_due = true;
    }
    if (held >= burst) {
        begin_burst(capture, burst);
    }
}

static uint32_t counted_bytes(const nf_capture *capture)
{
    const uint8_t *count = nf_slot_data(capture, capture->written);
    const nf_capture_settings *settings = &capture->settings;
    const uint32_t first = settings->is_little_endian ? 1 : 0;
    const uint32_t all = (uint32_t)count[first] << 8 | count[1 - first];
    const uint32_t counted = settings->count_mask != 0 ? all & settings->count_mask : all;
    return settings->count_unit != 0 ? counted * settings->count_unit : counted;
}

/* One word of each kind, all of the same turn. */
static bool is_whole(const nf_capture_settings *settings, const uint8_t *sample)
{
    const nf_capture_tags *tags = &settings->tags;
    const uint32_t words = settings->sample_bytes / tags->word_bytes;
    uint32_t seen = 0;

    for (uint32_t word = 0; word < words; word++) {
        const uint8_t tag = sample[word * tags->word_bytes];
        for (uint32_t kind = 0; kind < words; kind++) {
            seen |= (tag & tags->kind_mask) == tags->kinds[kind] ? 1u << kind : 0;
        }
        if ((tag ^ sample[0]) & tags->turn_mask) {
            return false;
        }
    }
    return seen + 1 == 1u << words;
}

static bool is_burst_whole(const nf_capture *capture, uint32_t samples)
{
    const nf_capture_settings *settings = &capture->settings;
    const uint8_t *sample = nf_slot_data(capture, capture->written);

    for (uint32_t i = 0; settings->tags.word_bytes != 0 && i < samples; i++, sample += settings->sample_bytes) {
        if (!is_whole(settings, sample)) {
            return false;
        }
    }
    return true;
}

static void count_done(nf_capture *capture)
{
    const nf_capture_settings *settings = &capture->settings;
    const uint32_t bytes = counted_bytes(capture);
    const bool overflown = bytes + LEAST_ROOM_SAMPLES * settings->sample_bytes > settings->fifo_bytes;
    const bool torn = bytes % settings->sample_bytes != 0;

    capture->producer.counted = bytes;
    if (overflown) {
        nf_ring_hears(capture, capture->producer.count_begun_us);
        flush_counted(capture, NF_CAPTURE_LOST_FIFO_OVERFLOW);
    } else if ((torn || is_unsettled(capture)) && ++capture->producer.attempts < MAX_ATTEMPTS) {
        begin_count(capture);
    } else if (torn) {
        flush_counted(capture, NF_CAPTURE_LOST_MISALIGNED);
    } else {
        accept_count(capture, bytes / settings->sample_bytes);
    }
}

/* A FIFO that ran over between count and burst has dropped its oldest bytes: the burst does not begin where a sample does. */
static void read_done(nf_capture *capture)
{
    nf_capture_producer *producer = &capture->producer;
    const uint64_t made = nf_ledger_made_since_count(capture, nf_bus_now(capture));
    const uint32_t samples = nf_slot(capture, capture->written)->samples;

    if (made * capture->settings.sample_bytes > capture->settings.fifo_bytes - producer->counted) {
        nf_ring_cancel_burst(capture);
        flush_counted(capture, NF_CAPTURE_LOST_FIFO_OVERFLOW);
        return;
    }
    if (!is_burst_whole(capture, samples)) {
        nf_ring_cancel_burst(capture);
        flush_counted(capture, NF_CAPTURE_LOST_MISALIGNED);
        return;
    }
    producer->state = NF_BUS_IDLE;
    nf_ring_publish(capture);
    if (is_timed(capture)) {
        producer->owed -= samples;
        producer->counted -= samples * capture->settings.sample_bytes;
        bring_owed(capture);
        return;
    }
    nf_fifo_proceed(capture);
}

static void flush_done(nf_capture *capture)
{
    if (capture->producer.state == NF_BUS_FLUSHING && capture->settings.run_value != 0) {
        begin_run(capture);
        return;
    }
    capture->producer.flush_due = false;
    capture->producer.state = NF_BUS_IDLE;
    if (!capture->producer.has_begun) {
        const uint64_t now = nf_bus_now(capture);
        nf_ledger_open(capture, now);
        if (is_timed(capture)) {
            nf_ring_hears(capture, now);
            nf_bus_alarm_at(capture, now + capture->settings.poll_us);
        }
    }
    nf_fifo_proceed(capture);
}

static void transfer_done(nf_capture *capture)
{
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

/* Some of its bytes have left the FIFO. TIMED: the next alarm may be far. */
static void burst_broken(nf_capture *capture)
{
    nf_ring_cancel_burst(capture);
    flush_because(capture, 0, NF_CAPTURE_LOST_BUS_ERROR);
    nf_bus_failed(capture);
    if (is_timed(capture)) {
        begin_flush(capture);
    }
}

static void transfer_failed(nf_capture *capture, nf_capture_transfer result)
{
    switch (capture->producer.state) {
    case NF_BUS_COUNTING:
        count_failed(capture);
        return;
    case NF_BUS_READING:
        if (result == NF_TRANSFER_REFUSED) {
            burst_refused(capture);
        } else {
            burst_broken(capture);
        }
        return;
    default:
        flush_failed(capture);
        return;
    }
}

/* A count is another one when it is begun again; it keeps the stamp of an edge. */
static void try_again(nf_capture *capture)
{
    nf_capture_producer *producer = &capture->producer;
    switch (producer->state) {
    case NF_BUS_COUNTING:
        producer->is_fresh |= producer->stamp_us == producer->edge_us;
        begin_count(capture);
        return;
    case NF_BUS_READING:
        if (!nf_bus_start(capture, NF_BUS_READING)) {
            burst_refused(capture);
        }
        return;
    case NF_BUS_STARTING:
        begin_run(capture);
        return;
    default:
        begin_flush(capture);
        return;
    }
}

void nf_fifo_done(nf_capture *capture, nf_capture_transfer result)
{
    if (nf_bus_tries_again(capture, result)) {
        try_again(capture);
    } else if (result == NF_TRANSFER_DONE) {
        transfer_done(capture);
    } else {
        transfer_failed(capture, result);
    }
}

void nf_fifo_interrupt(nf_capture *capture, uint32_t edges, uint32_t hidden)
{
    capture->producer.is_fresh = true;
    capture->producer.is_due = true;
    nf_ledger_edges(capture, edges, hidden);
    nf_fifo_proceed(capture);
}

/* Nothing else would wake the consumer. */
static void wake_if_silent(nf_capture *capture, uint64_t now)
{
    const uint32_t since = (uint32_t)now - nf_load_relaxed(&capture->heard_us);
    if (!capture->producer.is_silent && since >= NF_CAPTURE_SILENT_HALF_POLLS * (capture->settings.poll_us / 2)) {
        capture->producer.is_silent = true;
        nf_ring_wake(capture);
    }
}

/* An alarm that comes late counts from then on. */
void nf_fifo_alarm(nf_capture *capture)
{
    nf_capture_producer *producer = &capture->producer;
    const uint64_t now = nf_bus_now(capture);
    const uint64_t next_us = producer->alarm_us + capture->settings.poll_us;

    nf_bus_alarm_at(capture, next_us > now ? next_us : now + capture->settings.poll_us);
    wake_if_silent(capture, now);
    producer->is_due = true;
    nf_fifo_proceed(capture);
}
