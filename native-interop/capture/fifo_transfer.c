/* The three transfers: how each begins, and what a failure leaves to be done. */
#include "fifo.h"
#include "ledger.h"
#include "producer.h"

uint64_t nf_fifo_now(const nf_capture *capture)
{
    return capture->port->now(capture->port->context);
}

void nf_fifo_begin_flush(nf_capture *capture)
{
    const nf_capture_port *port = capture->port;

    capture->producer.state = NF_BUS_FLUSHING;
    nf_ledger_count_begins(capture, nf_fifo_now(capture));
    if (!port->write(port->context, capture->settings.flush_register, capture->settings.flush_value)) {
        nf_bus_failed(capture);
    }
}

void nf_fifo_count_failed(nf_capture *capture)
{
    capture->producer.is_due = true;
    nf_bus_failed(capture);
}

void nf_fifo_begin_count(nf_capture *capture)
{
    const nf_capture_port *port = capture->port;
    nf_capture_producer *producer = &capture->producer;

    nf_ledger_count_begins(capture, nf_fifo_now(capture));
    const bool is_stamped = nf_counts_edges(capture) || producer->is_fresh;
    producer->stamp_us = is_stamped ? producer->edge_us : producer->count_begun_us;
    producer->is_fresh = false;
    producer->is_due = false;
    producer->state = NF_BUS_COUNTING;
    /* The two bytes go where the burst will overwrite them. */
    if (!port->read(port->context, capture->settings.count_register, nf_slot_data(capture, capture->written), 2)) {
        nf_fifo_count_failed(capture);
    }
}

void nf_fifo_burst_failed(nf_capture *capture)
{
    nf_ring_cancel_burst(capture);
    nf_bus_failed(capture);
}

void nf_fifo_begin_burst(nf_capture *capture)
{
    const nf_capture_port *port = capture->port;
    const nf_capture_settings *settings = &capture->settings;
    nf_capture_producer *producer = &capture->producer;
    const uint64_t at_interrupt = producer->made_high - producer->edges;

    nf_ring_begin_burst(capture, producer->stamp_us, at_interrupt > producer->next ? at_interrupt - 1 : producer->next);
    producer->state = NF_BUS_READING;
    if (!port->read(port->context, settings->data_register, nf_slot_data(capture, capture->written),
                    (size_t)settings->sample_bytes * settings->burst_samples)) {
        producer->is_due = true;
        nf_fifo_burst_failed(capture);
    }
}
