#include "board.h"

static bool start_transfer(board *on, size_t bytes)
{
    if (on->refuses) {
        on->refuses = false;
        return false;
    }
    on->transfer.in_flight = true;
    on->transfer.has_moved = false;
    on->transfer.is_refused = on->nacks > 0;
    on->nacks -= on->transfer.is_refused ? 1 : 0;
    on->transfer.fails = on->fails;
    on->transfer.bytes = bytes;
    on->transfer.ends_us = on->now_us + on->byte_us * (bytes + 3);
    on->fails = false;
    return true;
}

static bool port_read(void *context, uint8_t first_register, uint8_t *destination, size_t bytes)
{
    board *on = context;
    on->transfer.is_write = false;
    on->transfer.address = first_register;
    on->transfer.destination = destination;
    sensor_begin_read(&on->device);
    return start_transfer(on, bytes);
}

static bool port_write(void *context, uint8_t address, uint8_t value)
{
    board *on = context;
    on->transfer.is_write = true;
    on->transfer.address = address;
    on->transfer.value = value;
    return start_transfer(on, 1);
}

static uint64_t port_now(void *context)
{
    return ((const board *)context)->now_us;
}

static void port_wake(void *context)
{
    ((board *)context)->wakes++;
}

static void port_resume(void *context)
{
    board *on = context;
    on->resume_asked = true;
    on->resume_us = on->now_us + on->resume_delay_us;
}

static bool port_enable(void *context)
{
    ((board *)context)->is_enabled = true;
    return true;
}

/* The sensor rests from here on, so that what is in flight can end. */
static void port_disable(void *context)
{
    board *on = context;
    on->next_sample_us = UINT64_MAX;
    on->alarm_is_set = false;
    while (on->transfer.in_flight || on->edge_waits || on->resume_asked || on->masked_until_us > on->now_us) {
        board_step(on);
    }
    on->is_enabled = false;
}

static void port_alarm(void *context, uint64_t at_us)
{
    board *on = context;
    on->alarm_is_set = true;
    on->alarm_us = at_us;
}

void board_open(board *on, nf_capture *capture, uint32_t sample_bytes, uint32_t fifo_bytes)
{
    *on = (board){
        .device = {.sample_bytes = sample_bytes, .fifo_bytes = fifo_bytes},
        .capture = capture,
        .port = {on, port_read, port_write, port_now, port_wake, port_resume, port_enable, port_disable, port_alarm,
                 NULL},
        .period_us = 1000,
        .byte_us = 2,
        .now_us = 1000000,
        .next_sample_us = 1001000,
    };
}

static void make_sample(board *on)
{
    const uint32_t before = on->device.filled;
    sensor_sample(&on->device);
    on->next_sample_us += on->period_us;
    if (on->has_no_line) {
        return;
    }
    if (on->watermark_bytes == 0 || (before < on->watermark_bytes && on->device.filled >= on->watermark_bytes)) {
        on->edge_waits = on->is_enabled;
    }
}

/* A transfer that fails has moved half of its bytes, one that is refused none. */
static void move_bytes(board *on)
{
    on->transfer.has_moved = true;
    if (on->transfer.is_refused) {
        return;
    }
    const uint32_t bytes = (uint32_t)(on->transfer.fails ? on->transfer.bytes / 2 : on->transfer.bytes);
    if (!on->transfer.is_write) {
        sensor_read(&on->device, on->transfer.address, on->transfer.destination, bytes);
    } else if (!on->transfer.fails) {
        sensor_write(&on->device, on->transfer.address, on->transfer.value);
    }
}

static nf_capture_transfer result_of(const board *on)
{
    if (on->transfer.is_refused) {
        return NF_TRANSFER_REFUSED;
    }
    return on->transfer.fails ? NF_TRANSFER_BROKEN : NF_TRANSFER_DONE;
}

static void serve_interrupts(board *on)
{
    if (on->now_us < on->masked_until_us || !on->is_enabled) {
        return;
    }
    if (on->edge_waits) {
        on->edge_waits = false;
        nf_capture_interrupt(on->capture, 1, on->now_us);
    }
    if (on->transfer.in_flight && on->transfer.has_moved) {
        on->transfer.in_flight = false;
        nf_capture_done(on->capture, result_of(on));
    }
    if (on->alarm_is_set && on->now_us >= on->alarm_us) {
        on->alarm_is_set = false;
        nf_capture_alarm(on->capture);
    }
    if (on->resume_asked && on->now_us >= on->resume_us) {
        on->resume_asked = false;
        nf_capture_resume(on->capture);
    }
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

void board_step(board *on)
{
    uint64_t next = on->next_sample_us;
    if (on->transfer.in_flight && !on->transfer.has_moved) {
        next = earlier(next, on->transfer.ends_us);
    }
    if (on->masked_until_us > on->now_us) {
        next = earlier(next, on->masked_until_us);
    }
    if (on->resume_asked && on->resume_us > on->now_us) {
        next = earlier(next, on->resume_us);
    }
    if (on->alarm_is_set && on->alarm_us > on->now_us) {
        next = earlier(next, on->alarm_us);
    }
    if (next == UINT64_MAX) { /* the sensor rests, and nothing is in flight */
        serve_interrupts(on);
        return;
    }
    on->now_us = next;
    if (on->transfer.in_flight && !on->transfer.has_moved && on->transfer.ends_us <= next) {
        move_bytes(on);
    }
    if (on->next_sample_us <= next) {
        make_sample(on);
    }
    serve_interrupts(on);
}
