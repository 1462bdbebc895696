/* Requests that run the model. What is to be counted runs between two marks. */
#include "mark.h"
#include "port_status.h"
#include "served.h"

/* Room for the output in the answer; null when it does not fit. */
static int8_t *reserve_output(nf_served *served)
{
    return (int8_t *)nf_reply_reserve(&served->reply, served->model.output_count);
}

static bool holds_whole_values(const nf_served *served, const nf_frame *request)
{
    return request->length % served->model.value_bytes == 0;
}

static size_t values_of(const nf_served *served, const nf_frame *request)
{
    return request->length / served->model.value_bytes;
}

int32_t nf_serve_run(nf_served *served, const nf_frame *request)
{
    int8_t *output = reserve_output(served);
    if (output == NULL) {
        return NF_PORT_REPLY_TOO_LONG;
    }
    if (!holds_whole_values(served, request)) {
        return NF_ERROR_WRONG_SHAPE;
    }
    nf_session *session = &served->session;
    const size_t values = values_of(served, request), outputs = served->model.output_count;
    nf_port_mark();
    const nf_status status = nf_session_run(session, request->payload, values, output, outputs);
    nf_port_mark();
    return status;
}

/* One slice between two marks. */
static nf_status run_slice(nf_served *served, int8_t *output, uint32_t *remaining)
{
    const size_t outputs = served->model.output_count;
    nf_port_mark();
    const nf_status status = nf_session_continue(&served->session, 1, output, outputs, remaining);
    nf_port_mark();
    return status;
}

int32_t nf_serve_run_marked(nf_served *served, const nf_frame *request)
{
    int8_t *output = reserve_output(served);
    if (output == NULL) {
        return NF_PORT_REPLY_TOO_LONG;
    }
    if (!holds_whole_values(served, request)) {
        return NF_ERROR_WRONG_SHAPE;
    }
    nf_status status = nf_session_begin(&served->session, request->payload, values_of(served, request));
    uint32_t remaining = served->model.operator_count;
    nf_reply_u32(&served->reply, remaining);
    while (status == NF_OK && remaining > 0) {
        status = run_slice(served, output, &remaining);
        nf_reply_u32(&served->reply, remaining);
    }
    return status;
}

int32_t nf_serve_stream(nf_served *served)
{
    return nf_session_stream(&served->session);
}

int32_t nf_serve_step(nf_served *served, const nf_frame *request)
{
    int8_t *output = reserve_output(served);
    if (output == NULL) {
        return NF_PORT_REPLY_TOO_LONG;
    }
    if (!holds_whole_values(served, request)) {
        return NF_ERROR_WRONG_SHAPE;
    }
    nf_session *session = &served->session;
    const size_t values = values_of(served, request), outputs = served->model.output_count;
    uint32_t steps = 0;
    nf_port_mark();
    const nf_status status = nf_session_step(session, request->payload, values, output, outputs, &steps);
    nf_port_mark();
    nf_reply_u32(&served->reply, steps);
    return status;
}

int32_t nf_serve_self_test(nf_served *served)
{
    uint32_t failed_vector = 0;
    const nf_status status = nf_session_self_test(&served->session, &failed_vector);
    nf_reply_u32(&served->reply, failed_vector);
    return status;
}
