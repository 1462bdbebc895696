/* Requests about the core, its kernels and the model in its flash. */
#include <string.h>

#include "blob.h"
#include "core.h"
#include "nanoformer/kernels.h"
#include "port_status.h"
#include "served.h"

#define PROTOCOL_VERSION 2u

extern const uint8_t nf_engine_start[], nf_engine_end[];

static _Alignas(16) uint8_t arena[NF_PORT_ARENA_BYTES];

static void reply_backends(nf_reply *reply)
{
    uint32_t count = 0;
    while (nf_kernels_built[count] != NULL) {
        count++;
    }
    nf_reply_u32(reply, count);
    for (uint32_t i = 0; i < count; i++) {
        nf_reply_text(reply, nf_kernels_built[i]->name);
    }
}

int32_t nf_serve_hello(nf_served *served)
{
    nf_reply_u32(&served->reply, PROTOCOL_VERSION);
    nf_reply_u32(&served->reply, nf_core_id());
    nf_reply_u32(&served->reply, sizeof arena);
    nf_reply_u32(&served->reply, NF_FRAME_MAX_PAYLOAD);
    nf_reply_u32(&served->reply, (uint32_t)(nf_engine_end - nf_engine_start));
    reply_backends(&served->reply);
    return NF_OK;
}

/* The backend that a request names; no name is the first. Null when this build has no such backend. */
static const nf_kernels *backend_of(const nf_frame *request)
{
    const char *name = (const char *)request->payload;
    const nf_kernels *const *backend = nf_kernels_built;

    if (request->length == 0) {
        return *backend;
    }
    while (*backend != NULL &&
           (strlen((*backend)->name) != request->length || memcmp((*backend)->name, name, request->length) != 0)) {
        backend++;
    }
    return *backend;
}

int32_t nf_serve_open(nf_served *served, const nf_frame *request)
{
    const nf_kernels *kernels = backend_of(request);

    served->is_open = false;
    if (kernels == NULL) {
        return NF_PORT_UNKNOWN_BACKEND;
    }
    nf_status status = nf_model_open(&served->model, kernels, nf_blob, nf_blob_bytes);
    if (status != NF_OK) {
        return status;
    }
    status = nf_session_open(&served->session, &served->model, arena, sizeof arena);
    served->is_open = status == NF_OK;
    return status;
}

static void reply_numbers(nf_served *served)
{
    const nf_model *model = &served->model;
    const uint32_t numbers[] = {
        model->crc32,
        model->image_bytes,
        model->arena_bytes,
        model->rate_millihertz,
        model->window_samples,
        model->hop_samples,
        model->channel_count,
        model->output_count,
        model->label_count,
        model->operator_count,
        model->test_vector_count,
        model->gate_threshold_permille,
        model->value_bytes,
        model->step_samples,
        model->step_arena_bytes,
        model->class_count,
        (uint32_t)model->alarm_threshold,
        model->postures,
        model->voters,
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        nf_reply_u32(&served->reply, numbers[i]);
    }
}

static int32_t reply_channel_scales(nf_served *served)
{
    for (uint32_t channel = 0; channel < served->model.channel_count; channel++) {
        int32_t mantissa;
        int32_t shift;
        const nf_status status = nf_model_channel_scale(&served->model, channel, &mantissa, &shift);
        if (status != NF_OK) {
            return status;
        }
        nf_reply_u32(&served->reply, (uint32_t)mantissa);
        nf_reply_u32(&served->reply, (uint32_t)shift);
    }
    return NF_OK;
}

int32_t nf_serve_info(nf_served *served)
{
    const nf_model *model = &served->model;

    reply_numbers(served);
    const int32_t status = reply_channel_scales(served);
    if (status != NF_OK) {
        return status;
    }
    nf_reply_text(&served->reply, nf_model_id(model));
    for (uint32_t label = 0; label < model->label_count; label++) {
        nf_reply_text(&served->reply, nf_model_label(model, label));
    }
    for (uint32_t channel = 0; channel < model->channel_count; channel++) {
        nf_reply_text(&served->reply, nf_model_channel_name(model, channel));
        nf_reply_text(&served->reply, nf_model_channel_unit(model, channel));
    }
    return NF_OK;
}
