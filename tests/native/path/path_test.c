/* Each promise of path.h, one by one, on a board in virtual time: 1,000 samples per second out of data registers. */
#include "nanoformer/path.h"

#include <string.h>

#include "board.h"
#include "test_port.h"

#define VALUES 6u

static _Alignas(NF_CAPTURE_ALIGNMENT) uint8_t memory[NF_CAPTURE_RING_BYTES(12, 1, 64)];
static int16_t window[8 * VALUES];
static nf_capture capture;
static nf_path path;
static nf_path_facts facts;
static board on;

static const nf_capture_settings chip = {
    .trigger = NF_CAPTURE_DATA_READY,
    .sample_bytes = 2 * VALUES,
    .data_register = SENSOR_DATA,
    .burst_samples = 1,
    .hop_samples = 4,
    .shortest_period_us = 950,
    .longest_period_us = 1050,
};

/* Each value as it is, at the sensor's rate; windows of 8 samples, each 3 later. */
static nf_path_settings plain(void)
{
    nf_path_settings settings = {
        .channel_count = VALUES,
        .source = {0, 1, 2, 3, 4, 5},
        .bias_first = NF_PATH_NO_BIAS,
        .window_samples = 8,
        .hop_samples = 3,
        .sensor_period_ns = 1000000,
        .model_period_ns = 1000000,
    };
    for (uint32_t i = 0; i < VALUES; i++) {
        settings.factor_q16[i] = 1 << 16;
    }
    return settings;
}

static nf_capture_status open_with(const nf_path_settings *settings)
{
    return nf_path_open(&path, settings, &capture, window, sizeof window / sizeof *window);
}

static void begin_with(const nf_path_settings *settings, bool is_little_endian)
{
    nf_capture_settings sensor_settings = chip;
    sensor_settings.is_little_endian = is_little_endian;
    board_open(&on, &capture, 2 * VALUES, 0);
    TEST_CHECK(nf_capture_open(&capture, &sensor_settings, &on.port, memory, sizeof memory) == NF_CAPTURE_OK);
    TEST_CHECK(open_with(settings) == NF_CAPTURE_OK);
    nf_path_start(&path, on.now_us);
    TEST_CHECK(nf_capture_start(&capture) == NF_CAPTURE_OK);
}

static void begin(void)
{
    const nf_path_settings settings = plain();
    begin_with(&settings, false);
}

static void run(uint32_t samples)
{
    const uint32_t until = on.device.made + samples;
    while (on.device.made < until || on.transfer.in_flight) {
        board_step(&on);
    }
}

static void check_window(uint32_t first)
{
    for (uint32_t i = 0; i < 8 * VALUES; i++) {
        TEST_CHECK(window[i] == (int16_t)sensor_word(first + i / VALUES, i % VALUES));
    }
}

#define REFUSED(field, value)                                                                                          \
    do {                                                                                                               \
        nf_path_settings wrong = plain();                                                                              \
        wrong.field = (value);                                                                                         \
        TEST_CHECK(open_with(&wrong) == NF_CAPTURE_BAD_SETTINGS);                                                      \
    } while (0)

static void wrong_settings_are_refused(void)
{
    nf_path_settings settings = plain();

    begin();
    REFUSED(channel_count, 0);
    REFUSED(channel_count, NF_PATH_MAX_CHANNELS + 1);
    REFUSED(source[5], 6);
    REFUSED(factor_q16[0], 0);
    REFUSED(factor_q16[0], 1 << 23);
    REFUSED(factor_q16[0], INT32_MIN);
    REFUSED(still_limit[0], -1);
    REFUSED(still_limit[0], INT32_MAX);
    REFUSED(bias_first, 4);
    REFUSED(window_samples, 2);
    REFUSED(hop_samples, 0);
    REFUSED(sensor_period_ns, 999);
    REFUSED(sensor_period_ns, 250000001);
    REFUSED(model_period_ns, 999);
    REFUSED(model_period_ns, UINT64_MAX);
    settings.window_samples = 9;
    TEST_CHECK(open_with(&settings) == NF_CAPTURE_MEMORY_TOO_SMALL);
    settings.window_samples = 8;
    TEST_CHECK(nf_path_open(NULL, &settings, &capture, window, 48) == NF_CAPTURE_NULL_ARGUMENT);
    TEST_CHECK(nf_path_open(&path, NULL, &capture, window, 48) == NF_CAPTURE_NULL_ARGUMENT);
    TEST_CHECK(nf_path_open(&path, &settings, NULL, window, 48) == NF_CAPTURE_NULL_ARGUMENT);
    TEST_CHECK(nf_path_open(&path, &settings, &capture, NULL, 48) == NF_CAPTURE_NULL_ARGUMENT);
    nf_capture_stop(&capture);
}

