#include "bus.h"

#define MAX_WAKES_BY_FAILURE 4u
#define SHORTEST_PAUSE_SHIFT 3u

uint64_t nf_bus_now(const nf_capture *capture)
{
    return capture->port->now(capture->port->context);
}

bool nf_bus_start(nf_capture *capture, uint8_t state)
{
    const nf_capture_port *port = capture->port;
    const nf_capture_settings *settings = &capture->settings;
    uint8_t *destination = nf_slot_data(capture, capture->written);

    capture->producer.state = state;
    switch (state) {
    case NF_BUS_COUNTING: /* the two bytes go where the burst will overwrite them */
        return port->read(port->context, settings->count_register, destination, 2);
    case NF_BUS_READING:
        return port->read(port->context, settings->data_register, destination,
                          (size_t)settings->sample_bytes * nf_slot(capture, capture->written)->samples);
    case NF_BUS_STARTING:
        return port->write(port->context, settings->flush_register, settings->run_value);
    default:
        return port->write(port->context, settings->flush_register, settings->flush_value);
    }
}

bool nf_bus_tries_again(nf_capture *capture, nf_capture_transfer result)
{
    nf_capture_producer *producer = &capture->producer;
    if (result != NF_TRANSFER_REFUSED || producer->tries == NF_CAPTURE_RETRIES) {
        producer->tries = 0;
        return false;
    }
    producer->tries++;
    nf_count_up(&capture->retries);
    return true;
}

void nf_bus_alarm_at(nf_capture *capture, uint64_t at_us)
{
    capture->producer.alarm_us = at_us;
    capture->port->alarm(capture->port->context, at_us);
}

/* An eighth of the usual time after the first failure, a quarter after the second: what waits in the FIFO can still be had. */
static void set_early_alarm(nf_capture *capture, uint32_t failures)
{
    const uint32_t shift = failures < SHORTEST_PAUSE_SHIFT ? SHORTEST_PAUSE_SHIFT - failures : 0;
    nf_bus_alarm_at(capture, nf_bus_now(capture) + (capture->settings.poll_us >> shift));
}

/* A line that stays high gives no more edges: the consumer is woken, and its next read asks for another try. Not forever,
 * or a dead bus would keep it awake. */
void nf_bus_failed(nf_capture *capture)
{
    const uint32_t failures = nf_load_relaxed(&capture->failures);

    capture->producer.state = NF_BUS_IDLE;
    nf_count_up(&capture->bus_errors);
    nf_count_up(&capture->failures);
    if (capture->settings.trigger == NF_CAPTURE_TIMED) {
        set_early_alarm(capture, failures);
        return;
    }
    nf_store_ordered(&capture->stalled, 1);
    if (capture->settings.trigger == NF_CAPTURE_WATERMARK && failures < MAX_WAKES_BY_FAILURE) {
        nf_ring_wake(capture);
    }
}
