/* The bus: one transfer at a time, described by `producer.state` and the slot it fills. */
#ifndef NANOFORMER_CAPTURE_BUS_H
#define NANOFORMER_CAPTURE_BUS_H

#include "ring.h"

enum { NF_BUS_IDLE, NF_BUS_COUNTING, NF_BUS_READING, NF_BUS_FLUSHING, NF_BUS_STARTING };

uint64_t nf_bus_now(const nf_capture *capture);

/* Starts the transfer of a state; false when it could not start. */
bool nf_bus_start(nf_capture *capture, uint8_t state);

/* Whether a transfer that ended in `result` is to be begun again; counts how often it was. */
bool nf_bus_tries_again(nf_capture *capture, nf_capture_transfer result);

/* A transfer failed for good or did not start. Nothing is tried again before the next edge, alarm or nf_capture_resume. */
void nf_bus_failed(nf_capture *capture);

/* TIMED: sets the alarm. */
void nf_bus_alarm_at(nf_capture *capture, uint64_t at_us);

#endif
