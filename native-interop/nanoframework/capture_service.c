#include "capture_service.h"

static _Alignas(NF_CAPTURE_ALIGNMENT) uint8_t ring[NF_FIRMWARE_CAPTURE_BYTES];
static nf_capture capture;
static nf_capture_port port;
static bool is_open;
static bool is_woken; /* shared with the producer */
static void (*wake_reader)(void);

static void wake(void *context)
{
    (void)context;
    __atomic_store_n(&is_woken, true, __ATOMIC_RELEASE);
    wake_reader();
}

nf_capture_status nf_capture_service_open(const nf_capture_wiring *wiring, const nf_capture_settings *settings,
                                          void (*wake_function)(void))
{
    if (is_open) {
        return NF_CAPTURE_RUNNING;
    }

    wake_reader = wake_function;
    is_woken = false;
    nf_capture_status status = nf_capture_port_open(&port, wiring, &capture, wake, NULL);
    if (status != NF_CAPTURE_OK) {
        return status;
    }
    status = nf_capture_open(&capture, settings, &port, ring, sizeof ring);
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

nf_capture *nf_capture_service_get(void)
{
    return is_open ? &capture : NULL;
}

bool nf_capture_service_woken(void)
{
    return __atomic_exchange_n(&is_woken, false, __ATOMIC_ACQ_REL);
}
