/* Opening, starting, stopping: what happens while the producer is quiet. */
#include "ledger.h"
#include "ring.h"

static bool are_tags_valid(const nf_capture_settings *settings)
{
    const uint32_t word_bytes = settings->tags.word_bytes;
    return settings->fifo_bytes != 0 && word_bytes >= 3 && word_bytes % 2 == 1 &&
           settings->sample_bytes % word_bytes == 0 && settings->sample_bytes / word_bytes <= NF_CAPTURE_MAX_WORDS;
}

static bool is_layout_valid(const nf_capture_settings *settings)
{
    return settings->sample_bytes >= 2 && settings->sample_bytes <= NF_CAPTURE_MAX_SAMPLE_BYTES &&
           (settings->tags.word_bytes != 0 ? are_tags_valid(settings) : settings->sample_bytes % 2 == 0);
}

/* Unseen edges are told from late ones by half a period: the slowest clock must stay clear of that. */
static bool is_timing_valid(const nf_capture_settings *settings)
{
    return settings->shortest_period_us > 0 && settings->longest_period_us >= settings->shortest_period_us &&
           (uint64_t)settings->longest_period_us * 2 < (uint64_t)settings->shortest_period_us * 3;
}

/* With two samples of room left, because a FIFO with less counts as overflown. */
static bool fits_fifo(const nf_capture_settings *settings, uint64_t samples)
{
    return (samples + 2) * settings->sample_bytes <= settings->fifo_bytes;
}

static bool is_burst_valid(const nf_capture_settings *settings)
{
    if (settings->burst_samples == 0 || settings->hop_samples == 0) {
        return false;
    }
    switch (settings->trigger) {
    case NF_CAPTURE_DATA_READY:
        if (settings->fifo_bytes == 0) {
            return settings->burst_samples == 1 && settings->poll_us == 0;
        }
        return settings->poll_us == 0 && fits_fifo(settings, settings->burst_samples);
    case NF_CAPTURE_WATERMARK:
        return settings->poll_us == 0 && fits_fifo(settings, settings->burst_samples);
    case NF_CAPTURE_TIMED:
        return settings->poll_us > 0 && fits_fifo(settings, settings->burst_samples) &&
               fits_fifo(settings, settings->poll_us / settings->shortest_period_us);
    default:
        return false;
    }
}

static uint32_t slots_in(size_t bytes, uint32_t slot_bytes)
{
    const size_t most = bytes / (slot_bytes + sizeof(nf_capture_slot));
    uint32_t slots = 1;
    while (slots <= most / 2 && slots < UINT32_C(0x10000)) {
        slots *= 2;
    }
    return slots <= most ? slots : 0;
}

nf_capture_status nf_capture_open(nf_capture *capture, const nf_capture_settings *settings, const nf_capture_port *port,
                                  void *memory, size_t bytes)
{
    if (capture == NULL || settings == NULL || port == NULL || memory == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    if (!is_layout_valid(settings) || !is_timing_valid(settings) || !is_burst_valid(settings)) {
        return NF_CAPTURE_BAD_SETTINGS;
    }
    if ((uintptr_t)memory % NF_CAPTURE_ALIGNMENT != 0) {
        return NF_CAPTURE_MISALIGNED;
    }
    const uint32_t burst_bytes = (uint32_t)settings->burst_samples * settings->sample_bytes;
    const uint32_t slot_bytes = (burst_bytes + NF_CAPTURE_ALIGNMENT - 1) / NF_CAPTURE_ALIGNMENT * NF_CAPTURE_ALIGNMENT;
    const uint32_t slots = slots_in(bytes, slot_bytes);
    if (slots < 2 || slots * settings->burst_samples < (uint32_t)settings->hop_samples + settings->burst_samples) {
        return NF_CAPTURE_MEMORY_TOO_SMALL;
    }

    if (settings->trigger == NF_CAPTURE_TIMED && port->alarm == NULL) {
        return NF_CAPTURE_PORT_FAILED;
    }

    *capture = (nf_capture){
        .settings = *settings,
        .port = port,
        .slots = memory,
        .data = (uint8_t *)memory + slots * sizeof(nf_capture_slot),
        .slot_count = slots,
        .slot_bytes = slot_bytes,
    };
    return NF_CAPTURE_OK;
}

static void forget(nf_capture *capture)
{
    const nf_capture fresh = {
        .settings = capture->settings,
        .port = capture->port,
        .slots = capture->slots,
        .data = capture->data,
        .slot_count = capture->slot_count,
        .slot_bytes = capture->slot_bytes,
        .producer = {.flush_due = capture->settings.fifo_bytes != 0},
        .is_running = 1,
        .heard_us = (uint32_t)capture->port->now(capture->port->context),
    };
    *capture = fresh;
}

nf_capture_status nf_capture_start(nf_capture *capture)
{
    if (capture == NULL || capture->port == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    if (capture->is_running) {
        return NF_CAPTURE_RUNNING;
    }
    const nf_capture_port *port = capture->port;
    forget(capture);
    if (!port->enable(port->context)) {
        capture->is_running = 0;
        return NF_CAPTURE_PORT_FAILED;
    }
    /* A line that is already high gives no edge: the first flush must not wait for one. */
    port->resume(port->context);
    return NF_CAPTURE_OK;
}

nf_capture_status nf_capture_stop(nf_capture *capture)
{
    if (capture == NULL || capture->port == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    if (!capture->is_running) {
        return NF_CAPTURE_NOT_RUNNING;
    }
    const nf_capture_port *port = capture->port;
    port->disable(port->context);
    capture->is_running = 0;
    nf_ledger_close(capture, port->now(port->context));
    return NF_CAPTURE_OK;
}
