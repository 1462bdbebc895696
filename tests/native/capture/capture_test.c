/* Each promise of capture.h, one by one, on a board in virtual time. */
#include "board.h"
#include "reader.h"
#include "test_port.h"

static _Alignas(NF_CAPTURE_ALIGNMENT) uint8_t memory[NF_CAPTURE_RING_BYTES(12, 8, 8)];
static nf_capture capture;
static board on;
static reader from;

static const nf_capture_settings fifo_settings = {
    .trigger = NF_CAPTURE_DATA_READY,
    .sample_bytes = 12,
    .data_register = SENSOR_FIFO_DATA,
    .fifo_bytes = 1024,
    .count_register = SENSOR_FIFO_COUNT,
    .flush_register = SENSOR_USER_CONTROL,
    .flush_value = SENSOR_FIFO_RESET,
    .burst_samples = 8,
    .hop_samples = 20,
    .shortest_period_us = 950,
    .longest_period_us = 1050,
};

/* Accelerometer and gyroscope out of a burst that has the temperature between them. */
static const nf_capture_settings register_settings = {
    .trigger = NF_CAPTURE_DATA_READY,
    .sample_bytes = 14,
    .data_register = SENSOR_DATA,
    .burst_samples = 1,
    .hop_samples = 4,
    .shortest_period_us = 950,
    .longest_period_us = 1050,
};

/* With a FIFO, samples count from its first reset. */
static void start(void)
{
    TEST_CHECK(nf_capture_start(&capture) == NF_CAPTURE_OK);
    reader_open(&from, &capture);
    while (on.device.fifo_bytes > 0 && on.device.resets == 0) {
        board_step(&on);
    }
}

static void begin(const nf_capture_settings *settings)
{
    board_open(&on, &capture, settings->sample_bytes, settings->fifo_bytes);
    on.has_no_line = settings->trigger == NF_CAPTURE_TIMED;
    on.watermark_bytes =
        settings->trigger == NF_CAPTURE_WATERMARK ? settings->burst_samples * settings->sample_bytes : 0u;
    TEST_CHECK(nf_capture_open(&capture, settings, &on.port, memory, sizeof memory) == NF_CAPTURE_OK);
    start();
}

/* Lets the sensor make samples, while the consumer reads all there is, or nothing. */
static void run(uint32_t samples, bool is_reading)
{
    const uint32_t until = on.device.made + samples;
    while (on.device.made < until) {
        board_step(&on);
        if (is_reading) {
            reader_drain(&from);
        }
    }
}

/* Samples in the ring, which holds whole bursts of 8. */
static uint32_t waiting(void)
{
    return 8 * (capture.written - capture.released);
}

static nf_capture_totals finish(void)
{
    nf_capture_totals totals;
    TEST_CHECK(nf_capture_stop(&capture) == NF_CAPTURE_OK);
    TEST_CHECK(nf_capture_stop(&capture) == NF_CAPTURE_NOT_RUNNING);
    reader_finish(&from, on.device.made);
    TEST_CHECK(from.faults == 0);
    nf_capture_sum(&capture, &totals);
    return totals;
}

static bool lossless(void)
{
    finish();
    return from.lost_most == 0 && (from.rest.lost_reasons & ~NF_CAPTURE_LOST_STOPPED) == 0;
}

static nf_capture_status open_with(nf_capture_settings settings)
{
    return nf_capture_open(&capture, &settings, &on.port, memory, sizeof memory);
}

#define REFUSED(field, value)                                                                                          \
    do {                                                                                                               \
        nf_capture_settings settings = fifo_settings;                                                                  \
        settings.field = (value);                                                                                      \
        TEST_CHECK(open_with(settings) == NF_CAPTURE_BAD_SETTINGS);                                                    \
    } while (0)

static void wrong_settings_are_refused(void)
{
    REFUSED(sample_bytes, 0);
    REFUSED(sample_bytes, 13);
    REFUSED(sample_bytes, NF_CAPTURE_MAX_SAMPLE_BYTES + 2);
    REFUSED(burst_samples, 0);
    REFUSED(burst_samples, 84);
    REFUSED(poll_us, 1000);
    REFUSED(trigger, NF_CAPTURE_TIMED);
    REFUSED(trigger, NF_CAPTURE_TIMED + 1);
    REFUSED(hop_samples, 0);
    REFUSED(shortest_period_us, 0);
    REFUSED(longest_period_us, 949);
    REFUSED(longest_period_us, 1425);
    REFUSED(fifo_bytes, 0);
}

