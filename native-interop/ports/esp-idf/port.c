/* The capture port of ESP32: a task above the CLR's is the producer. It sleeps while the sensor rests and while a burst is on
 * the bus; the interrupt of the sensor's line only counts and stamps edges. Alarms are one-shots of esp_timer. */
#include <freertos/FreeRTOS.h>
#include <freertos/semphr.h>
#include <freertos/task.h>

#include <driver/gpio.h>
#include <driver/uart.h>
#include <esp_sleep.h>
#include <esp_timer.h>

#include "bus.h"

#define STACK_BYTES 3072
#define PRIORITY 15 /* the CLR's is 5 */

#define EDGE 1u
#define RESUME 2u
#define STOP 4u
#define ALARM 8u

/* Falling asleep and waking up take about one millisecond. */
#define SHORTEST_REST_US 3000

static struct {
    nf_capture *capture;
    void (*wake)(void *);
    void *wake_context;
    const nf_bus *bus;
    gpio_num_t line;
    TaskHandle_t task; /* created once, idle while no capture runs */
    SemaphoreHandle_t stopped;
    esp_timer_handle_t timer;

    /* In critical sections: edges that the task has not handed over; none come while it is not listening. */
    bool is_listening;
    uint32_t edges;
    uint64_t edge_us;

    /* In critical sections: what the host must not sleep over. */
    bool is_busy;      /* the task has something to do */
    uint64_t alarm_us; /* 0: none is set */

    /* The task's: the transfer that was asked for. */
    bool is_asked, is_write;
    uint8_t address, value;
    uint8_t *destination;
    size_t bytes;
} board;

static portMUX_TYPE lock = portMUX_INITIALIZER_UNLOCKED;
static StackType_t stack[STACK_BYTES];
static StaticTask_t task_memory;
static StaticSemaphore_t stopped_memory;

static void line_rose(void *context)
{
    (void)context;
    BaseType_t must_yield = pdFALSE;

    portENTER_CRITICAL_ISR(&lock);
    board.edges += board.is_listening ? 1u : 0u;
    board.edge_us = (uint64_t)esp_timer_get_time();
    portEXIT_CRITICAL_ISR(&lock);
    xTaskNotifyFromISR(board.task, EDGE, eSetBits, &must_yield);
    portYIELD_FROM_ISR(must_yield);
}

