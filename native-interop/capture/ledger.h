/* How many samples the sensor has made, and so how many were lost: by edges of its line where each edge is a sample, by time
 * where not. A FIFO count without trouble makes either exact again. */
#ifndef NANOFORMER_CAPTURE_LEDGER_H
#define NANOFORMER_CAPTURE_LEDGER_H

#include "ring.h"

static inline bool nf_counts_edges(const nf_capture *capture)
{
    return capture->settings.trigger == NF_CAPTURE_DATA_READY;
}

/* The FIFO was emptied at the start, or the bus failed: numbering begins. */
void nf_ledger_open(nf_capture *capture, uint64_t now);

/* Edges of the line, and more that may have gone unseen. */
void nf_ledger_edges(nf_capture *capture, uint32_t edges, uint32_t hidden);

/* A count of the FIFO begins now. */
void nf_ledger_count_begins(nf_capture *capture, uint64_t now);

/* Samples made since the count began, at most. */
uint64_t nf_ledger_made_since_count(const nf_capture *capture, uint64_t now);

/* The FIFO holds `held` samples that cannot be had: they will be flushed. */
void nf_ledger_condemn(nf_capture *capture, uint32_t held, uint32_t reasons);

/* The count in flight ended now and found `held` samples in good order: notes what was lost if anything is suspected. */
void nf_ledger_count_ends(nf_capture *capture, uint32_t held, uint64_t now);

/* At the stop: notes what was made but not brought. */
void nf_ledger_close(nf_capture *capture, uint64_t now);

#endif
