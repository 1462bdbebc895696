/* The consumer's side: bursts where DMA put them. */
#include "ring.h"

static uint32_t filled_slots(const nf_capture *capture)
{
    return nf_load_acquire(&capture->written) - capture->released;
}

static void show_gap(nf_capture *capture, nf_capture_chunk *chunk, uint32_t least, uint32_t most, uint32_t reasons)
{
    chunk->lost_least = least;
    chunk->lost_most = most;
    chunk->lost_reasons = reasons;
    capture->lost_least += least;
    capture->lost_most += most;
}

static void show_oldest(nf_capture *capture, nf_capture_chunk *chunk)
{
    nf_capture_slot *slot = nf_slot(capture, capture->released);

    chunk->bytes = nf_slot_data(capture, capture->released) + (size_t)capture->taken * capture->settings.sample_bytes;
    chunk->first = slot->first + capture->taken;
    chunk->time_us = slot->time_us;
    chunk->time_sample = slot->first + slot->time_behind;
    chunk->samples = slot->samples - capture->taken;
    show_gap(capture, chunk, slot->lost_least, slot->lost_most, slot->lost_reasons);
    slot->lost_least = slot->lost_most = 0;
    slot->lost_reasons = 0;
}

/* After the stop the producer's last losses lie behind everything in the ring. */
static void show_last_gap(nf_capture *capture, nf_capture_chunk *chunk)
{
    nf_capture_gap *gap = &capture->producer.gap;

    chunk->first = capture->producer.next;
    show_gap(capture, chunk, gap->least, gap->most, gap->reasons);
    *gap = (nf_capture_gap){0};
}

nf_capture_status nf_capture_read(nf_capture *capture, nf_capture_chunk *chunk)
{
    if (capture == NULL || capture->port == NULL || chunk == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    *chunk = (nf_capture_chunk){0};
    if (filled_slots(capture) > 0) {
        show_oldest(capture, chunk);
    } else if (!capture->is_running) {
        show_last_gap(capture, chunk);
    }
    if (capture->is_running && nf_load_ordered(&capture->stalled)) {
        capture->port->resume(capture->port->context);
    }
    return NF_CAPTURE_OK;
}

void nf_capture_release(nf_capture *capture, uint32_t samples)
{
    if (samples == 0) {
        return;
    }
    capture->taken += samples;
    capture->delivered += samples;
    if (capture->taken == nf_slot(capture, capture->released)->samples) {
        capture->taken = 0;
        nf_store_ordered(&capture->released, capture->released + 1);
    }
}

uint64_t nf_capture_silent_us(const nf_capture *capture)
{
    const uint32_t since = (uint32_t)capture->port->now(capture->port->context) - nf_load_acquire(&capture->heard_us);
    return since <= INT32_MAX ? since : 0; /* heard while this looked at the clock */
}

uint32_t nf_capture_failures(const nf_capture *capture)
{
    return nf_load_acquire(&capture->failures);
}

uint32_t nf_capture_retries(const nf_capture *capture)
{
    return nf_load_relaxed(&capture->retries);
}

void nf_capture_sum(const nf_capture *capture, nf_capture_totals *totals)
{
    *totals = (nf_capture_totals){
        .delivered = capture->delivered,
        .lost_least = capture->lost_least,
        .lost_most = capture->lost_most,
        .bursts = nf_load_relaxed(&capture->bursts),
        .overruns = nf_load_relaxed(&capture->overruns),
        .flushes = nf_load_relaxed(&capture->flushes),
        .bus_errors = nf_load_relaxed(&capture->bus_errors),
        .wakes = nf_load_relaxed(&capture->wakes),
        .retries = nf_load_relaxed(&capture->retries),
    };
}
