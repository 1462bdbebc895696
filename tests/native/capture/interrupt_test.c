/* The capture under real interrupts of an emulated Cortex-M. SysTick plays the hardware, sensor and bus, and preempts
 * everything; the sensor's line, the end of a transfer and the resume are interrupts, which preempt the consumer at any
 * instruction. Overruns are brought about by a consumer that pauses, transfers that fail, and interrupts that are masked.
 * Time is counted in turns of SysTick. */
#include <string.h>

#include "../path/oracle.h"
#include "nvic.h"
#include "reader.h"
#include "sensor.h"
#include "test_port.h"

#define TICK_US 50u
#define TICK_CLOCKS 400u
#define FIRST_TICK 20u /* the first sample comes 40 later: the capture is on by then */
#define SAMPLES 1500u
#define PATH_WINDOW 32u
#define PATH_CHANNELS 6u

/* The line before the transfer: edges that came first are handed over first. */
enum { ALARM = 28, LINE = 29, TRANSFER_DONE = 30, RESUME = 31 };

typedef struct hardware {
    sensor device;
    uint32_t watermark_bytes;
    uint32_t ticks;
    uint32_t next_sample;
    uint32_t transfers;
    uint32_t fail_every; /* every n-th transfer fails; 0: none */
    uint32_t alarm;      /* 0: none is set */
    bool is_on, has_no_line;
    struct {
        bool in_flight, is_write;
        nf_capture_transfer result;
        uint8_t address, value;
        uint8_t *destination;
        uint32_t bytes, ends;
    } transfer;
} hardware;

static _Alignas(NF_CAPTURE_ALIGNMENT) uint8_t memory[4096];
static nf_capture capture;
static reader from;
static nf_path path;
static oracle expected;
static hardware board;
static uint32_t wakes, wakes_seen;

/* Of those that fail every other is refused and moves nothing; the rest breaks off half-way. */
static void move_bytes(void)
{
    const bool fails = board.fail_every != 0 && ++board.transfers % board.fail_every == 0;
    const bool is_refused = fails && board.transfers / board.fail_every % 2 == 0;
    const uint32_t bytes = is_refused ? 0 : fails ? board.transfer.bytes / 2 : board.transfer.bytes;
    board.transfer.result = is_refused ? NF_TRANSFER_REFUSED : fails ? NF_TRANSFER_BROKEN : NF_TRANSFER_DONE;
    if (!board.transfer.is_write) {
        sensor_read(&board.device, board.transfer.address, board.transfer.destination, bytes);
    } else if (!fails) {
        sensor_write(&board.device, board.transfer.address, board.transfer.value);
    }
    board.transfer.in_flight = false;
    nvic_set_pending(TRANSFER_DONE);
}

/* The period wanders by a twentieth. */
static void make_sample(void)
{
    const uint32_t before = board.device.filled;
    sensor_sample(&board.device);
    board.next_sample += 19 + board.device.made % 3;
    if (board.has_no_line) {
        return;
    }
    if (board.watermark_bytes == 0 ||
        (before < board.watermark_bytes && board.device.filled >= board.watermark_bytes)) {
        nvic_set_pending(LINE);
    }
}

/* One-shot, so that there is time between two ticks however late the first was. */
static void tick(void)
{
    const uint32_t now = board.ticks + 1;
    __atomic_store_n(&board.ticks, now, __ATOMIC_RELAXED);
    if (board.transfer.in_flight && board.transfer.ends == now) {
        move_bytes();
    }
    if (board.is_on && board.next_sample == now) {
        make_sample();
    }
    if (board.is_on && board.alarm != 0 && board.alarm <= now) {
        board.alarm = 0;
        nvic_set_pending(ALARM);
    }
    nvic_systick_after(TICK_CLOCKS);
}

static uint32_t ticks_now(void)
{
    return __atomic_load_n(&board.ticks, __ATOMIC_RELAXED);
}

static uint64_t port_now(void *context)
{
    (void)context;
    return (uint64_t)ticks_now() * TICK_US;
}

/* A transfer takes two ticks for what comes first and one for every 16 bytes. The hardware sees it when it is complete. */
static bool start(uint32_t bytes)
{
    sensor_begin_read(&board.device);
    board.transfer.bytes = bytes;
    board.transfer.ends = ticks_now() + 3 + bytes / 16;
    __atomic_store_n(&board.transfer.in_flight, true, __ATOMIC_RELEASE);
    return true;
}

static bool port_read(void *context, uint8_t first_register, uint8_t *destination, size_t bytes)
{
    (void)context;
    board.transfer.is_write = false;
    board.transfer.address = first_register;
    board.transfer.destination = destination;
    return start((uint32_t)bytes);
}

static bool port_write(void *context, uint8_t address, uint8_t value)
{
    (void)context;
    board.transfer.is_write = true;
    board.transfer.address = address;
    board.transfer.value = value;
    return start(1);
}

