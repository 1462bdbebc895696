/* Random sensors, models and mishaps: what the path gives, number for number, is what the oracle makes of the same bursts. */
#include "board.h"
#include "oracle.h"
#include "test_port.h"

#define SCENARIOS 40u
#define STEPS 12000u

static _Alignas(NF_CAPTURE_ALIGNMENT) uint8_t memory[8192];
static int16_t window[64 * NF_PATH_MAX_CHANNELS];
static nf_capture capture;
static nf_path path;
static nf_path_settings settings;
static board on;
static oracle expected;
static uint32_t random_state = 7;
static uint32_t disturbance; /* a mishap every n steps; 0: none */
static uint32_t windows, still_windows, gaps, faults;

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
    disturbance = any(3) * (30 + any(200));
    TEST_CHECK(nf_capture_open(&capture, &chip, &on.port, memory, sizeof memory) == NF_CAPTURE_OK);
    TEST_CHECK(nf_path_open(&path, &settings, &capture, window, sizeof window / sizeof *window) == NF_CAPTURE_OK);
    TEST_CHECK(nf_capture_start(&capture) == NF_CAPTURE_OK);
    nf_path_start(&path, on.now_us);
    oracle_open(&expected, &settings, &capture, on.now_us);
}

/* Until the ring is empty. */
static void check_all(void)
{
    nf_path_facts facts;
    nf_path_event event;

    oracle_record(&expected);
    do {
        event = nf_path_next(&path, &facts);
        if (event == NF_PATH_SILENT) { /* the oracle does not listen for it */
            expect(facts.silent_us >= (int64_t)NF_CAPTURE_SILENT_HALF_POLLS * (capture.settings.poll_us / 2));
            facts.event = event = NF_PATH_NOTHING;
        }
        const nf_path_event own = oracle_next(&expected);
        if (own == NF_PATH_NOTHING && event == NF_PATH_GAP && !capture.is_running) {
            break; /* the gap of the stop lies in no burst */
        }
        expect(own == event);
        expect(oracle_agrees(&expected, window, &facts) && facts.now_us == (int64_t)on.now_us);
        expect(nf_path_window(&path) == (event == NF_PATH_WINDOW ? window : NULL));
        windows += event == NF_PATH_WINDOW;
        gaps += event == NF_PATH_GAP;
        still_windows += facts.is_still != 0;
    } while (event != NF_PATH_NOTHING);
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

    TEST_CHECK(nf_capture_stop(&capture) == NF_CAPTURE_OK);
    check_all();
    expect(nf_path_next(&path, &facts) == NF_PATH_NOTHING && facts.lost_most == 0);
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
