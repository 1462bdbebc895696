/* The two ways of reading a sensor, behind the four calls of capture_port.h. */
#ifndef NANOFORMER_CAPTURE_PRODUCER_H
#define NANOFORMER_CAPTURE_PRODUCER_H

#include "ring.h"

/* Data registers: every edge is a sample, read at once or lost. */
void nf_registers_interrupt(nf_capture *capture, uint32_t edges, uint32_t hidden);
void nf_registers_done(nf_capture *capture, nf_capture_transfer result);

/* FIFO: count, then read bursts; flush and find out by the next count what was lost. */
void nf_fifo_interrupt(nf_capture *capture, uint32_t edges, uint32_t hidden);
void nf_fifo_alarm(nf_capture *capture);
void nf_fifo_done(nf_capture *capture, nf_capture_transfer result);
void nf_fifo_proceed(nf_capture *capture);

#endif
