/* A consumer that checks everything it is given against what the samples say of themselves. */
#ifndef NANOFORMER_TESTS_CAPTURE_READER_H
#define NANOFORMER_TESTS_CAPTURE_READER_H

#include <stdbool.h>

#include "nanoformer/capture.h"

typedef struct reader {
    nf_capture *capture;
    uint64_t delivered;
    uint64_t lost_least, lost_most; /* before the stop, as reported */
    uint64_t lost;                  /* before the stop, as the samples' numbers show */
    nf_capture_chunk rest;          /* after the stop: the chunk of no samples */
    uint32_t expected;              /* number of the next sample if none is lost */
    uint32_t exact_gaps, bounded_gaps;
    uint32_t reasons;
    uint64_t last_time_us, last_time_sample;
    uint32_t faults; /* checks that failed */
} reader;

void reader_open(reader *from, nf_capture *capture);

/* Reads once, up to `samples` samples, and checks them; returns how many came. */
uint32_t reader_read(reader *from, uint32_t samples);

/* Reads all that waits. */
void reader_drain(reader *from);

/* After the stop: reads what is left. Counts a fault unless each of the `made` samples was delivered or reported. */
void reader_finish(reader *from, uint32_t made);

#endif