static void wrong_calls_are_refused(void)
{
    nf_capture_chunk chunk;

    TEST_CHECK(nf_capture_open(NULL, &fifo_settings, &on.port, memory, sizeof memory) == NF_CAPTURE_NULL_ARGUMENT);
    TEST_CHECK(nf_capture_open(&capture, NULL, &on.port, memory, sizeof memory) == NF_CAPTURE_NULL_ARGUMENT);
    TEST_CHECK(nf_capture_open(&capture, &fifo_settings, NULL, memory, sizeof memory) == NF_CAPTURE_NULL_ARGUMENT);
    TEST_CHECK(nf_capture_open(&capture, &fifo_settings, &on.port, NULL, sizeof memory) == NF_CAPTURE_NULL_ARGUMENT);
    TEST_CHECK(nf_capture_open(&capture, &fifo_settings, &on.port, memory + 4, sizeof memory - 4) ==
               NF_CAPTURE_MISALIGNED);
    TEST_CHECK(nf_capture_open(&capture, &fifo_settings, &on.port, memory, sizeof memory / 2) == NF_CAPTURE_OK);
    TEST_CHECK(nf_capture_open(&capture, &fifo_settings, &on.port, memory, sizeof memory / 2 - 1) ==
               NF_CAPTURE_MEMORY_TOO_SMALL);
    TEST_CHECK(nf_capture_start(NULL) == NF_CAPTURE_NULL_ARGUMENT);
    TEST_CHECK(nf_capture_stop(NULL) == NF_CAPTURE_NULL_ARGUMENT);

    begin(&fifo_settings);
    TEST_CHECK(nf_capture_start(&capture) == NF_CAPTURE_RUNNING);
    TEST_CHECK(nf_capture_read(NULL, &chunk) == NF_CAPTURE_NULL_ARGUMENT);
    TEST_CHECK(nf_capture_read(&capture, NULL) == NF_CAPTURE_NULL_ARGUMENT);
    TEST_CHECK(nf_capture_read(&capture, &chunk) == NF_CAPTURE_OK && chunk.samples == 0);
    finish();
}

static bool refuse_to_enable(void *context)
{
    (void)context;
    return false;
}

static void a_port_that_cannot_begin_is_reported(void)
{
    board_open(&on, &capture, 12, 1024);
    on.port.enable = refuse_to_enable;
    TEST_CHECK(nf_capture_open(&capture, &fifo_settings, &on.port, memory, sizeof memory) == NF_CAPTURE_OK);
    TEST_CHECK(nf_capture_start(&capture) == NF_CAPTURE_PORT_FAILED);
    TEST_CHECK(nf_capture_stop(&capture) == NF_CAPTURE_NOT_RUNNING);
}

static void a_quiet_run_loses_nothing(const nf_capture_settings *settings, uint32_t wakes)
{
    begin(settings);
    run(400, true);
    const nf_capture_totals totals = finish();
    TEST_CHECK(totals.delivered >= 400u - settings->burst_samples && from.lost_most == 0);
    TEST_CHECK(totals.overruns == 0 && totals.flushes == 0 && totals.bus_errors == 0);
    TEST_CHECK(totals.bursts == totals.delivered / settings->burst_samples);
    TEST_CHECK(totals.wakes == wakes && on.wakes == wakes);
}

/* Data-ready edges stamp the newest sample they announce: sample n is made at a known time here. */
static void stamps_tell_when_a_sample_was_made(void)
{
    nf_capture_chunk chunk;

    begin(&fifo_settings);
    const uint64_t first_us = on.next_sample_us;
    run(100, false);
    for (uint32_t i = 0; i < 4; i++) {
        TEST_CHECK(nf_capture_read(&capture, &chunk) == NF_CAPTURE_OK && chunk.samples == 8);
        nf_capture_release(&capture, 8);
        TEST_CHECK(chunk.first == 8 * i && chunk.time_sample == 8 * i + 7);
        TEST_CHECK(chunk.time_us == first_us + 1000 * chunk.time_sample);
    }
    TEST_CHECK(nf_capture_stop(&capture) == NF_CAPTURE_OK);
}

