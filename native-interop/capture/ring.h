/* The ring: per burst a header that the producer writes, and a stretch of memory that DMA writes. */
#ifndef NANOFORMER_CAPTURE_RING_H
#define NANOFORMER_CAPTURE_RING_H

#include "nanoformer/capture_port.h"
#include "shared_word.h"

typedef struct nf_capture_slot {
    uint64_t first;                 /* number of its first sample */
    uint64_t time_us;               /* when the count or the edge that led to it came */
    uint32_t time_behind;           /* samples from `first` to the newest one at that time */
    uint32_t lost_least, lost_most; /* before `first` */
    uint16_t lost_reasons;
    uint16_t samples;
} nf_capture_slot;

_Static_assert(sizeof(nf_capture_slot) == NF_CAPTURE_ALIGNMENT, "NF_CAPTURE_RING_BYTES counts on it");

static inline nf_capture_slot *nf_slot(const nf_capture *capture, uint32_t number)
{
    return &capture->slots[number & (capture->slot_count - 1)];
}

static inline uint8_t *nf_slot_data(const nf_capture *capture, uint32_t number)
{
    return capture->data + (size_t)(number & (capture->slot_count - 1)) * capture->slot_bytes;
}

/* The producer's pieces. */
void nf_ring_hears(nf_capture *capture, uint64_t time_us);
bool nf_ring_has_room(nf_capture *capture);
void nf_ring_found_full(nf_capture *capture);
void nf_ring_wake(nf_capture *capture);
void nf_ring_begin_burst(nf_capture *capture, uint32_t samples, uint64_t time_us, uint64_t time_sample);
void nf_ring_cancel_burst(nf_capture *capture);

/* Hands the burst to the consumer, and wakes it when a hop has gathered. TIMED: nf_ring_complete wakes it. */
void nf_ring_publish(nf_capture *capture);

/* TIMED: all that a count told of was brought. */
void nf_ring_complete(nf_capture *capture);

/* Notes losses before the next burst. */
void nf_capture_lose(nf_capture *capture, uint64_t least, uint64_t most, uint32_t reasons);

#endif