/* At equal rates and a factor of one a window holds the sensor's own samples. */
static void windows_overlap(void)
{
    begin();
    run(7);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_NOTHING && facts.held == 7 && facts.fresh == 7);
    TEST_CHECK(nf_path_window(&path) == NULL);
    run(13);
    for (uint32_t i = 0; i < 5; i++) {
        TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW && facts.held == 8);
        TEST_CHECK(facts.fresh == (i == 0 ? 8 : 3) && nf_path_window(&path) == window);
        check_window(3 * i);
    }
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_NOTHING && facts.held == 5 && facts.fresh == 0);
    TEST_CHECK(facts.covered_us == (int64_t)on.now_us - 30 && facts.silent_us == 30 &&
               facts.now_us == (int64_t)on.now_us);
    nf_capture_stop(&capture);
}

/* The start of a window lies where its first sample was made, on average half a period before its edge. */
static void a_window_knows_its_start(void)
{
    begin();
    const uint64_t first_us = on.next_sample_us;
    run(8);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW && facts.start_us == (int64_t)first_us - 500);
    run(3);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW && facts.start_us == (int64_t)first_us + 2500);
    nf_capture_stop(&capture);
}

/* What was gathered before the gap is shown with it; the next window begins behind it. */
static void a_window_never_spans_a_gap(void)
{
    begin();
    run(10);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW);
    on.fails = true;
    run(1);
    run(9);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_GAP && facts.held == 7 && facts.fresh == 2);
    TEST_CHECK(facts.lost_least == 1 && facts.lost_most == 1 && facts.lost_reasons == NF_CAPTURE_LOST_BUS_ERROR);
    TEST_CHECK(window[0] == (int16_t)sensor_word(3, 0) && window[6 * VALUES] == (int16_t)sensor_word(9, 0));
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW && facts.fresh == 8 && facts.lost_most == 0);
    check_window(11);
    nf_capture_stop(&capture);
}

/* Samples that the stop leaves in the sensor are a gap behind all others. */
static void the_stop_is_a_gap(void)
{
    begin();
    run(9);
    on.refuses = true;
    run(1);
    TEST_CHECK(nf_capture_stop(&capture) == NF_CAPTURE_OK);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_GAP && facts.lost_most == 1 && facts.held == 6);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_NOTHING && facts.held == 0);
}

static void retries_and_failures_are_told(void)
{
    begin();
    on.nacks = 2;
    run(3);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_NOTHING && facts.retries == 2 && facts.failures == 0);
    run(5);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW && facts.retries == 2);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_NOTHING && facts.retries == 0);
    on.nacks = 8;
    run(2);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_NOTHING && facts.retries == 6 && facts.failures == 2);
    nf_capture_stop(&capture);
}

static void words_may_be_little_endian(void)
{
    const nf_path_settings settings = plain();
    begin_with(&settings, true);
    run(8);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW);
    for (uint32_t i = 0; i < 8 * VALUES; i++) {
        const uint32_t word = sensor_word(i / VALUES, i % VALUES);
        TEST_CHECK((uint16_t)window[i] == (uint16_t)(word >> 8 | word << 8));
    }
    nf_capture_stop(&capture);
}