/* 64 samples fit the ring; the rest waits in the FIFO, which holds 85 and is trusted with 83. */
static void a_late_consumer_loses_only_what_the_fifo_cannot_hold(void)
{
    begin(&fifo_settings);
    run(64 + 81, false);
    TEST_CHECK(waiting() == 64);
    run(100, true);
    const nf_capture_totals totals = finish();
    TEST_CHECK(from.lost_most == 0 && totals.overruns == 1 && totals.flushes == 0);
}

static void a_fifo_overflow_is_counted_exactly(uint32_t samples)
{
    begin(&fifo_settings);
    run(64 + samples, false);
    TEST_CHECK(waiting() == 64);
    run(100, true);
    const nf_capture_totals totals = finish();
    TEST_CHECK(from.lost >= samples && from.lost_least == from.lost && from.lost_most == from.lost);
    TEST_CHECK(totals.overruns == 1 && totals.flushes == 1 && from.exact_gaps == 1);
    TEST_CHECK(from.reasons == (NF_CAPTURE_LOST_FIFO_OVERFLOW | NF_CAPTURE_LOST_RING_FULL));
}

/* 83 samples wait when the ring is emptied; the burst that follows takes three sample periods. */
static void an_overflow_between_count_and_burst_is_noticed(void)
{
    begin(&fifo_settings);
    run(64 + 83, false);
    reader_drain(&from);
    on.byte_us = 40;
    run(200, true);
    finish();
    TEST_CHECK(from.lost > 0 && from.lost_least == from.lost && from.lost_most == from.lost);
}

static void step_until_reading(uint32_t address)
{
    while (!on.transfer.in_flight || on.transfer.address != address) {
        board_step(&on);
    }
}

/* The sensor is about to finish a sample while it is asked for the count. */
static void a_sample_being_written_is_waited_for(void)
{
    begin(&fifo_settings);
    run(12, true);
    step_until_reading(SENSOR_FIFO_COUNT);
    on.device.filled -= 5;
    board_step(&on);
    on.device.filled += 5;
    run(50, true);
    TEST_CHECK(lossless() && from.rest.lost_most < fifo_settings.burst_samples);
}

/* Three samples come while nobody looks, after the sensor counted and before the count is served; then the burst fails. */
static void edges_hidden_during_a_count_are_not_forgotten(void)
{
    begin(&fifo_settings);
    step_until_reading(SENSOR_FIFO_COUNT);
    on.masked_until_us = on.now_us + 3700;
    step_until_reading(SENSOR_FIFO_DATA);
    on.transfer.fails = true;
    run(50, true);
    finish();
    TEST_CHECK(from.lost > 0 && from.lost_least < from.lost_most);
}

static void a_failed_burst_is_counted_exactly(const nf_capture_settings *settings)
{
    begin(settings);
    run(50, true);
    step_until_reading(settings->data_register);
    on.transfer.fails = true;
    run(50, true);
    const nf_capture_totals totals = finish();
    TEST_CHECK(totals.bus_errors == 1 && from.lost_least > 0 && from.lost_least == from.lost_most);
    TEST_CHECK(from.reasons == NF_CAPTURE_LOST_BUS_ERROR);
}

static void a_transfer_that_does_not_start_is_tried_again(void)
{
    begin(&fifo_settings);
    for (uint32_t i = 0; i < 20; i++) {
        on.refuses = true;
        run(20, true);
    }
    const nf_capture_totals totals = finish();
    TEST_CHECK(totals.bus_errors >= 19 && from.lost_most == 0);
}

static void a_slow_consumer_of_registers_loses_what_the_ring_cannot_hold(void)
{
    begin(&register_settings);
    const uint32_t slots = capture.slot_count;
    run(slots + 7, false);
    reader_drain(&from);
    run(10, true);
    finish();
    TEST_CHECK(from.lost_least == 7 && from.lost_most == 7);
    TEST_CHECK(from.reasons == NF_CAPTURE_LOST_RING_FULL);
}

