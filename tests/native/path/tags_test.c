/* A FIFO of tagged words, as an LSM6DSO has it: found by the tags, in whatever order, and never delivered out of step. */
#include <string.h>

#include "hand_port.h"
#include "test_port.h"

#define VALUES 6u
#define WORD_BYTES 7u
#define WORDS 512u
#define ACCEL 0x10u /* as tags: the sensor in bits 7:3, the turn in 2:1 */
#define GYRO 0x08u

static int16_t window[8 * VALUES];
static nf_capture capture;
static nf_path path;
static nf_path_facts facts;
static uint8_t fifo[WORDS * WORD_BYTES];
static uint32_t filled, first, written;
static uint8_t writes[8];
static hand_port hand;

static void take_write(void)
{
    TEST_CHECK(hand.address == 0x0A && written < sizeof writes);
    writes[written++] = hand.value;
    filled = hand.value == 0 ? 0 : filled;
    first = 0;
}

/* The count in words, little-endian, beneath flags that say nothing of it. */
static void play_transfers(void)
{
    while (hand.is_asked) {
        hand.is_asked = false;
        if (hand.destination == NULL) {
            take_write();
        } else if (hand.address == 0x3A) {
            hand.destination[0] = (uint8_t)filled;
            hand.destination[1] = (uint8_t)(0xB8u | filled >> 8);
        } else {
            memcpy(hand.destination, fifo + first * WORD_BYTES, hand.bytes);
            first += (uint32_t)hand.bytes / WORD_BYTES;
            filled -= (uint32_t)hand.bytes / WORD_BYTES;
        }
        nf_capture_done(&capture, NF_TRANSFER_DONE);
    }
}

static void push(uint32_t kind, uint32_t turn, int16_t start)
{
    uint8_t *word = fifo + (first + filled++) * WORD_BYTES;
    word[0] = (uint8_t)(kind | (turn & 3) << 1 | 1);
    for (uint32_t i = 0; i < 3; i++) {
        word[1 + 2 * i] = (uint8_t)(start + (int16_t)i);
        word[2 + 2 * i] = (uint8_t)((start + (int16_t)i) >> 8);
    }
}

/* Sample n has the values 100 n to 100 n + 5, acceleration first. */
static void push_samples(uint32_t from, uint32_t to, bool is_accel_first)
{
    for (uint32_t n = from; n < to; n++) {
        const int16_t accel = (int16_t)(100 * n), gyro = (int16_t)(100 * n + 3);
        push(is_accel_first ? ACCEL : GYRO, n, is_accel_first ? accel : gyro);
        push(is_accel_first ? GYRO : ACCEL, n, is_accel_first ? gyro : accel);
    }
}

static void poll(void)
{
    hand.now_us += 80000;
    nf_capture_alarm(&capture);
    play_transfers();
}

static nf_path_plan plan_of(void)
{
    static const int32_t channels[] = {0, 65536, 200, 1, 65536, 200, 2, 65536, 200,
                                       3, 65536, 0,   4, 65536, 0,   5, 65536, 0};
    const int32_t numbers[NF_NUMBER_COUNT] = {
        [NF_NUMBER_ADDRESS] = 0x6A,
        [NF_NUMBER_TRIGGER] = NF_CAPTURE_TIMED,
        [NF_NUMBER_SAMPLE_BYTES] = 14,
        [NF_NUMBER_VALUE_COUNT] = VALUES,
        [NF_NUMBER_IS_LITTLE_ENDIAN] = 1,
        [NF_NUMBER_DATA_REGISTER] = 0x78,
        [NF_NUMBER_FIFO_BYTES] = WORDS * WORD_BYTES,
        [NF_NUMBER_COUNT_REGISTER] = 0x3A,
        [NF_NUMBER_FLUSH_REGISTER] = 0x0A,
        [NF_NUMBER_BURST_SAMPLES] = 13,
        [NF_NUMBER_POLL_US] = 80000,
        [NF_NUMBER_SHORTEST_PERIOD_US] = 9000,
        [NF_NUMBER_LONGEST_PERIOD_US] = 11000,
        [NF_NUMBER_BIAS_FIRST] = -1,
        [NF_NUMBER_WINDOW_SAMPLES] = 8,
        [NF_NUMBER_HOP_SAMPLES] = 8,
        [NF_NUMBER_SENSOR_PERIOD_NS] = 10000000,
        [NF_NUMBER_MODEL_PERIOD_NS] = NF_PATH_SENSOR_RATE,
        [NF_NUMBER_COUNT_MASK] = 0x3FF,
        [NF_NUMBER_COUNT_UNIT] = WORD_BYTES,
        [NF_NUMBER_RUN_VALUE] = 6,
        [NF_NUMBER_WORD_BYTES] = WORD_BYTES,
        [NF_NUMBER_KIND_MASK] = 0xF8,
        [NF_NUMBER_TURN_MASK] = 0x06,
        [NF_NUMBER_KINDS] = ACCEL | GYRO << 8,
    };
    nf_path_plan plan;

    TEST_CHECK(nf_path_plan_read(&plan, numbers, channels, VALUES));
    return plan;
}

