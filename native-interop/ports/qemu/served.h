/* What the server holds between two requests, and the requests that work on it (PROTOCOL.md). Each puts its answer into the reply and
 * returns 0, an NF_PORT_... or an nf_status. */
#ifndef NANOFORMER_PORTS_QEMU_SERVED_H
#define NANOFORMER_PORTS_QEMU_SERVED_H

#include <stdbool.h>

#include "frame.h"
#include "nanoformer/engine.h"
#include "reply.h"

typedef struct nf_served {
    nf_model model;
    nf_session session;
    bool is_open;
    nf_reply reply;
} nf_served;

/* model_requests.c */
int32_t nf_serve_hello(nf_served *served);
int32_t nf_serve_open(nf_served *served, const nf_frame *request);
int32_t nf_serve_info(nf_served *served);

/* run_requests.c: these need an open model. */
int32_t nf_serve_run(nf_served *served, const nf_frame *request);
int32_t nf_serve_run_marked(nf_served *served, const nf_frame *request);
int32_t nf_serve_stream(nf_served *served);
int32_t nf_serve_step(nf_served *served, const nf_frame *request);
int32_t nf_serve_self_test(nf_served *served);

#endif