/* 14 bytes take 17 * 90 us: longer than a sample. */
static void a_slow_bus_loses_every_other_sample(void)
{
    begin(&register_settings);
    on.byte_us = 90;
    run(100, true);
    finish();
    TEST_CHECK(from.lost_least >= 49 && from.lost_least == from.lost_most);
    TEST_CHECK(from.reasons == NF_CAPTURE_LOST_BUSY);
}

static void masked_interrupts_are_bounded_by_time(void)
{
    begin(&register_settings);
    run(20, true);
    while (on.transfer.in_flight) {
        board_step(&on);
    }
    on.masked_until_us = on.now_us + 3700;
    run(20, true);
    finish();
    TEST_CHECK(from.lost_least < from.lost_most && from.lost_most <= 4);
    TEST_CHECK(from.lost == 2 && from.reasons == NF_CAPTURE_LOST_LATE);
}

/* The FIFO count makes up for edges that nobody saw. */
static void masked_interrupts_lose_nothing_of_a_fifo(void)
{
    begin(&fifo_settings);
    run(20, true);
    on.masked_until_us = on.now_us + 13700;
    run(40, true);
    TEST_CHECK(lossless());
}

static void a_watermark_overflow_is_bounded_by_time(void)
{
    nf_capture_settings settings = fifo_settings;
    settings.trigger = NF_CAPTURE_WATERMARK;
    begin(&settings);
    run(300, false);
    run(100, true);
    const nf_capture_totals totals = finish();
    TEST_CHECK(totals.flushes == 1 && from.bounded_gaps == 1);
    TEST_CHECK(from.lost_least >= from.lost * 9 / 10 && from.lost_most <= from.lost * 11 / 10 + 2);
}

static void a_capture_can_be_started_again(void)
{
    begin(&fifo_settings);
    run(300, false);
    finish();
    on.device.resets = 0;
    on.next_sample_us = on.now_us + 1000;
    start();
    run(100, true);
    TEST_CHECK(lossless() && from.delivered == 96 && from.rest.lost_least == 4 && from.rest.lost_most == 4);
}

/* Up to three times in a row, whatever the transfer; nothing is lost, and the bus has not failed. */
static void a_refused_transfer_is_repeated(const nf_capture_settings *settings)
{
    begin(settings);
    for (uint32_t i = 0; i < 160; i++) {
        on.nacks = i % 4;
        run(7, true);
    }
    const nf_capture_totals totals = finish();
    TEST_CHECK(totals.retries >= 30 && totals.bus_errors == 0 && from.lost_most == 0);
    TEST_CHECK(nf_capture_failures(&capture) == 0 && nf_capture_retries(&capture) == totals.retries);
}

/* The fourth refusal in a row is a failure, which the next edge mends. */
static void a_burst_refused_for_good_stays_in_the_fifo(const nf_capture_settings *settings)
{
    begin(settings);
    run(17, true);
    on.nacks = 1000;
    run(25, true);
    TEST_CHECK(nf_capture_failures(&capture) > 0 && nf_capture_silent_us(&capture) >= 16000);
    on.nacks = 0;
    run(120, true);
    TEST_CHECK(nf_capture_failures(&capture) == 0 && nf_capture_silent_us(&capture) <= 33000);
    const nf_capture_totals totals = finish();
    TEST_CHECK(totals.bus_errors > 0 && from.lost_most == 0);
}

static nf_capture_settings timed_settings(void)
{
    nf_capture_settings settings = fifo_settings;
    settings.trigger = NF_CAPTURE_TIMED;
    settings.poll_us = 30000;
    return settings;
}

/* 30 samples a poll, in bursts of 8, 8, 8 and 6: four slots, one time stamp, one wake. */
static void an_alarm_empties_the_fifo(void)
{
    const nf_capture_settings settings = timed_settings();
    nf_capture_chunk chunk;
    uint32_t samples = 0;

    begin(&settings);
    const uint64_t begun_us = on.now_us;
    run(32, false);
    for (uint32_t burst = 0; burst < 4; burst++) {
        TEST_CHECK(nf_capture_read(&capture, &chunk) == NF_CAPTURE_OK);
        TEST_CHECK(chunk.samples == (burst < 3 ? 8 : 6) && chunk.first == samples && chunk.time_sample == 29);
        TEST_CHECK(chunk.time_us == begun_us + 30000);
        nf_capture_release(&capture, chunk.samples);
        samples += chunk.samples;
    }
    TEST_CHECK(on.wakes == 1);
    TEST_CHECK(nf_capture_read(&capture, &chunk) == NF_CAPTURE_OK && chunk.samples == 0);
    from.expected = samples;
    from.delivered = samples;
    run(300, true);
    const nf_capture_totals totals = finish();
    TEST_CHECK(totals.wakes == 11 && totals.bursts == 44 && from.lost_most == 0);
}