static void port_wake(void *context)
{
    (void)context;
    __atomic_store_n(&wakes, wakes + 1, __ATOMIC_RELEASE);
}

static void port_resume(void *context)
{
    (void)context;
    nvic_set_pending(RESUME);
}

/* SysTick looks at it. */
static void port_alarm(void *context, uint64_t at_us)
{
    (void)context;
    __atomic_store_n(&board.alarm, (uint32_t)(at_us / TICK_US), __ATOMIC_RELEASE);
}

static void pause(uint32_t ticks)
{
    const uint32_t since = ticks_now();
    while (ticks_now() - since < ticks) {
        __asm__ volatile("wfi" ::: "memory");
    }
}

static bool port_enable(void *context)
{
    (void)context;
    __atomic_store_n(&board.is_on, true, __ATOMIC_RELEASE);
    return true;
}

/* The sensor rests; then whatever is in flight comes to its end. */
static void port_disable(void *context)
{
    (void)context;
    __atomic_store_n(&board.is_on, false, __ATOMIC_RELEASE);
    uint32_t bursts;
    do {
        bursts = board.transfers + capture.bursts;
        pause(200);
    } while (bursts != board.transfers + capture.bursts);
}

static void line_handler(void)
{
    nf_capture_interrupt(&capture, 1, port_now(NULL));
}

static void alarm_handler(void)
{
    nf_capture_alarm(&capture);
}

static void transfer_handler(void)
{
    nf_capture_done(&capture, board.transfer.result);
}

static void resume_handler(void)
{
    nf_capture_resume(&capture);
}

static void wait_for_wake(void)
{
    const uint32_t since = ticks_now();
    while (__atomic_load_n(&wakes, __ATOMIC_ACQUIRE) == wakes_seen && ticks_now() - since < 4000) {
        __asm__ volatile("wfi" ::: "memory");
    }
    wakes_seen = __atomic_load_n(&wakes, __ATOMIC_ACQUIRE);
}

static void linger(uint32_t visit, bool has_masks)
{
    if (visit % 7 == 0) {
        pause(10000);
    }
    if (has_masks && visit % 5 == 0) {
        nvic_mask();
        pause(30 + visit % 64);
        nvic_unmask();
    }
}

static void consume(uint32_t hop, bool has_masks)
{
    for (uint32_t visit = 0; board.device.made < SAMPLES; visit++) {
        wait_for_wake();
        while (reader_read(&from, hop) > 0) {
        }
        linger(visit, has_masks);
    }
}

static void begin(const nf_capture_settings *settings, uint32_t fail_every)
{
    static const nf_capture_port port = {NULL,        port_read,   port_write,   port_now,   port_wake,
                                         port_resume, port_enable, port_disable, port_alarm, NULL};

    board = (hardware){.device = {.sample_bytes = settings->sample_bytes, .fifo_bytes = settings->fifo_bytes},
                       .fail_every = fail_every,
                       .has_no_line = settings->trigger == NF_CAPTURE_TIMED,
                       .ticks = FIRST_TICK,
                       .next_sample = 60};
    if (settings->trigger == NF_CAPTURE_WATERMARK) {
        board.watermark_bytes = settings->burst_samples * settings->sample_bytes;
    }
    TEST_CHECK(nf_capture_open(&capture, settings, &port, memory, sizeof memory) == NF_CAPTURE_OK);
    nvic_systick_after(TICK_CLOCKS);
}

static void run(const nf_capture_settings *settings, uint32_t fail_every, bool has_masks)
{
    begin(settings, fail_every);
    reader_open(&from, &capture);
    TEST_CHECK(nf_capture_start(&capture) == NF_CAPTURE_OK);
    consume(settings->hop_samples, has_masks);
    TEST_CHECK(nf_capture_stop(&capture) == NF_CAPTURE_OK);
    nvic_systick_stop();

    reader_finish(&from, board.device.made);
    TEST_CHECK(from.faults == 0);
    TEST_CHECK(from.delivered > 0 && from.lost > 0);
    test_report_number("made", (int32_t)board.device.made);
    test_report_number("delivered", (int32_t)from.delivered);
    test_report_number("lost", (int32_t)from.lost);
    test_report_number("gaps known exactly", (int32_t)from.exact_gaps);
    test_report_number("gaps known within bounds", (int32_t)from.bounded_gaps);
}

/* What the path has given. */
static struct {
    nf_path_facts facts;
    int16_t window[PATH_WINDOW * PATH_CHANNELS];
} shown[256];
static uint32_t shown_count;

/* The oracle is too slow for the producer: its bursts are recorded, and looked at after the stop. */
static void take_windows(void)
{
    while (shown_count < sizeof shown / sizeof *shown) {
        oracle_record(&expected);
        const nf_path_event event = nf_path_next(&path, &shown[shown_count].facts);
        oracle_record(&expected);
        if (event == NF_PATH_NOTHING || event == NF_PATH_SILENT) {
            return;
        }
        memcpy(shown[shown_count++].window, path.window, sizeof shown->window);
    }
}

