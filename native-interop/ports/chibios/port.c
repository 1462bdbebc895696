/* The capture port of STM32 under ChibiOS: a thread above the CLR's is the producer. It sleeps while the sensor rests and while
 * DMA moves a burst; the interrupt of the sensor's line only counts and stamps edges. Alarms are a virtual timer's. */
#include <ch.h>

#include "bus.h"
#include "clock.h"

#define STACK_BYTES 1024
#define PRIORITY (NORMALPRIO + 10)

#define EDGE EVENT_MASK(0)
#define RESUME EVENT_MASK(1)
#define STOP EVENT_MASK(2)
#define ALARM EVENT_MASK(3)

static struct {
    nf_capture *capture;
    void (*wake)(void *);
    void *wake_context;
    const nf_bus *bus;
    ioline_t line;
    thread_t *thread;
    virtual_timer_t timer;

    /* In critical sections: edges that the thread has not handed over. */
    uint32_t edges;
    uint64_t edge_us;

    /* The thread's: the transfer that was asked for. */
    bool is_asked, is_write;
    uint8_t address, value;
    uint8_t *destination;
    size_t bytes;
} board;

static THD_WORKING_AREA(stack, STACK_BYTES);

static void line_rose(void *context)
{
    (void)context;
    chSysLockFromISR();
    board.edges++;
    board.edge_us = nf_clock_now_i();
    chEvtSignalI(board.thread, EDGE);
    chSysUnlockFromISR();
}

#if CH_KERNEL_MAJOR >= 7
static void time_has_come(virtual_timer_t *timer, void *context)
{
    (void)timer;
#else
static void time_has_come(void *context)
{
#endif
    (void)context;
    chSysLockFromISR();
    chEvtSignalI(board.thread, ALARM);
    chSysUnlockFromISR();
}

static void hand_over_edges(void)
{
    chSysLock();
    const uint32_t edges = board.edges;
    const uint64_t edge_us = board.edge_us;
    board.edges = 0;
    chSysUnlock();
    if (edges > 0) {
        nf_capture_interrupt(board.capture, edges, edge_us);
    }
}

static void carry_out_transfer(void)
{
    board.is_asked = false;
    const nf_capture_transfer result = board.is_write ? board.bus->write(board.address, board.value)
                                                      : board.bus->read(board.address, board.destination, board.bytes);
    hand_over_edges();
    nf_capture_done(board.capture, result);
}

static THD_FUNCTION(produce, argument)
{
    (void)argument;
    eventmask_t events;
    do {
        events = chEvtWaitAny(ALL_EVENTS);
        hand_over_edges();
        if ((events & ALARM) != 0) {
            nf_capture_alarm(board.capture);
        }
        if ((events & RESUME) != 0) {
            nf_capture_resume(board.capture);
        }
        while (board.is_asked) {
            carry_out_transfer();
        }
    } while ((events & STOP) == 0);
}

static bool capture_read(void *context, uint8_t first_register, uint8_t *destination, size_t bytes)
{
    (void)context;
    board.is_asked = true;
    board.is_write = false;
    board.address = first_register;
    board.destination = destination;
    board.bytes = bytes;
    return true;
}

static bool capture_write(void *context, uint8_t address, uint8_t value)
{
    (void)context;
    board.is_asked = true;
    board.is_write = true;
    board.address = address;
    board.value = value;
    return true;
}

static uint64_t capture_now(void *context)
{
    (void)context;
    chSysLock();
    const uint64_t now = nf_clock_now_i();
    chSysUnlock();
    return now;
}

static void capture_wake(void *context)
{
    (void)context;
    board.wake(board.wake_context);
}

static void capture_resume(void *context)
{
    (void)context;
    chEvtSignal(board.thread, RESUME);
}

/* At least one tick from now. */
static void capture_alarm(void *context, uint64_t at_us)
{
    const uint64_t now = capture_now(context);
    const sysinterval_t ticks = TIME_US2I((uint32_t)(at_us > now ? at_us - now : 0));

    chVTSet(&board.timer, ticks > 0 ? ticks : 1, time_has_come, NULL);
}

static bool has_line(void)
{
    return board.capture->settings.trigger != NF_CAPTURE_TIMED;
}

static bool capture_enable(void *context)
{
    (void)context;
    board.edges = 0;
    board.is_asked = false;
    chVTObjectInit(&board.timer);
    board.thread = chThdCreateStatic(stack, sizeof stack, PRIORITY, produce, NULL);
    if (has_line()) {
        palSetLineCallback(board.line, line_rose, NULL);
        palEnableLineEvent(board.line, PAL_EVENT_MODE_RISING_EDGE);
    }
    return true;
}

static void capture_disable(void *context)
{
    (void)context;
    if (has_line()) {
        palDisableLineEvent(board.line);
    }
    chVTReset(&board.timer);
    chEvtSignal(board.thread, STOP);
    chThdWait(board.thread);
    chVTReset(&board.timer);
}

static const nf_bus *bus_of(nf_capture_bus kind)
{
#if NF_HAS_SPI_BUS
    if (kind == NF_CAPTURE_SPI) {
        return &nf_spi_bus;
    }
#endif
#if HAL_USE_I2C
    if (kind == NF_CAPTURE_I2C) {
        return &nf_i2c_bus;
    }
#endif
    return NULL;
}

nf_capture_status nf_capture_port_open(nf_capture_port *port, const nf_capture_wiring *wiring, nf_capture *capture,
                                       void (*wake)(void *), void *wake_context)
{
    if (port == NULL || wiring == NULL || capture == NULL || wake == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    const nf_bus *bus = bus_of(wiring->kind);
    if (bus == NULL || !bus->open(wiring)) {
        return NF_CAPTURE_PORT_FAILED;
    }
    board.capture = capture;
    board.wake = wake;
    board.wake_context = wake_context;
    board.bus = bus;
    board.line = nf_line_of(wiring->interrupt_pin);
    palSetLineMode(board.line, PAL_MODE_INPUT_PULLDOWN);
    *port = (nf_capture_port){NULL,           capture_read,   capture_write,   capture_now,   capture_wake,
                              capture_resume, capture_enable, capture_disable, capture_alarm, NULL};
    return NF_CAPTURE_OK;
}

void nf_capture_port_close(nf_capture_port *port)
{
    *port = (nf_capture_port){0};
}
