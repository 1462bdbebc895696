/* The two ways of reading a sensor, behind the three calls of capture_port.h, and the state of the bus. */
#ifndef NANOFORMER_CAPTURE_PRODUCER_H
#define NANOFORMER_CAPTURE_PRODUCER_H

#include "ring.h"

enum { NF_BUS_IDLE, NF_BUS_COUNTING, NF_BUS_READING, NF_BUS_FLUSHING };

/* Data registers: every edge is a sample, read at once or lost. */
void nf_registers_interrupt(nf_capture *capture, uint32_t edges, uint32_t hidden);
void nf_registers_done(nf_capture *capture, bool succeeded);

/* FIFO: count, then read a burst; flush and find out by the next count what was lost. */
void nf_fifo_interrupt(nf_capture *capture, uint32_t edges, uint32_t hidden);
void nf_fifo_done(nf_capture *capture, bool succeeded);
void nf_fifo_proceed(nf_capture *capture);

/* A transfer failed or did not start. Nothing is tried again before the next edge or nf_capture_resume. */
void nf_bus_failed(nf_capture *capture);

#endif
