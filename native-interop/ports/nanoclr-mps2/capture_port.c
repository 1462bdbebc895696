/* The capture's port: the interrupts of bus and line are the producer. */
#include "board.h"

#include "nanoformer/capture_port.h"

#define BUS_HERTZ 400000u

typedef enum request_state {
    IDLE,
    WANTED, /* the bus was busy */
    MOVING,
    REFUSED /* nobody answered: the capture is told outside its call */
} request_state;

static struct {
    nf_capture *capture;
    void (*wake)(void *);
    void *wake_context;
    uint8_t address;
    bool must_resume;

    /* The transfer that was asked for. */
    request_state state;
    uint8_t command[2];
    size_t command_bytes;
    uint8_t *destination;
    size_t bytes;
} board;

static void start(void)
{
    switch (
        nf_i2c_start(board.address, BUS_HERTZ, board.command, board.command_bytes, board.destination, board.bytes)) {
    case NF_I2C_STARTED:
        board.state = MOVING;
        break;
    case NF_I2C_BUSY:
        board.state = WANTED;
        break;
    default:
        board.state = REFUSED;
        nf_sensor_pend();
        break;
    }
}

static void end(nf_capture_transfer result)
{
    board.state = IDLE;
    nf_capture_done(board.capture, result);
}

static void on_edges(uint32_t edges, uint64_t last_us)
{
    if (board.capture->settings.trigger != NF_CAPTURE_TIMED) {
        nf_capture_interrupt(board.capture, edges, last_us);
    }
}

static void on_bus_freed(void)
{
    if (board.state == WANTED) {
        start();
    } else if (board.state == MOVING) {
        end(NF_TRANSFER_DONE);
    }
}

static void on_time(void)
{
    nf_capture_alarm(board.capture);
}

static void on_pended(void)
{
    if (board.state == REFUSED) {
        end(NF_TRANSFER_REFUSED);
    }
    if (board.must_resume) {
        board.must_resume = false;
        nf_capture_resume(board.capture);
    }
}

static const nf_sensor_listener listener = {on_edges, on_bus_freed, on_time, on_pended};

static bool capture_read(void *context, uint8_t first_register, uint8_t *destination, size_t bytes)
{
    (void)context;
    board.command[0] = first_register;
    board.command_bytes = 1;
    board.destination = destination;
    board.bytes = bytes;
    start();
    return true;
}

static bool capture_write(void *context, uint8_t address, uint8_t value)
{
    (void)context;
    board.command[0] = address;
    board.command[1] = value;
    board.command_bytes = 2;
    board.bytes = 0;
    start();
    return true;
}

static uint64_t capture_now(void *context)
{
    (void)context;
    return nf_clock_us();
}

static void capture_wake(void *context)
{
    (void)context;
    board.wake(board.wake_context);
}

static void capture_resume(void *context)
{
    (void)context;
    board.must_resume = true;
    nf_sensor_pend();
}

static void capture_alarm(void *context, uint64_t at_us)
{
    (void)context;
    nf_sensor_alarm(at_us);
}

static bool capture_enable(void *context)
{
    (void)context;
    board.state = IDLE;
    board.must_resume = false;
    nf_sensor_listen(NF_SENSOR_CAPTURE, &listener);
    return true;
}

/* The bus's interrupt still comes, but finds nobody. */
static void capture_disable(void *context)
{
    (void)context;
    nf_sensor_listen(NF_SENSOR_CAPTURE, NULL);
    nf_i2c_wait();
}

nf_capture_status nf_capture_port_open(nf_capture_port *port, const nf_capture_wiring *wiring, nf_capture *capture,
                                       void (*wake)(void *), void *wake_context)
{
    if (port == NULL || wiring == NULL || capture == NULL || wake == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    if (wiring->kind != NF_CAPTURE_I2C || wiring->bus != 1 || wiring->interrupt_pin != NF_MPS2_LINE_PIN) {
        return NF_CAPTURE_PORT_FAILED;
    }
    board.capture = capture;
    board.wake = wake;
    board.wake_context = wake_context;
    board.address = (uint8_t)wiring->address;
    *port = (nf_capture_port){NULL,           capture_read,   capture_write,   capture_now,   capture_wake,
                              capture_resume, capture_enable, capture_disable, capture_alarm, NULL};
    return NF_CAPTURE_OK;
}

void nf_capture_port_close(nf_capture_port *port)
{
    *port = (nf_capture_port){0};
}