static void delay_alarm(uint32_t microseconds)
{
    run(5, true); /* whatever the last one began is over */
    on.masked_until_us = on.alarm_us + microseconds;
    while (on.now_us < on.masked_until_us) {
        run(1, true);
    }
}

/* Alarms keep their pace although each is served late, and start it again when one is missed. */
static void alarms_do_not_drift(void)
{
    const nf_capture_settings settings = timed_settings();

    begin(&settings);
    const uint64_t begun_us = on.now_us;
    for (uint32_t i = 1; i <= 5; i++) {
        TEST_CHECK(on.alarm_us == begun_us + i * 30000);
        delay_alarm(700);
    }
    delay_alarm(31000);
    TEST_CHECK(on.alarm_us == begun_us + 6 * 30000 + 31000 + 30000);
    TEST_CHECK(lossless());
}

/* The ring is full in the middle of a count: the rest waits in the FIFO. */
static void a_full_ring_stops_a_timed_burst(void)
{
    nf_capture_settings settings = timed_settings();

    settings.poll_us = 40000;
    begin(&settings);
    run(82, false);
    TEST_CHECK(capture.written - capture.released == 8);
    const uint32_t wakes = on.wakes;
    run(40, true);
    const nf_capture_totals totals = finish();
    TEST_CHECK(wakes == 2 && totals.overruns == 1 && from.lost_most == 0);
}

/* The FIFO is emptied at once, not at the next alarm: what was in it is lost, and what comes while it is. */
static void a_timed_burst_that_breaks_loses_what_the_fifo_held(void)
{
    const nf_capture_settings settings = timed_settings();

    begin(&settings);
    run(45, true);
    step_until_reading(SENSOR_FIFO_DATA);
    on.transfer.fails = true;
    run(60, true);
    const nf_capture_totals totals = finish();
    TEST_CHECK(totals.bus_errors == 1 && totals.flushes == 1 && from.reasons == NF_CAPTURE_LOST_BUS_ERROR);
    TEST_CHECK(from.lost >= 30 && from.lost <= 32 && from.lost_least >= 30 && from.lost_most <= 36);
}

static void a_timed_overflow_is_bounded_by_time(void)
{
    const nf_capture_settings settings = timed_settings();

    begin(&settings);
    run(15, true);
    on.masked_until_us = on.now_us + 200000;
    run(300, true);
    const nf_capture_totals totals = finish();
    TEST_CHECK(totals.flushes == 1 && from.bounded_gaps == 1 && from.reasons == NF_CAPTURE_LOST_FIFO_OVERFLOW);
    TEST_CHECK(from.lost_least >= from.lost * 9 / 10 && from.lost_most <= from.lost * 11 / 10 + 2);
}

/* Odd bytes that stay are not a sample that is being written. */
static void a_misaligned_fifo_is_told_from_an_overflown_one(void)
{
    const nf_capture_settings settings = timed_settings();

    begin(&settings);
    run(40, true);
    on.device.filled -= 5;
    run(60, true);
    finish();
    TEST_CHECK(from.lost >= 30 && from.reasons == NF_CAPTURE_LOST_MISALIGNED);
}

/* A sensor that rests gives no sample: that is silence, not a failure. */
static void silence_is_told(void)
{
    const nf_capture_settings settings = timed_settings();

    begin(&settings);
    run(31, true);
    on.next_sample_us = UINT64_MAX;
    for (uint32_t i = 0; i < 100; i++) {
        board_step(&on);
        reader_drain(&from);
    }
    TEST_CHECK(nf_capture_silent_us(&capture) > 100000 && nf_capture_failures(&capture) == 0);
    TEST_CHECK(on.wakes <= 3); /* once more, to find the silence */
}