static void hand_over_edges(void)
{
    portENTER_CRITICAL(&lock);
    const uint32_t edges = board.edges;
    const uint64_t edge_us = board.edge_us;
    board.edges = 0;
    portEXIT_CRITICAL(&lock);
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

static void set_busy(bool is_busy)
{
    portENTER_CRITICAL(&lock);
    board.is_busy = is_busy;
    portEXIT_CRITICAL(&lock);
}

static void notify(uint32_t event)
{
    set_busy(true);
    xTaskNotify(board.task, event, eSetBits);
}

/* Until the task has set the next one, the time of this alarm keeps the host awake. */
static void time_has_come(void *context)
{
    (void)context;
    xTaskNotify(board.task, ALARM, eSetBits);
}

static void produce(void *argument)
{
    (void)argument;
    for (;;) {
        uint32_t events;
        set_busy(false);
        xTaskNotifyWait(0, UINT32_MAX, &events, portMAX_DELAY);
        set_busy(true);
        hand_over_edges();
        if ((events & ALARM) != 0 && board.alarm_us != 0) {
            nf_capture_alarm(board.capture);
        }
        if ((events & RESUME) != 0) {
            nf_capture_resume(board.capture);
        }
        while (board.is_asked) {
            carry_out_transfer();
        }
        if ((events & STOP) != 0) {
            xSemaphoreGive(board.stopped);
        }
    }
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
    return (uint64_t)esp_timer_get_time();
}

static void capture_wake(void *context)
{
    (void)context;
    board.wake(board.wake_context);
}

static void capture_resume(void *context)
{
    (void)context;
    notify(RESUME);
}

static void set_alarm(uint64_t at_us)
{
    portENTER_CRITICAL(&lock);
    board.alarm_us = at_us;
    portEXIT_CRITICAL(&lock);
}

static void capture_alarm(void *context, uint64_t at_us)
{
    const uint64_t now = capture_now(context);

    esp_timer_stop(board.timer);
    set_alarm(at_us);
    esp_timer_start_once(board.timer, at_us > now ? at_us - now : 0);
}

/* A debugger talks over a UART at any time, and light sleep stops those. */
#if defined(NANOCLR_ENABLE_SOURCELEVELDEBUGGING)
#define capture_rest NULL
#else
static uint64_t end_of_rest(uint64_t until_us)
{
    portENTER_CRITICAL(&lock);
    const uint64_t alarm_us = board.is_busy ? 0 : board.alarm_us;
    portEXIT_CRITICAL(&lock);
    return alarm_us < until_us ? alarm_us : until_us;
}

/* What is still in a UART would wait until the end of the sleep, or be lost. */
static void drain_uarts(void)
{
    for (int uart = 0; uart < UART_NUM_MAX; uart++) {
        if (uart_is_driver_installed((uart_port_t)uart)) {
            uart_wait_tx_idle_polling((uart_port_t)uart);
        }
    }
}

/* Only between alarms: a sleeping host counts no edges. */
static bool capture_rest(void *context, uint64_t until_us)
{
    if (board.capture->settings.trigger != NF_CAPTURE_TIMED) {
        return false;
    }
    drain_uarts();
    const uint64_t end_us = end_of_rest(until_us);
    const uint64_t now = capture_now(context);
    if (end_us < now + SHORTEST_REST_US || esp_sleep_enable_timer_wakeup(end_us - now) != ESP_OK) {
        return false;
    }
    const bool has_slept = esp_light_sleep_start() == ESP_OK;
    esp_sleep_disable_wakeup_source(ESP_SLEEP_WAKEUP_TIMER);
    return has_slept;
}
#endif

/* The service may have been installed already, by System.Device.Gpio. */
static bool listen_to_line(void)
{
    const gpio_config_t input = {
        .pin_bit_mask = 1ull << board.line,
        .mode = GPIO_MODE_INPUT,
        .pull_down_en = GPIO_PULLDOWN_ENABLE,
        .intr_type = GPIO_INTR_POSEDGE,
    };
    const esp_err_t service = gpio_install_isr_service(0);
    return (service == ESP_OK || service == ESP_ERR_INVALID_STATE) && gpio_config(&input) == ESP_OK &&
           gpio_isr_handler_add(board.line, line_rose, NULL) == ESP_OK;
}

/* The other core may be in the interrupt just now. */
static void set_listening(bool is_listening)
{
    portENTER_CRITICAL(&lock);
    board.is_listening = is_listening;
    board.edges = 0;
    portEXIT_CRITICAL(&lock);
}

static bool create_once(void)
{
    if (board.task == NULL) {
        const esp_timer_create_args_t timer = {.callback = time_has_come, .name = "capture"};
        if (esp_timer_create(&timer, &board.timer) != ESP_OK) {
            return false;
        }
        board.stopped = xSemaphoreCreateBinaryStatic(&stopped_memory);
        board.task = xTaskCreateStatic(produce, "capture", STACK_BYTES, NULL, PRIORITY, stack, &task_memory);
    }
    return true;
}

static bool has_line(void)
{
    return board.capture->settings.trigger != NF_CAPTURE_TIMED;
}

static bool capture_enable(void *context)
{
    (void)context;
    if (!create_once()) {
        return false;
    }
    board.is_asked = false;
    set_alarm(0);
    set_listening(has_line());
    return !has_line() || listen_to_line();
}

static void capture_disable(void *context)
{
    (void)context;
    if (has_line()) {
        gpio_isr_handler_remove(board.line);
    }
    set_listening(false);
    esp_timer_stop(board.timer);
    notify(STOP);
    xSemaphoreTake(board.stopped, portMAX_DELAY);
    esp_timer_stop(board.timer); /* set by what the task was at */
    set_alarm(0);
}

nf_capture_status nf_capture_port_open(nf_capture_port *port, const nf_capture_wiring *wiring, nf_capture *capture,
                                       void (*wake)(void *), void *wake_context)
{
    if (port == NULL || wiring == NULL || capture == NULL || wake == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    const nf_bus *bus = wiring->kind == NF_CAPTURE_SPI ? &nf_spi_bus : &nf_i2c_bus;
    if (!GPIO_IS_VALID_GPIO(wiring->interrupt_pin) || !bus->open(wiring)) {
        return NF_CAPTURE_PORT_FAILED;
    }
    board.capture = capture;
    board.wake = wake;
    board.wake_context = wake_context;
    board.bus = bus;
    board.line = (gpio_num_t)wiring->interrupt_pin;
    *port = (nf_capture_port){NULL,           capture_read,   capture_write,   capture_now,   capture_wake,
                              capture_resume, capture_enable, capture_disable, capture_alarm, capture_rest};
    return NF_CAPTURE_OK;
}

void nf_capture_port_close(nf_capture_port *port)
{
    board.bus->close();
    *port = (nf_capture_port){0};
}
