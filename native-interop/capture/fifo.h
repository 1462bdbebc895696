/* The transfers of a FIFO: a count of its bytes, a burst of samples, a flush. One at a time is in flight. */
#ifndef NANOFORMER_CAPTURE_FIFO_H
#define NANOFORMER_CAPTURE_FIFO_H

#include "ring.h"

void nf_fifo_begin_count(nf_capture *capture);
void nf_fifo_begin_burst(nf_capture *capture);
void nf_fifo_begin_flush(nf_capture *capture);

/* They failed on the way. After a burst that did, the FIFO must be flushed unless nothing was moved. */
void nf_fifo_count_failed(nf_capture *capture);
void nf_fifo_burst_failed(nf_capture *capture);

uint64_t nf_fifo_now(const nf_capture *capture);

#endif
