#include "ledger.h"

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Samples made up to the count that began and ended at these times: at least, at most. */
static uint64_t made_at_least(const nf_capture *capture)
{
    const nf_capture_producer *producer = &capture->producer;
    if (nf_counts_edges(capture)) {
        return producer->made_low_at_count;
    }
    if (producer->count_begun_us < producer->latch_done_us) {
        return producer->made_low;
    }
    return producer->made_low +
           (producer->count_begun_us - producer->latch_done_us) / capture->settings.longest_period_us;
}

static uint64_t made_at_most(const nf_capture *capture, uint64_t now)
{
    const nf_capture_producer *producer = &capture->producer;
    const uint32_t shortest = capture->settings.shortest_period_us;
    if (nf_counts_edges(capture)) {
        return producer->made_high;
    }
    return producer->made_high + (now - producer->latch_begun_us + shortest - 1) / shortest;
}

static void lose_between(nf_capture *capture, uint64_t made_low, uint64_t made_high, uint64_t held)
{
    nf_capture_producer *producer = &capture->producer;
    const uint64_t known = producer->next + held;
    const uint64_t least = larger(larger(made_low, producer->made_seen), known) - known;
    const uint64_t most = larger(larger(made_high, known) - known, least);

    if (most > 0) {
        nf_capture_lose(capture, least, most, producer->suspicions);
    }
    producer->suspicions = 0;
}

/* The sensor had made `made` samples when the count was taken, and at most `edges` more since. */
static void latch(nf_capture *capture, uint64_t made, uint64_t now)
{
    nf_capture_producer *producer = &capture->producer;
    const uint64_t since = nf_counts_edges(capture) ? producer->edges : 0;

    producer->made_low = smaller(larger(producer->made_low, made), made + since);
    producer->made_high = smaller(larger(producer->made_high, made), made + since);
    producer->made_seen = 0;
    producer->latch_begun_us = producer->count_begun_us;
    producer->latch_done_us = now;
}

void nf_ledger_open(nf_capture *capture, uint64_t now)
{
    capture->producer.has_begun = true;
    capture->producer.made_low = 0;
    capture->producer.made_high = capture->producer.edges;
    latch(capture, 0, now);
}

void nf_ledger_edges(nf_capture *capture, uint32_t edges, uint32_t hidden)
{
    nf_capture_producer *producer = &capture->producer;
    producer->edges += edges + hidden;
    if (nf_counts_edges(capture)) {
        producer->made_low += edges;
        producer->made_high += edges + hidden;
    }
}

void nf_ledger_count_begins(nf_capture *capture, uint64_t now)
{
    capture->producer.edges = 0;
    capture->producer.made_low_at_count = capture->producer.made_low;
    capture->producer.count_begun_us = now;
}

uint64_t nf_ledger_made_since_count(const nf_capture *capture, uint64_t now)
{
    const nf_capture_producer *producer = &capture->producer;
    const uint32_t shortest = capture->settings.shortest_period_us;
    if (nf_counts_edges(capture)) {
        return producer->edges;
    }
    return (now - producer->count_begun_us + shortest - 1) / shortest;
}

void nf_ledger_condemn(nf_capture *capture, uint32_t held, uint32_t reasons)
{
    nf_capture_producer *producer = &capture->producer;
    producer->made_seen = larger(producer->made_seen, producer->next + held);
    producer->suspicions |= reasons;
}

void nf_ledger_count_ends(nf_capture *capture, uint32_t held, uint64_t now)
{
    if (capture->producer.suspicions != 0) {
        lose_between(capture, made_at_least(capture), made_at_most(capture, now), held);
    }
    latch(capture, capture->producer.next + held, now);
}

void nf_ledger_close(nf_capture *capture, uint64_t now)
{
    if (!capture->producer.has_begun) {
        return;
    }
    /* The sensor may have been put to rest before the stop, so time gives no lower bound. */
    capture->producer.suspicions |= NF_CAPTURE_LOST_STOPPED;
    lose_between(capture, capture->producer.made_low, made_at_most(capture, now), 0);
}
