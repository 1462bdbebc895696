/* Random sensors, models and mishaps: what the path gives, number for number, is what the oracle makes of the same bursts. */
#include <string.h>

#include "../../../native-interop/capture/ring.h"
#include "board.h"
#include "oracle.h"
#include "test_port.h"

#define SCENARIOS 60u
#define STEPS 9000u

static _Alignas(NF_CAPTURE_ALIGNMENT) uint8_t memory[8192];
static int16_t window[64 * NF_PATH_MAX_CHANNELS];
static nf_capture capture;
static nf_path path;
static nf_path_settings settings;
static board on;
static oracle expected;
static uint32_t random_state = 7;
static uint32_t disturbance; /* a mishap in so many steps; 0: none */
static uint32_t windows, still_windows, gaps, faults;

/* The oracle's place in the ring. */
static struct {
    uint32_t slot, taken;
    bool gap_seen;
    uint64_t count_us, count_sample, next;
} tap;

static uint32_t any(uint32_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return (random_state >> 8) % below;
}

static void expect_at(bool holds, int line, const char *expression)
{
    if (!holds && faults++ == 0) {
        test_report_check(false, __FILE__, line, expression);
    }
}

#define expect(expression) expect_at(expression, __LINE__, #expression)

static void choose_model(uint32_t values)
{
    settings = (nf_path_settings){
        .channel_count = (uint8_t)(1 + any(NF_PATH_MAX_CHANNELS)),
        .bias_first = values < 3 || any(4) == 0 ? NF_PATH_NO_BIAS : (uint8_t)any(values - 2),
        .window_samples = (uint16_t)(1 + any(40)),
        .sensor_period_ns = 1000000,
        .model_period_ns = 200000 + any(any(2) == 0 ? 3000000 : 300000),
    };
    settings.hop_samples = (uint16_t)(1 + any(settings.window_samples));
    for (uint32_t i = 0; i < settings.channel_count; i++) {
        settings.source[i] = (uint8_t)any(values);
        settings.factor_q16[i] = (int32_t)(1 + any(1u << any(23))) * (any(4) == 0 ? -1 : 1);
        settings.still_limit[i] = any(2) == 0 ? 0 : (int32_t)(1 + any(30000));
    }
}

static nf_capture_settings any_sensor(void)
{
    const nf_capture_trigger trigger = (nf_capture_trigger)any(3);
    nf_capture_settings chip = {
        .trigger = trigger,
        .sample_bytes = (uint8_t)(4 + 2 * any(6)),
        .data_register = SENSOR_FIFO_DATA,
        .fifo_bytes = 1024,
        .count_register = SENSOR_FIFO_COUNT,
        .flush_register = SENSOR_USER_CONTROL,
        .flush_value = SENSOR_FIFO_RESET,
        .burst_samples = (uint16_t)(1 + any(16)),
        .hop_samples = (uint16_t)(1 + any(40)),
        .poll_us = trigger == NF_CAPTURE_TIMED ? 4000 + any(50000) : 0,
        .shortest_period_us = 950,
        .longest_period_us = 1050,
    };
    return chip;
}

static void begin(void)
{
    const nf_capture_settings chip = any_sensor();

    choose_model(chip.sample_bytes / 2u);
    board_open(&on, &capture, chip.sample_bytes, chip.fifo_bytes);
    on.has_no_line = chip.trigger == NF_CAPTURE_TIMED;
    on.watermark_bytes = chip.trigger == NF_CAPTURE_WATERMARK ? chip.burst_samples * chip.sample_bytes : 0u;
    on.period_us = 951 + any(99);
    disturbance = any(3) * any(1000);
    TEST_CHECK(nf_capture_open(&capture, &chip, &on.port, memory, sizeof memory) == NF_CAPTURE_OK);
    TEST_CHECK(nf_path_open(&path, &settings, &capture, window, sizeof window / sizeof *window) == NF_CAPTURE_OK);
    TEST_CHECK(nf_capture_start(&capture) == NF_CAPTURE_OK);
    nf_path_start(&path, on.now_us);
    oracle_open(&expected, &settings, chip.sample_bytes / 2u);
    oracle_restart(&expected, (int64_t)on.now_us);
    memset(&tap, 0, sizeof tap);
    tap.count_us = on.now_us;
    tap.count_sample = UINT64_MAX;
}

static int64_t behind(void)
{
    return (int64_t)(tap.count_sample + 1 - tap.next);
}

static void feed_sample(const nf_capture_slot *slot)
{
    int16_t sample[NF_PATH_MAX_VALUES];
    const uint32_t number = (uint32_t)(slot->first + tap.taken);
    const uint8_t *bytes = nf_slot_data(&capture, tap.slot) + tap.taken * capture.settings.sample_bytes;

    for (uint32_t i = 0; i < capture.settings.sample_bytes / 2u; i++) {
        sample[i] = (int16_t)(bytes[2 * i] << 8 | bytes[2 * i + 1]);
    }
    (void)number;
    tap.next++;
    tap.taken++;
    oracle_sample(&expected, sample, behind(), (int64_t)tap.count_us);
    if (tap.taken == slot->samples) {
        tap.taken = 0;
        tap.gap_seen = false;
        tap.slot++;
    }
}

