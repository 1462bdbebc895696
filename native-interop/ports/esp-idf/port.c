/* The capture port of ESP32: a task above the CLR's is the producer. It sleeps while the sensor rests and while a burst is on
 * the bus; the interrupt of the sensor's line only counts and stamps edges. */
#include <freertos/FreeRTOS.h>
#include <freertos/semphr.h>
#include <freertos/task.h>

#include <driver/gpio.h>
#include <esp_timer.h>

#include "bus.h"

#define STACK_BYTES 3072
#define PRIORITY 15 /* the CLR's is 5 */

#define EDGE 1u
#define RESUME 2u
#define STOP 4u

static struct {
    nf_capture *capture;
    void (*wake)(void *);
    void *wake_context;
    const nf_bus *bus;
    gpio_num_t line;
    TaskHandle_t task; /* created once, idle while no capture runs */
    SemaphoreHandle_t stopped;

    /* In critical sections: edges that the task has not handed over; none come while it is not listening. */
    bool is_listening;
    uint32_t edges;
    uint64_t edge_us;

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
    const bool succeeded = board.is_write ? board.bus->write(board.address, board.value)
                                          : board.bus->read(board.address, board.destination, board.bytes);
    hand_over_edges();
    nf_capture_done(board.capture, succeeded ? NF_TRANSFER_DONE : NF_TRANSFER_BROKEN);
}

static void produce(void *argument)
{
    (void)argument;
    for (;;) {
        uint32_t events;
        xTaskNotifyWait(0, UINT32_MAX, &events, portMAX_DELAY);
        hand_over_edges();
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
    xTaskNotify(board.task, RESUME, eSetBits);
}

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

static bool capture_enable(void *context)
{
    (void)context;
    if (board.task == NULL) {
        board.stopped = xSemaphoreCreateBinaryStatic(&stopped_memory);
        board.task = xTaskCreateStatic(produce, "capture", STACK_BYTES, NULL, PRIORITY, stack, &task_memory);
    }
    board.is_asked = false;
    set_listening(true);
    return listen_to_line();
}

static void capture_disable(void *context)
{
    (void)context;
    gpio_isr_handler_remove(board.line);
    set_listening(false);
    xTaskNotify(board.task, STOP, eSetBits);
    xSemaphoreTake(board.stopped, portMAX_DELAY);
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
    *port = (nf_capture_port){NULL,         capture_read,   capture_write,  capture_now,
                              capture_wake, capture_resume, capture_enable, capture_disable};
    return NF_CAPTURE_OK;
}

void nf_capture_port_close(nf_capture_port *port)
{
    board.bus->close();
    *port = (nf_capture_port){0};
}
