#include "capture_service.h"

static _Alignas(NF_CAPTURE_ALIGNMENT) uint8_t ring[NF_FIRMWARE_CAPTURE_BYTES];
static _Alignas(16) int16_t window[NF_FIRMWARE_WINDOW_BYTES / sizeof(int16_t)];
static nf_capture capture;
static nf_capture_port port;
static nf_path path;
static bool is_open;
static bool is_woken; /* shared with the producer */
static void (*wake_reader)(void);

static void wake(void *context)
{
    (void)context;
    __atomic_store_n(&is_woken, true, __ATOMIC_RELEASE);
    wake_reader();
}

static nf_capture_status open_parts(const nf_path_plan *plan)
{
    const nf_capture_status status = nf_capture_open(&capture, &plan->capture, &port, ring, sizeof ring);
    return status == NF_CAPTURE_OK ? nf_path_open(&path, &plan->path, &capture, window, sizeof window / sizeof *window)
                                   : status;
}

nf_capture_status nf_capture_service_open(const nf_path_plan *plan, void (*wake_function)(void))
{
    if (is_open) {
        return NF_CAPTURE_RUNNING;
    }

    wake_reader = wake_function;
    is_woken = false;
    nf_capture_status status = nf_capture_port_open(&port, &plan->wiring, &capture, wake, NULL);
    if (status != NF_CAPTURE_OK) {
        return status;
    }
    status = open_parts(plan);
    if (status != NF_CAPTURE_OK) {
        nf_capture_port_close(&port);
        return status;
    }
    is_open = true;
    return NF_CAPTURE_OK;
}

void nf_capture_service_close(void)
{
    if (!is_open) {
        return;
    }
    nf_capture_stop(&capture); /* NOT_RUNNING is as good */
    nf_capture_port_close(&port);
    is_open = false;
}

nf_path *nf_capture_service_get(void)
{
    return is_open ? &path : NULL;
}

nf_capture_status nf_capture_service_start(void)
{
    if (capture.is_running) {
        return NF_CAPTURE_RUNNING;
    }
    nf_path_start(&path, port.now(port.context));
    return nf_capture_start(&capture);
}

bool nf_capture_service_woken(void)
{
    return __atomic_exchange_n(&is_woken, false, __ATOMIC_ACQ_REL);
}

bool nf_capture_service_rest(uint64_t microseconds)
{
    return port.rest != NULL && capture.is_running && port.rest(port.context, port.now(port.context) + microseconds);
}