/* Takes from the ring what the path is about to take. Before the path does: then its slots still stand. */
static nf_path_event look_ahead(nf_path_facts *gap)
{
    while (!oracle_fill(&expected, behind(), (int64_t)tap.count_us)) {
        if (tap.slot == capture.written) {
            return NF_PATH_NOTHING;
        }
        const nf_capture_slot *slot = nf_slot(&capture, tap.slot);
        const bool is_new = slot->time_us != tap.count_us || slot->first + slot->time_behind != tap.count_sample;
        const uint64_t told = slot->first + slot->time_behind - tap.count_sample;
        if (slot->lost_most > 0 && !tap.gap_seen) {
            gap->lost_least = slot->lost_least;
            gap->lost_most = slot->lost_most;
            gap->lost_reasons = slot->lost_reasons;
            gap->covered_us = expected.facts.covered_us;
            tap.gap_seen = true;
            tap.count_us = slot->time_us;
            tap.count_sample = slot->first + slot->time_behind;
            return NF_PATH_GAP;
        }
        if (is_new) {
            tap.count_us = slot->time_us;
            tap.count_sample = slot->first + slot->time_behind;
            oracle_count(&expected, (int64_t)told, (int64_t)tap.count_us);
        }
        if (tap.taken == 0) {
            tap.next = slot->first;
        }
        feed_sample(slot);
    }
    return NF_PATH_WINDOW;
}

static void check_samples(uint32_t samples)
{
    for (uint32_t i = 0; i < samples; i++) {
        expect(memcmp(path.window + i * settings.channel_count, oracle_window_sample(&expected, i),
                      settings.channel_count * sizeof *window) == 0);
    }
}

static void check_window(const nf_path_facts *facts)
{
    const nf_path_facts *of = &expected.facts;

    expect(facts->start_us == of->start_us && facts->covered_us == of->covered_us);
    expect(facts->motion_permille == of->motion_permille && facts->is_still == of->is_still);
    expect(facts->fresh == of->fresh && facts->held == of->held && facts->period_ns == of->period_ns);
    expect(facts->lost_most == 0 && facts->now_us == (int64_t)on.now_us);
    expect(nf_path_window(&path) == window);
    check_samples(settings.window_samples);
    oracle_advance(&expected);
    windows++;
    still_windows += facts->is_still != 0;
}

static void check_gap(const nf_path_facts *facts, const nf_path_facts *gap)
{
    expect(facts->lost_least == gap->lost_least && facts->lost_most == gap->lost_most);
    expect(facts->lost_reasons == gap->lost_reasons);
    expect(facts->held == expected.outputs - expected.windows * settings.hop_samples);
    expect(nf_path_window(&path) == NULL);
    check_samples((uint32_t)facts->held);
    oracle_restart(&expected, (int64_t)tap.count_us);
    gaps++;
}

static void check_event(nf_path_event event, const nf_path_facts *gap)
{
    nf_path_facts facts;

    expect(nf_path_next(&path, &facts) == event && facts.event == event);
    if (event == NF_PATH_WINDOW) {
        check_window(&facts);
    } else if (event == NF_PATH_GAP) {
        check_gap(&facts, gap);
    } else {
        expect(facts.held == expected.outputs - expected.windows * settings.hop_samples);
    }
}

/* Until the ring is empty. */
static void check_all(void)
{
    nf_path_facts gap = {0};
    nf_path_event event;

    while ((event = look_ahead(&gap)) != NF_PATH_NOTHING) {
        check_event(event, &gap);
    }
    if (capture.is_running) {
        check_event(NF_PATH_NOTHING, &gap);
    }
}

static void disturb(void)
{
    if (disturbance != 0 && any(disturbance) == 0) {
        on.masked_until_us = on.now_us + any(90000);
    }
    if (disturbance != 0 && any(disturbance) == 0) {
        on.fails = any(2) == 0;
        on.nacks = any(6);
    }
    on.period_us = 951 + ((uint32_t)(on.now_us / 4000000) * 37 + on.device.made % 3) % 99;
}

static void run(void)
{
    uint32_t away = 0;
    for (uint32_t step = 0;
         step < STEPS && expected.samples + 200 < ORACLE_MAX_SAMPLES && expected.outputs + 1000 < ORACLE_MAX_SAMPLES;
         step++) {
        disturb();
        board_step(&on);
        if (away-- == 0) {
            away = any(60);
            check_all();
        }
    }
}

/* Behind all samples lies the gap of the stop, and nothing behind that. */
static void finish(void)
{
    nf_path_facts facts;
    nf_path_event event;

    TEST_CHECK(nf_capture_stop(&capture) == NF_CAPTURE_OK);
    check_all();
    event = nf_path_next(&path, &facts);
    expect(event == NF_PATH_NOTHING || (event == NF_PATH_GAP && (facts.lost_reasons & NF_CAPTURE_LOST_STOPPED) != 0));
    expect(nf_path_next(&path, &facts) == NF_PATH_NOTHING && (event == NF_PATH_NOTHING || facts.held == 0));
}

int main(void)
{
    for (uint32_t i = 0; i < SCENARIOS; i++) {
        begin();
        run();
        finish();
    }
    TEST_CHECK(faults == 0);
    TEST_CHECK(windows > 5000 && still_windows > 500 && gaps > 100);
    test_report_number("windows", (int32_t)windows);
    test_report_number("still", (int32_t)still_windows);
    test_report_number("gaps", (int32_t)gaps);
    return test_report_result();
}
