/* The consumer's side: samples from where DMA put them straight into the window. */
#include "ring.h"

typedef struct reader {
    nf_capture *capture;
    int16_t *out;
    uint32_t room; /* samples that still fit */
    nf_capture_chunk *chunk;
} reader;

static uint32_t filled_slots(const nf_capture *capture)
{
    return nf_load_acquire(&capture->written) - capture->released;
}

/* Big-endian words of a sample to values in the model's order. */
static int16_t *convert(const nf_capture_settings *settings, const uint8_t *sample, int16_t *out)
{
    for (uint32_t channel = 0; channel < settings->channel_count; channel++) {
        const uint8_t *word = sample + 2u * settings->channel_word[channel];
        *out++ = (int16_t)(uint16_t)((uint32_t)word[0] << 8 | word[1]);
    }
    return out;
}

static void report_gap(nf_capture *capture, nf_capture_chunk *chunk, const nf_capture_gap *gap)
{
    chunk->lost_least = gap->least;
    chunk->lost_most = gap->most;
    chunk->lost_reasons = gap->reasons;
    capture->lost_least += gap->least;
    capture->lost_most += gap->most;
}

/* Takes what fits of the oldest burst; false when it begins with a gap and the chunk has begun. */
static bool take_from_slot(reader *to)
{
    nf_capture *capture = to->capture;
    const nf_capture_slot *slot = nf_slot(capture, capture->released);
    const bool is_at_gap = capture->taken == 0 && slot->gap.most > 0;
    if (is_at_gap && to->chunk->samples > 0) {
        return false;
    }
    if (is_at_gap) {
        report_gap(capture, to->chunk, &slot->gap);
    }
    if (to->chunk->samples == 0) {
        to->chunk->first = slot->first + capture->taken;
    }
    to->chunk->time_us = slot->time_us;
    to->chunk->time_sample = slot->first + slot->time_behind;

    const uint8_t *sample =
        nf_slot_data(capture, capture->released) + (size_t)capture->taken * capture->settings.sample_bytes;
    for (; to->room > 0 && capture->taken < capture->settings.burst_samples; capture->taken++, to->room--) {
        to->out = convert(&capture->settings, sample, to->out);
        sample += capture->settings.sample_bytes;
        to->chunk->samples++;
    }
    return true;
}

static void release_slot(nf_capture *capture)
{
    capture->taken = 0;
    nf_store_ordered(&capture->released, capture->released + 1);
}

/* After the stop the producer's last losses lie behind everything in the ring. */
static void take_last_gap(nf_capture *capture, nf_capture_chunk *chunk)
{
    if (capture->is_running || chunk->samples > 0) {
        return;
    }
    report_gap(capture, chunk, &capture->producer.gap);
    chunk->first = capture->producer.next;
    capture->producer.gap = (nf_capture_gap){0};
}

nf_capture_status nf_capture_read(nf_capture *capture, int16_t *window, size_t values, nf_capture_chunk *chunk)
{
    if (capture == NULL || capture->port == NULL || window == NULL || chunk == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    const size_t room = values / capture->settings.channel_count;
    if (room == 0) {
        return NF_CAPTURE_WRONG_SHAPE;
    }

    *chunk = (nf_capture_chunk){0};
    reader to = {capture, window, room < UINT32_MAX ? (uint32_t)room : UINT32_MAX, chunk};
    while (to.room > 0 && filled_slots(capture) > 0 && take_from_slot(&to)) {
        if (capture->taken == capture->settings.burst_samples) {
            release_slot(capture);
        }
    }
    capture->delivered += chunk->samples;
    take_last_gap(capture, chunk);
    if (capture->is_running && nf_load_ordered(&capture->stalled)) {
        capture->port->resume(capture->port->context);
    }
    return NF_CAPTURE_OK;
}

uint32_t nf_capture_waiting(const nf_capture *capture)
{
    return filled_slots(capture) * capture->settings.burst_samples - capture->taken;
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
    };
}
