#include "ring.h"

void nf_ring_wake(nf_capture *capture)
{
    nf_count_up(&capture->wakes);
    capture->port->wake(capture->port->context);
}

void nf_ring_hears(nf_capture *capture, uint64_t time_us)
{
    nf_store_release(&capture->heard_us, (uint32_t)time_us);
    capture->producer.is_silent = false;
}

bool nf_ring_has_room(nf_capture *capture)
{
    return capture->written - nf_load_ordered(&capture->released) < capture->slot_count;
}

/* The consumer is woken even in the middle of a hop: no other event would come. */
void nf_ring_found_full(nf_capture *capture)
{
    if (capture->producer.was_full) {
        return;
    }
    capture->producer.was_full = true;
    nf_count_up(&capture->overruns);
    nf_ring_wake(capture);
}

void nf_ring_begin_burst(nf_capture *capture, uint32_t samples, uint64_t time_us, uint64_t time_sample)
{
    nf_capture_producer *producer = &capture->producer;
    *nf_slot(capture, capture->written) = (nf_capture_slot){
        .first = producer->next,
        .time_us = time_us,
        .time_behind = (uint32_t)(time_sample - producer->next),
        .lost_least = producer->gap.least,
        .lost_most = producer->gap.most,
        .lost_reasons = (uint16_t)producer->gap.reasons,
        .samples = (uint16_t)samples,
    };
    producer->next += samples;
    producer->gap = (nf_capture_gap){0};
}

void nf_ring_cancel_burst(nf_capture *capture)
{
    const nf_capture_slot *slot = nf_slot(capture, capture->written);
    capture->producer.next -= slot->samples;
    capture->producer.gap.least += slot->lost_least;
    capture->producer.gap.most += slot->lost_most;
    capture->producer.gap.reasons |= slot->lost_reasons;
}

void nf_ring_publish(nf_capture *capture)
{
    nf_capture_producer *producer = &capture->producer;

    producer->gathered += nf_slot(capture, capture->written)->samples;
    nf_ring_hears(capture, nf_slot(capture, capture->written)->time_us);
    nf_store_release(&capture->written, capture->written + 1);
    nf_count_up(&capture->bursts);
    producer->was_full = false;
    if (capture->settings.trigger != NF_CAPTURE_TIMED && producer->gathered >= capture->settings.hop_samples) {
        producer->gathered %= capture->settings.hop_samples;
        nf_ring_wake(capture);
    }
}

void nf_ring_complete(nf_capture *capture)
{
    if (capture->producer.gathered > 0) {
        capture->producer.gathered = 0;
        nf_ring_wake(capture);
    }
}

void nf_capture_lose(nf_capture *capture, uint64_t least, uint64_t most, uint32_t reasons)
{
    nf_capture_producer *producer = &capture->producer;
    producer->next += least;
    producer->gap.least += (uint32_t)least;
    producer->gap.most += (uint32_t)most;
    producer->gap.reasons |= reasons;
}
