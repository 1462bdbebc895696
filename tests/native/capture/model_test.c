/* Random sensors, buses, consumers and mishaps against a simple model: whatever happens, each sample made was delivered once,
 * in order, or reported lost, within the bounds given; exactly, where nothing kept the capture from knowing. */
#include "board.h"
#include "reader.h"
#include "test_port.h"

#define SCENARIOS 500u
#define STEPS 4000u

static _Alignas(NF_CAPTURE_ALIGNMENT) uint8_t memory[8192];
static nf_capture capture;
static board on;
static reader from;
static uint32_t random_state = 1;

/* Marsaglia's xorshift32. */
static uint32_t any(uint32_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return (random_state >> 8) % below;
}

typedef struct scenario {
    nf_capture_settings settings;
    bool has_masks, has_bus_errors, has_jitter;
    uint32_t laziness; /* steps between two visits of the consumer, at most */
} scenario;

static scenario any_scenario(void)
{
    scenario given = {.has_masks = any(3) == 0,
                      .has_bus_errors = any(2) == 0,
                      .has_jitter = any(2) == 0,
                      .laziness = any(2) == 0 ? 8 : 1000};
    nf_capture_settings *settings = &given.settings;
    const bool has_fifo = any(3) != 0;

    settings->trigger = has_fifo ? (nf_capture_trigger)any(3) : NF_CAPTURE_DATA_READY;
    settings->sample_bytes = (uint8_t)(4 + 2 * any(6));
    settings->data_register = has_fifo ? SENSOR_FIFO_DATA : SENSOR_DATA;
    settings->fifo_bytes = has_fifo ? (uint16_t)(512 + any(513)) : 0;
    settings->count_register = SENSOR_FIFO_COUNT;
    settings->flush_register = SENSOR_USER_CONTROL;
    settings->flush_value = SENSOR_FIFO_RESET;
    settings->burst_samples = has_fifo ? (uint16_t)(1 + any(24)) : 1;
    settings->hop_samples = (uint16_t)(1 + any(40));
    settings->shortest_period_us = 950;
    settings->longest_period_us = 1050;
    if (settings->trigger == NF_CAPTURE_TIMED) {
        const uint32_t most = (uint32_t)(settings->fifo_bytes / settings->sample_bytes) - 2u;
        settings->poll_us = settings->shortest_period_us * (1 + any(most - 1));
    }
    return given;
}

static void begin(const scenario *given)
{
    const nf_capture_settings *settings = &given->settings;
    board_open(&on, &capture, settings->sample_bytes, settings->fifo_bytes);
    on.has_no_line = settings->trigger == NF_CAPTURE_TIMED;
    on.watermark_bytes =
        settings->trigger == NF_CAPTURE_WATERMARK ? settings->burst_samples * settings->sample_bytes : 0u;
    on.byte_us = 1 + any(any(2) == 0 ? 4 : 30);
    on.period_us = 951 + any(99);
    TEST_CHECK(nf_capture_open(&capture, settings, &on.port, memory, sizeof memory) == NF_CAPTURE_OK);
    TEST_CHECK(nf_capture_start(&capture) == NF_CAPTURE_OK);
    reader_open(&from, &capture);
}

/* Two late interrupts in a row could hide an edge from the clock, and nothing tells of edges before the first. */
static void disturb(const scenario *given)
{
    if (given->has_masks && any(100) == 0 && from.delivered > 0 && on.now_us > on.masked_until_us + 2 * on.period_us) {
        on.masked_until_us = on.now_us + any(6000);
    }
    if (given->has_bus_errors && any(300) == 0) {
        on.refuses = any(2) == 0;
        on.fails = any(2) == 0;
        on.nacks = any(2) == 0 ? any(6) : 0;
    }
    if (given->has_jitter) {
        on.period_us = 951 + any(99);
        on.resume_delay_us = any(1500);
    }
}

/* Reads when the mood takes it, any amount. */
static void visit(uint32_t *away, uint32_t laziness)
{
    if (*away > 0) {
        (*away)--;
        return;
    }
    *away = any(laziness);
    do {
        reader_read(&from, 1 + any(64));
    } while (any(4) != 0);
}

static void run(const scenario *given)
{
    uint32_t away = 0;
    for (uint32_t step = 0; step < STEPS; step++) {
        disturb(given);
        board_step(&on);
        visit(&away, given->laziness);
    }
}

/* Edges tell of each sample unless they are masked. */
static void check(const scenario *given)
{
    nf_capture_totals totals;
    nf_capture_sum(&capture, &totals);
    const bool is_timed = given->settings.trigger == NF_CAPTURE_TIMED;
    const uint32_t hops =
        is_timed ? totals.bursts : totals.bursts * given->settings.burst_samples / given->settings.hop_samples;

    TEST_CHECK(from.faults == 0);
    /* A silence is told once; what ends it is a burst. */
    const uint32_t silences = is_timed ? totals.bursts + 1 : 0;
    TEST_CHECK(totals.wakes == on.wakes && totals.wakes <= hops + silences + totals.overruns + totals.bus_errors);
    if (given->settings.trigger == NF_CAPTURE_DATA_READY && !given->has_masks) {
        TEST_CHECK(from.bounded_gaps == 0 && from.rest.lost_least == from.rest.lost_most);
    }
}

int main(void)
{
    uint32_t exact = 0, bounded = 0, delivered = 0, lost = 0;
    for (uint32_t i = 0; i < SCENARIOS; i++) {
        const scenario given = any_scenario();
        begin(&given);
        run(&given);
        TEST_CHECK(nf_capture_stop(&capture) == NF_CAPTURE_OK);
        reader_finish(&from, on.device.made);
        check(&given);
        exact += from.exact_gaps;
        bounded += from.bounded_gaps;
        delivered += (uint32_t)from.delivered;
        lost += (uint32_t)from.lost;
    }
    TEST_CHECK(delivered > 500000 && exact > 500 && bounded > 500);
    test_report_number("delivered", (int32_t)delivered);
    test_report_number("lost", (int32_t)lost);
    test_report_number("exact gaps", (int32_t)exact);
    test_report_number("bounded gaps", (int32_t)bounded);
    return test_report_result();
}