/* The FIFO cannot be emptied at once: sample 0 is the first made after the failure, and lost. */
static void a_start_on_a_failing_bus_is_a_loss(const nf_capture_settings *settings)
{
    board_open(&on, &capture, settings->sample_bytes, settings->fifo_bytes);
    on.has_no_line = settings->trigger == NF_CAPTURE_TIMED;
    on.watermark_bytes =
        settings->trigger == NF_CAPTURE_WATERMARK ? settings->burst_samples * settings->sample_bytes : 0u;
    on.nacks = 1 + NF_CAPTURE_RETRIES;
    on.device.resets = 1; /* so that the next one leaves the numbers as they are */
    TEST_CHECK(nf_capture_open(&capture, settings, &on.port, memory, sizeof memory) == NF_CAPTURE_OK);
    TEST_CHECK(nf_capture_start(&capture) == NF_CAPTURE_OK);
    reader_open(&from, &capture);
    while (capture.bus_errors == 0) {
        board_step(&on);
    }
    on.device.made = 0;
    run(5, false);
    run(100, true);
    const nf_capture_totals totals = finish();
    TEST_CHECK(totals.bus_errors == 1 && from.delivered > 0);
    TEST_CHECK(from.lost > 0 && from.reasons == NF_CAPTURE_LOST_BUS_ERROR);
}

static void a_timed_capture_needs_an_alarm(void)
{
    const nf_capture_settings settings = timed_settings();

    board_open(&on, &capture, 12, 1024);
    on.port.alarm = NULL;
    TEST_CHECK(open_with(settings) == NF_CAPTURE_PORT_FAILED);
}

int main(void)
{
    nf_capture_settings watermark = fifo_settings;
    watermark.trigger = NF_CAPTURE_WATERMARK;
    const nf_capture_settings timed = timed_settings();

    wrong_settings_are_refused();
    wrong_calls_are_refused();
    a_port_that_cannot_begin_is_reported();
    a_quiet_run_loses_nothing(&fifo_settings, 20);
    a_quiet_run_loses_nothing(&watermark, 20);
    a_quiet_run_loses_nothing(&register_settings, 100);
    stamps_tell_when_a_sample_was_made();
    a_late_consumer_loses_only_what_the_fifo_cannot_hold();
    a_fifo_overflow_is_counted_exactly(85);
    a_fifo_overflow_is_counted_exactly(400);
    a_sample_being_written_is_waited_for();
    edges_hidden_during_a_count_are_not_forgotten();
    an_overflow_between_count_and_burst_is_noticed();
    a_failed_burst_is_counted_exactly(&fifo_settings);
    a_failed_burst_is_counted_exactly(&register_settings);
    a_transfer_that_does_not_start_is_tried_again();
    a_slow_consumer_of_registers_loses_what_the_ring_cannot_hold();
    a_slow_bus_loses_every_other_sample();
    masked_interrupts_are_bounded_by_time();
    masked_interrupts_lose_nothing_of_a_fifo();
    a_watermark_overflow_is_bounded_by_time();
    a_capture_can_be_started_again();
    a_refused_transfer_is_repeated(&fifo_settings);
    a_refused_transfer_is_repeated(&watermark);
    a_refused_transfer_is_repeated(&timed);
    a_refused_transfer_is_repeated(&register_settings);
    a_burst_refused_for_good_stays_in_the_fifo(&fifo_settings);
    a_burst_refused_for_good_stays_in_the_fifo(&timed);
    an_alarm_empties_the_fifo();
    alarms_do_not_drift();
    a_full_ring_stops_a_timed_burst();
    a_timed_burst_that_breaks_loses_what_the_fifo_held();
    a_timed_overflow_is_bounded_by_time();
    a_misaligned_fifo_is_told_from_an_overflown_one();
    silence_is_told();
    a_start_on_a_failing_bus_is_a_loss(&fifo_settings);
    a_start_on_a_failing_bus_is_a_loss(&watermark);
    a_start_on_a_failing_bus_is_a_loss(&timed);
    a_timed_capture_needs_an_alarm();
    return test_report_result();
}
