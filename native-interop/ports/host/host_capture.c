#include <stdlib.h>
#include <string.h>

#include "host.h"

#define RING_BYTES 4096u /* as a firmware's (NF_FIRMWARE_CAPTURE_BYTES) */
#define NO_ALARM (-1)

struct nfh_capture {
    _Alignas(NF_CAPTURE_ALIGNMENT) uint8_t ring[RING_BYTES];
    nf_capture capture;
    nf_capture_port port;
    nf_path path;
    int16_t *window;
    int64_t now_us, alarm_us;
    nfh_transfer pending;
    uint8_t *destination;
    bool resume_asked;
};

static bool port_read(void *context, uint8_t first_register, uint8_t *destination, size_t bytes)
{
    nfh_capture *of = context;
    of->pending = (nfh_transfer){NFH_TRANSFER_READ, first_register, (int32_t)bytes, 0};
    of->destination = destination;
    return true;
}

static bool port_write(void *context, uint8_t address, uint8_t value)
{
    nfh_capture *of = context;
    of->pending = (nfh_transfer){NFH_TRANSFER_WRITE, address, 1, value};
    return true;
}

static uint64_t port_now(void *context)
{
    return (uint64_t)((const nfh_capture *)context)->now_us;
}

static void port_wake(void *context)
{
    (void)context;
}

static void port_resume(void *context)
{
    ((nfh_capture *)context)->resume_asked = true;
}

static bool port_enable(void *context)
{
    nfh_capture *of = context;
    of->pending.kind = NFH_TRANSFER_NONE;
    of->alarm_us = NO_ALARM;
    of->resume_asked = false;
    return true;
}

static void end_transfer(nfh_capture *of, nf_capture_transfer result)
{
    of->pending.kind = NFH_TRANSFER_NONE;
    nf_capture_done(&of->capture, result);
}

static void port_disable(void *context)
{
    nfh_capture *of = context;
    while (of->pending.kind != NFH_TRANSFER_NONE) {
        end_transfer(of, NF_TRANSFER_REFUSED);
    }
    of->alarm_us = NO_ALARM;
    of->resume_asked = false;
}

static void port_alarm(void *context, uint64_t at_us)
{
    ((nfh_capture *)context)->alarm_us = (int64_t)at_us;
}

static void carry_out_resume(nfh_capture *of)
{
    if (of->resume_asked && of->pending.kind == NFH_TRANSFER_NONE) {
        of->resume_asked = false;
        nf_capture_resume(&of->capture);
    }
}

static nf_capture_status open(nfh_capture *of, const nf_path_plan *plan)
{
    const size_t values = (size_t)plan->path.window_samples * plan->path.channel_count;

    of->window = malloc(values > 0 ? values * sizeof *of->window : 1);
    if (of->window == NULL) {
        return NF_CAPTURE_MEMORY_TOO_SMALL;
    }
    of->port = (nf_capture_port){
        .context = of,
        .read = port_read,
        .write = port_write,
        .now = port_now,
        .wake = port_wake,
        .resume = port_resume,
        .enable = port_enable,
        .disable = port_disable,
        .alarm = port_alarm,
    };
    of->alarm_us = NO_ALARM;
    const nf_capture_status status =
        nf_capture_open(&of->capture, &plan->capture, &of->port, of->ring, sizeof of->ring);
    return status == NF_CAPTURE_OK ? nf_path_open(&of->path, &plan->path, &of->capture, of->window, values) : status;
}