static void begin(void)
{
    static nf_capture_port port;
    const nf_path_plan plan = plan_of();

    filled = first = written = 0;
    port = hand_port_of(&hand);
    hand_port_start(&hand, &port, &plan, &capture, &path, window);
    play_transfers();
}

static void check_window(uint32_t from)
{
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_WINDOW);
    for (uint32_t i = 0; i < 8 * VALUES; i++) {
        TEST_CHECK(window[i] == (int16_t)(100 * (from + i / VALUES) + i % VALUES));
    }
}

static void the_flush_stops_the_fifo_and_starts_it_again(void)
{
    begin();
    TEST_CHECK(written == 2 && writes[0] == 0 && writes[1] == 6);
    nf_capture_stop(&capture);
}

static void words_go_where_their_tags_say(void)
{
    begin();
    push_samples(0, 8, false);
    poll();
    check_window(0);
    push_samples(8, 16, true);
    poll();
    check_window(8);
    nf_capture_stop(&capture);
}

static void check_misaligned(void)
{
    TEST_CHECK(written == 4 && filled == 0);
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_NOTHING);
    push_samples(8, 16, false);
    poll();
    TEST_CHECK(nf_path_next(&path, &facts) == NF_PATH_GAP);
    TEST_CHECK((facts.lost_reasons & NF_CAPTURE_LOST_MISALIGNED) != 0 && facts.lost_most >= 8);
    check_window(8);
    nf_capture_stop(&capture);
}

static void half_a_sample_is_flushed(void)
{
    begin();
    push_samples(0, 7, false);
    push(GYRO, 7, 703);
    poll();
    check_misaligned();
}

/* A full FIFO has dropped its oldest word: the count is even, but each sample would be half of one and half of the next. */
static void halves_of_two_samples_are_flushed(void)
{
    begin();
    push(ACCEL, 0, 0);
    push_samples(1, 8, false);
    push(GYRO, 8, 803);
    poll();
    check_misaligned();
}

static void a_word_twice_is_flushed(void)
{
    begin();
    push_samples(0, 7, false);
    push(GYRO, 7, 703);
    push(GYRO, 7, 703);
    poll();
    check_misaligned();
}

static uint8_t room[4096];

#define REFUSED(field, value)                                                                                          \
    do {                                                                                                               \
        const nf_capture_port port = hand_port_of(&hand);                                                              \
        nf_path_plan plan = plan_of();                                                                                 \
        plan.capture.field = (value);                                                                                  \
        TEST_CHECK(nf_capture_open(&capture, &plan.capture, &port, room, sizeof room) == NF_CAPTURE_BAD_SETTINGS);     \
    } while (0)

static void wrong_tags_are_refused(void)
{
    REFUSED(tags.word_bytes, 1);
    REFUSED(tags.word_bytes, 6);
    REFUSED(tags.word_bytes, 5);
    REFUSED(sample_bytes, 35);
    REFUSED(fifo_bytes, 0);
}

int main(void)
{
    the_flush_stops_the_fifo_and_starts_it_again();
    words_go_where_their_tags_say();
    half_a_sample_is_flushed();
    halves_of_two_samples_are_flushed();
    a_word_twice_is_flushed();
    wrong_tags_are_refused();
    return test_report_result();
}