/* A bias known from before is removed from the first sample on, and survives a start. */
static void the_bias_survives_a_start(void)
{
    static const int32_t known[NF_PATH_AXES] = {-100, 0, 12345};
    nf_path_settings settings = plain();
    int32_t bias[NF_PATH_AXES];

    settings.bias_first = 3;
    begin_with(&settings, false);
    nf_path_set_bias(&path, known);
    nf_path_start(&path, on.now_us);
    nf_path_get_bias(&path, bias);
    TEST_CHECK(memcmp(known, bias, sizeof bias) == 0);
    run(8);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW);
    TEST_CHECK(window[2] == (int16_t)sensor_word(0, 2)); /* not one of the three */
    for (uint32_t axis = 0; axis < NF_PATH_AXES; axis++) {
        const int32_t expected = (int16_t)sensor_word(0, 3 + axis) - known[axis];
        const int32_t nearest = expected > INT16_MAX ? INT16_MAX : expected < INT16_MIN ? INT16_MIN : expected;
        /* One sample moves the low-pass by less than 0.13. */
        TEST_CHECK(window[3 + axis] - nearest <= 1 && nearest - window[3 + axis] <= 1);
    }
    nf_capture_stop(&capture);
}

/* Value 1 of the first 65,536 samples is always 0: it is still whatever the others do; value 0 counts up. */
static void stillness_asks_the_channels_with_a_limit(void)
{
    nf_path_settings settings = plain();

    settings.still_limit[1] = 1;
    begin_with(&settings, false);
    run(8);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW && facts.is_still == 1 && facts.motion_permille == 0);
    nf_capture_stop(&capture);

    /* 0 to 7: a variance of 5.25. */
    settings.still_limit[0] = 2;
    begin_with(&settings, false);
    run(8);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW && facts.is_still == 0 && facts.motion_permille == 1312);
    nf_capture_stop(&capture);
    settings.still_limit[0] = 3;
    begin_with(&settings, false);
    run(8);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW && facts.is_still == 1 && facts.motion_permille == 583);
    nf_capture_stop(&capture);
}

/* Numbers as managed code passes them: an MPU6050, timed. */
static void numbers_become_settings(void)
{
    static const int32_t numbers[NF_NUMBER_COUNT] = {0,    1,     0x68, 4,    400000, 2,        12,      6,
                                                     0,    0x74,  1024, 0x72, 0x6A,   0x44,     16,      420000,
                                                     9500, 10500, 3,    128,  64,     10000000, 20000000};
    static const int32_t channels[] = {2, 65536, 100, 5, -70000, 0};
    int32_t changed[NF_NUMBER_COUNT];
    nf_path_plan plan;

    TEST_CHECK(nf_path_plan_read(&plan, numbers, channels, 2));
    TEST_CHECK(plan.wiring.kind == NF_CAPTURE_I2C && plan.wiring.address == 0x68 && plan.wiring.hertz == 400000);
    TEST_CHECK(plan.capture.trigger == NF_CAPTURE_TIMED && plan.capture.poll_us == 420000);
    TEST_CHECK(plan.capture.fifo_bytes == 1024 && plan.capture.burst_samples == 16 && plan.capture.hop_samples == 16);
    TEST_CHECK(plan.path.bias_first == 3 && plan.path.window_samples == 128 && plan.path.hop_samples == 64);
    TEST_CHECK(plan.path.model_period_ns == 20000000 && plan.path.channel_count == 2);
    TEST_CHECK(plan.path.source[1] == 5 && plan.path.factor_q16[1] == -70000 && plan.path.still_limit[0] == 100);
    TEST_CHECK(!nf_path_plan_read(&plan, numbers, channels, NF_PATH_MAX_CHANNELS + 1));
    for (uint32_t i = 0; i < NF_NUMBER_COUNT; i++) {
        memcpy(changed, numbers, sizeof changed);
        changed[i] = -2;
        TEST_CHECK(!nf_path_plan_read(&plan, changed, channels, 2));
    }
    memcpy(changed, numbers, sizeof changed);
    changed[NF_NUMBER_BIAS_FIRST] = -1;
    TEST_CHECK(nf_path_plan_read(&plan, changed, channels, 2) && plan.path.bias_first == NF_PATH_NO_BIAS);
    changed[NF_NUMBER_VALUE_COUNT] = 5;
    TEST_CHECK(!nf_path_plan_read(&plan, changed, channels, 2));
}

int main(void)
{
    wrong_settings_are_refused();
    windows_overlap();
    a_window_knows_its_start();
    a_window_never_spans_a_gap();
    the_stop_is_a_gap();
    retries_and_failures_are_told();
    words_may_be_little_endian();
    the_bias_survives_a_start();
    stillness_asks_the_channels_with_a_limit();
    numbers_become_settings();
    return test_report_result();
}