nf_capture_status nfh_capture_open(const int32_t *numbers, const int32_t *channels, uint32_t channel_count,
                                   nfh_capture **capture)
{
    if (capture == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    *capture = NULL;
    if (numbers == NULL || channels == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    nf_path_plan plan;
    if (!nf_path_plan_read(&plan, numbers, channels, channel_count)) {
        return NF_CAPTURE_BAD_SETTINGS;
    }
    nfh_capture *opened = aligned_alloc(_Alignof(nfh_capture), sizeof *opened);
    if (opened == NULL) {
        return NF_CAPTURE_MEMORY_TOO_SMALL;
    }
    memset(opened, 0, sizeof *opened);
    const nf_capture_status status = open(opened, &plan);
    if (status != NF_CAPTURE_OK) {
        nfh_capture_close(opened);
        return status;
    }
    *capture = opened;
    return NF_CAPTURE_OK;
}

void nfh_capture_close(nfh_capture *capture)
{
    if (capture == NULL) {
        return;
    }
    free(capture->window);
    free(capture);
}

nf_capture_status nfh_capture_start(nfh_capture *capture, int64_t now_us)
{
    if (capture == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    capture->now_us = now_us;
    const nf_capture_status status = nf_capture_start(&capture->capture);
    if (status == NF_CAPTURE_OK) {
        nf_path_start(&capture->path, (uint64_t)now_us);
        carry_out_resume(capture);
    }
    return status;
}

nf_capture_status nfh_capture_stop(nfh_capture *capture, int64_t now_us)
{
    if (capture == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    capture->now_us = now_us;
    return nf_capture_stop(&capture->capture);
}

nf_capture_status nfh_capture_pending(const nfh_capture *capture, nfh_transfer *transfer)
{
    if (capture == NULL || transfer == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    *transfer = capture->pending;
    return NF_CAPTURE_OK;
}

nf_capture_status nfh_capture_finish(nfh_capture *capture, int64_t now_us, int32_t result, const uint8_t *data)
{
    if (capture == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    if (capture->pending.kind == NFH_TRANSFER_NONE) {
        return NF_CAPTURE_NOT_RUNNING;
    }
    const bool has_read = capture->pending.kind == NFH_TRANSFER_READ && result == NF_TRANSFER_DONE;
    if (has_read && data == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    capture->now_us = now_us;
    if (has_read) {
        memcpy(capture->destination, data, (size_t)capture->pending.bytes);
    }
    end_transfer(capture, (nf_capture_transfer)result);
    carry_out_resume(capture);
    return NF_CAPTURE_OK;
}

nf_capture_status nfh_capture_edges(nfh_capture *capture, uint32_t edges, int64_t time_us)
{
    if (capture == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    if (!capture->capture.is_running || edges == 0) {
        return NF_CAPTURE_NOT_RUNNING;
    }
    capture->now_us = time_us;
    nf_capture_interrupt(&capture->capture, edges, (uint64_t)time_us);
    return NF_CAPTURE_OK;
}

nf_capture_status nfh_capture_alarm(nfh_capture *capture, int64_t now_us)
{
    if (capture == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    if (capture->alarm_us == NO_ALARM) {
        return NF_CAPTURE_NOT_RUNNING;
    }
    capture->now_us = now_us;
    capture->alarm_us = NO_ALARM;
    nf_capture_alarm(&capture->capture);
    return NF_CAPTURE_OK;
}

int64_t nfh_capture_next_alarm(const nfh_capture *capture)
{
    return capture == NULL ? NO_ALARM : capture->alarm_us;
}

int32_t nfh_capture_next(nfh_capture *capture, int64_t now_us, int64_t *facts)
{
    nf_path_facts told;

    if (capture == NULL || facts == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    capture->now_us = now_us;
    const nf_path_event event = nf_path_next(&capture->path, &told);
    memcpy(facts, &told, sizeof told);
    carry_out_resume(capture);
    return (int32_t)event;
}

const int16_t *nfh_capture_window(const nfh_capture *capture, uint32_t *values)
{
    if (capture == NULL || values == NULL) {
        return NULL;
    }
    *values = capture->path.held * capture->path.settings.channel_count;
    return capture->window;
}

nf_capture_status nfh_capture_get_bias(const nfh_capture *capture, int32_t bias[NF_PATH_AXES])
{
    if (capture == NULL || bias == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    nf_path_get_bias(&capture->path, bias);
    return NF_CAPTURE_OK;
}

nf_capture_status nfh_capture_set_bias(nfh_capture *capture, const int32_t bias[NF_PATH_AXES])
{
    if (capture == NULL || bias == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    nf_path_set_bias(&capture->path, bias);
    return NF_CAPTURE_OK;
}

nf_capture_status nfh_capture_totals(const nfh_capture *capture, int64_t totals[9])
{
    nf_capture_totals sums;

    if (capture == NULL || totals == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    nf_capture_sum(&capture->capture, &sums);
    const int64_t numbers[] = {
        (int64_t)sums.delivered,
        (int64_t)sums.lost_least,
        (int64_t)sums.lost_most,
        sums.bursts,
        sums.overruns,
        sums.flushes,
        sums.bus_errors,
        sums.wakes,
        sums.retries,
    };
    memcpy(totals, numbers, sizeof numbers);
    return NF_CAPTURE_OK;
}
