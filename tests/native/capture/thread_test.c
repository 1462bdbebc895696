/* Producer and consumer on two threads, for the thread sanitizer: no data race, and every sample delivered or reported. */
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "board.h"
#include "reader.h"
#include "test_port.h"

#define STEPS 45000u

static _Alignas(NF_CAPTURE_ALIGNMENT) uint8_t memory[4096];
static nf_capture capture;
static board on;
static reader from;
static nf_capture_port board_port;
static pthread_t producer;
static sem_t wakes;
static atomic_bool resume_asked, is_over, is_stopping;

static void *produce(void *argument)
{
    (void)argument;
    for (uint32_t step = 0; step < STEPS; step++) {
        on.resume_asked = atomic_exchange(&resume_asked, false) || on.resume_asked;
        on.fails = step % 997 == 996; /* not at the start: the board's numbers begin when the FIFO is first emptied */
        on.nacks = step % 499 == 0 ? step % 5 : on.nacks;
        board_step(&on);
        if (step % 16 == 0) {
            sched_yield();
        }
    }
    atomic_store(&is_over, true);
    sem_post(&wakes);
    while (!atomic_load(&is_stopping)) {
        sched_yield();
    }
    return NULL;
}

static void wake(void *context)
{
    (void)context;
    sem_post(&wakes);
}

static void resume(void *context)
{
    (void)context;
    atomic_store(&resume_asked, true);
}

static bool enable(void *context)
{
    return board_port.enable(context) && pthread_create(&producer, NULL, produce, NULL) == 0;
}

static void disable(void *context)
{
    atomic_store(&is_stopping, true);
    pthread_join(producer, NULL);
    board_port.disable(context);
}

static void consume(uint32_t hop)
{
    uint32_t visits = 0;
    while (!atomic_load(&is_over)) {
        sem_wait(&wakes);
        while (reader_read(&from, hop) > 0) {
        }
        for (uint32_t pause = 0; pause < visits % 64; pause++) {
            sched_yield();
        }
        visits++;
    }
}

static void run(const nf_capture_settings *settings)
{
    board_open(&on, &capture, settings->sample_bytes, settings->fifo_bytes);
    on.has_no_line = settings->trigger == NF_CAPTURE_TIMED;
    on.watermark_bytes =
        settings->trigger == NF_CAPTURE_WATERMARK ? settings->burst_samples * settings->sample_bytes : 0u;
    board_port = on.port;
    on.port.wake = wake;
    on.port.resume = resume;
    on.port.enable = enable;
    on.port.disable = disable;
    atomic_store(&resume_asked, false);
    atomic_store(&is_over, false);
    atomic_store(&is_stopping, false);

    TEST_CHECK(nf_capture_open(&capture, settings, &on.port, memory, sizeof memory) == NF_CAPTURE_OK);
    reader_open(&from, &capture);
    TEST_CHECK(nf_capture_start(&capture) == NF_CAPTURE_OK);
    consume(settings->hop_samples);
    TEST_CHECK(nf_capture_stop(&capture) == NF_CAPTURE_OK);
    reader_finish(&from, on.device.made);
    TEST_CHECK(from.faults == 0 && from.delivered > 0);
    test_report_number("delivered", (int32_t)from.delivered);
    test_report_number("lost", (int32_t)from.lost);
}

int main(void)
{
    nf_capture_settings settings = {
        .trigger = NF_CAPTURE_DATA_READY,
        .sample_bytes = 12,
        .data_register = SENSOR_DATA,
        .burst_samples = 1,
        .hop_samples = 8,
        .shortest_period_us = 950,
        .longest_period_us = 1050,
    };

    TEST_CHECK(sem_init(&wakes, 0, 0) == 0);
    run(&settings);
    settings.data_register = SENSOR_FIFO_DATA;
    settings.fifo_bytes = 1024;
    settings.count_register = SENSOR_FIFO_COUNT;
    settings.flush_register = SENSOR_USER_CONTROL;
    settings.flush_value = SENSOR_FIFO_RESET;
    settings.burst_samples = 8;
    settings.hop_samples = 32;
    run(&settings);
    settings.trigger = NF_CAPTURE_WATERMARK;
    run(&settings);
    settings.trigger = NF_CAPTURE_TIMED;
    settings.poll_us = 30000;
    run(&settings);
    return test_report_result();
}
