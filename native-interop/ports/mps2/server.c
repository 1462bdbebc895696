/* Serves the engine over the byte stream: one request, one answer (PROTOCOL.md). */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "blob.h"
#include "frame.h"
#include "mark.h"
#include "nanoformer/engine.h"
#include "port_status.h"
#include "reply.h"
#include "semihosting.h"
#include "stack.h"

#define PROTOCOL_VERSION 1u
#define CPUID (*(const volatile uint32_t *)0xE000ED00u)

enum { HELLO = 1, OPEN, INFO, RUN, SELF_TEST, STACK };

extern const uint8_t nf_engine_start[], nf_engine_end[];

static _Alignas(16) uint8_t arena[NF_PORT_ARENA_BYTES];
static nf_model model;
static nf_session session;
static bool is_open;
static nf_reply reply;

static int32_t hello(void)
{
    nf_reply_u32(&reply, PROTOCOL_VERSION);
    nf_reply_u32(&reply, CPUID);
    nf_reply_u32(&reply, sizeof arena);
    nf_reply_u32(&reply, NF_FRAME_MAX_PAYLOAD);
    nf_reply_u32(&reply, (uint32_t)(nf_engine_end - nf_engine_start));
    return NF_OK;
}

static int32_t open_model(void)
{
    is_open = false;
    nf_status status = nf_model_open(&model, nf_blob, nf_blob_bytes);
    if (status != NF_OK) {
        return status;
    }
    status = nf_session_open(&session, &model, arena, sizeof arena);
    is_open = status == NF_OK;
    return status;
}

static void reply_numbers(void)
{
    const uint32_t numbers[] = {
        model.crc32,          model.image_bytes,    model.arena_bytes,       model.rate_millihertz,
        model.window_samples, model.hop_samples,    model.channel_count,     model.output_count,
        model.label_count,    model.operator_count, model.test_vector_count, model.gate_threshold_permille,
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        nf_reply_u32(&reply, numbers[i]);
    }
}

static int32_t info(void)
{
    reply_numbers();
    for (uint32_t channel = 0; channel < model.channel_count; channel++) {
        int32_t mantissa;
        int32_t shift;
        const nf_status status = nf_model_channel_scale(&model, channel, &mantissa, &shift);
        if (status != NF_OK) {
            return status;
        }
        nf_reply_u32(&reply, (uint32_t)mantissa);
        nf_reply_u32(&reply, (uint32_t)shift);
    }
    nf_reply_text(&reply, nf_model_id(&model));
    for (uint32_t label = 0; label < model.label_count; label++) {
        nf_reply_text(&reply, nf_model_label(&model, label));
    }
    for (uint32_t channel = 0; channel < model.channel_count; channel++) {
        nf_reply_text(&reply, nf_model_channel_name(&model, channel));
        nf_reply_text(&reply, nf_model_channel_unit(&model, channel));
    }
    return NF_OK;
}

static int32_t run(const nf_frame *request)
{
    int8_t *output = (int8_t *)nf_reply_reserve(&reply, model.output_count);
    if (output == NULL) {
        return NF_PORT_REPLY_TOO_LONG;
    }
    if (request->length % sizeof(int16_t) != 0) {
        return NF_ERROR_WRONG_SHAPE;
    }
    const int16_t *window = (const int16_t *)(const void *)request->payload;
    const size_t values = request->length / sizeof(int16_t);
    nf_port_mark();
    const nf_status status = nf_session_run(&session, window, values, output, model.output_count);
    nf_port_mark();
    return status;
}

static int32_t self_test(void)
{
    uint32_t failed_vector = 0;
    const nf_status status = nf_session_self_test(&session, &failed_vector);
    nf_reply_u32(&reply, failed_vector);
    return status;
}

static int32_t stack(void)
{
    nf_reply_u32(&reply, nf_stack_high_water());
    nf_reply_u32(&reply, nf_stack_size());
    return NF_OK;
}

static int32_t serve(const nf_frame *request)
{
    const bool needs_model = request->kind == INFO || request->kind == RUN || request->kind == SELF_TEST;
    if (needs_model && !is_open) {
        return NF_PORT_NO_MODEL;
    }
    switch (request->kind) {
    case HELLO:
        return hello();
    case OPEN:
        return open_model();
    case INFO:
        return info();
    case RUN:
        return run(request);
    case SELF_TEST:
        return self_test();
    case STACK:
        return stack();
    default:
        return NF_PORT_UNKNOWN_REQUEST;
    }
}

static void begin_reply(int32_t status)
{
    nf_reply_clear(&reply);
    nf_reply_u32(&reply, (uint32_t)status);
}

static void describe_failure(int32_t status)
{
    begin_reply(status);
    nf_reply_text(&reply, nf_port_status_name(status));
    nf_reply_text(&reply, nf_port_status_text(status));
}

static void answer(const nf_frame *request)
{
    begin_reply(NF_OK);
    int32_t status = serve(request);
    if (status == NF_OK && reply.overflown) {
        status = NF_PORT_REPLY_TOO_LONG;
    }
    if (status != NF_OK) {
        describe_failure(status);
    }
    nf_frame_send((uint8_t)(request->kind | NF_FRAME_REPLY_FLAG), request->sequence, reply.bytes, reply.length);
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
        nf_frame_send(NF_FRAME_REPLY_FLAG, 0, reply.bytes, reply.length);
    }
    return 0;
}