/* The gap of the stop lies in no burst. */
static void check_shown(void)
{
    for (uint32_t i = 0; i < shown_count; i++) {
        const nf_path_event event = oracle_next(&expected);
        if (event == NF_PATH_NOTHING) {
            TEST_CHECK(i == shown_count - 1 && shown[i].facts.event == NF_PATH_GAP);
            return;
        }
        TEST_CHECK(oracle_agrees(&expected, shown[i].window, &shown[i].facts));
    }
}

/* From the line or the alarm to the window: half the sensor's rate, rotation without its bias. */
static void run_path(const nf_capture_settings *settings, bool has_masks)
{
    static const nf_path_settings model = {
        .channel_count = PATH_CHANNELS,
        .source = {0, 1, 2, 3, 4, 5},
        .factor_q16 = {65536, 65536, 40000, 70000, 65536, -65536},
        .still_limit = {20, 0, 30000, 0, 0, 0},
        .bias_first = 3,
        .window_samples = PATH_WINDOW,
        .hop_samples = PATH_WINDOW / 2,
        .sensor_period_ns = 1000000,
        .model_period_ns = 2000000,
    };
    static int16_t window[PATH_WINDOW * PATH_CHANNELS];
    const uint64_t start_us = FIRST_TICK * TICK_US;
    nf_capture_totals totals;

    oracle_open(&expected, &model, &capture, start_us);
    shown_count = 0;
    begin(settings, 97);
    TEST_CHECK(nf_path_open(&path, &model, &capture, window, PATH_WINDOW * PATH_CHANNELS) == NF_CAPTURE_OK);
    nf_path_start(&path, start_us);
    TEST_CHECK(nf_capture_start(&capture) == NF_CAPTURE_OK);
    for (uint32_t visit = 0; board.device.made < SAMPLES; visit++) {
        wait_for_wake();
        take_windows();
        linger(visit, has_masks);
    }
    TEST_CHECK(nf_capture_stop(&capture) == NF_CAPTURE_OK);
    nvic_systick_stop();
    take_windows();
    check_shown();

    nf_capture_sum(&capture, &totals);
    TEST_CHECK(shown_count > 20 && shown_count < sizeof shown / sizeof *shown && totals.lost_most > 0);
    TEST_CHECK(totals.delivered + totals.lost_least <= board.device.made);
    TEST_CHECK(totals.delivered + totals.lost_most >= board.device.made);
    test_report_number("windows and gaps", (int32_t)shown_count);
}

int main(void)
{
    nf_capture_settings settings = {
        .trigger = NF_CAPTURE_DATA_READY,
        .sample_bytes = 12,
        .data_register = SENSOR_FIFO_DATA,
        .fifo_bytes = 1024,
        .count_register = SENSOR_FIFO_COUNT,
        .flush_register = SENSOR_USER_CONTROL,
        .flush_value = SENSOR_FIFO_RESET,
        .burst_samples = 8,
        .hop_samples = 32,
        .shortest_period_us = 950,
        .longest_period_us = 1050,
    };

    nvic_open(tick);
    nvic_enable(ALARM, alarm_handler);
    nvic_enable(LINE, line_handler);
    nvic_enable(TRANSFER_DONE, transfer_handler);
    nvic_enable(RESUME, resume_handler);

    run(&settings, 97, false);
    TEST_CHECK(from.bounded_gaps == 0 && from.lost == from.lost_least && from.lost == from.lost_most);
    TEST_CHECK((from.reasons & NF_CAPTURE_LOST_BUS_ERROR) != 0 && (from.reasons & NF_CAPTURE_LOST_FIFO_OVERFLOW) != 0);
    run(&settings, 97, true);
    settings.trigger = NF_CAPTURE_WATERMARK;
    run(&settings, 97, true);
    settings.trigger = NF_CAPTURE_TIMED;
    settings.poll_us = 40000;
    run(&settings, 97, true);
    run_path(&settings, true);
    settings.poll_us = 0;

    settings.trigger = NF_CAPTURE_DATA_READY;
    run_path(&settings, false);
    settings.data_register = SENSOR_DATA;
    settings.fifo_bytes = 0;
    settings.burst_samples = 1;
    run(&settings, 197, false);
    TEST_CHECK(from.bounded_gaps == 0 && from.lost == from.lost_least && from.lost == from.lost_most);
    TEST_CHECK((from.reasons & NF_CAPTURE_LOST_RING_FULL) != 0);
    run(&settings, 197, true);
    TEST_CHECK((from.reasons & NF_CAPTURE_LOST_LATE) != 0 && from.bounded_gaps > 0);
    return test_report_result();
}
