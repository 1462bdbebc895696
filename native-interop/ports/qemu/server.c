/* Serves the engine over the byte stream: one request, one answer (PROTOCOL.md). */
#include "core.h"
#include "port_status.h"
#include "semihosting.h"
#include "served.h"
#include "stack.h"

enum { HELLO = 1, OPEN, INFO, RUN, SELF_TEST, STACK, RUN_MARKED, STREAM, STEP };

static nf_served served;

static int32_t serve_stack(void)
{
    nf_reply_u32(&served.reply, nf_stack_high_water());
    nf_reply_u32(&served.reply, nf_stack_size());
    return NF_OK;
}

static int32_t serve_model(const nf_frame *request)
{
    if (!served.is_open) {
        return NF_PORT_NO_MODEL;
    }
    switch (request->kind) {
    case INFO:
        return nf_serve_info(&served);
    case RUN:
        return nf_serve_run(&served, request);
    case RUN_MARKED:
        return nf_serve_run_marked(&served, request);
    case STREAM:
        return nf_serve_stream(&served);
    case STEP:
        return nf_serve_step(&served, request);
    default:
        return nf_serve_self_test(&served);
    }
}

static int32_t serve(const nf_frame *request)
{
    switch (request->kind) {
    case HELLO:
        return nf_serve_hello(&served);
    case OPEN:
        return nf_serve_open(&served, request);
    case STACK:
        return serve_stack();
    case INFO:
    case RUN:
    case RUN_MARKED:
    case STREAM:
    case STEP:
    case SELF_TEST:
        return serve_model(request);
    default:
        return NF_PORT_UNKNOWN_REQUEST;
    }
}

static void begin_reply(int32_t status)
{
    nf_reply_clear(&served.reply);
    nf_reply_u32(&served.reply, (uint32_t)status);
}

static void describe_failure(int32_t status)
{
    begin_reply(status);
    nf_reply_text(&served.reply, nf_port_status_name(status));
    nf_reply_text(&served.reply, nf_port_status_text(status));
}

static void answer(const nf_frame *request)
{
    begin_reply(NF_OK);
    int32_t status = serve(request);
    if (status == NF_OK && served.reply.overflown) {
        status = NF_PORT_REPLY_TOO_LONG;
    }
    if (status != NF_OK) {
        describe_failure(status);
    }
    nf_frame_send((uint8_t)(request->kind | NF_FRAME_REPLY_FLAG), request->sequence, served.reply.bytes,
                  served.reply.length);
}

int main(void)
{
    nf_semihosting_open();
    nf_frame request;
    int32_t status;
    while (nf_frame_receive(&request, &status)) {
        if (status == NF_OK) {
            answer(&request);
            continue;
        }
        describe_failure(status);
        nf_frame_send(NF_FRAME_REPLY_FLAG, 0, served.reply.bytes, served.reply.length);
    }
    return 0;
}
