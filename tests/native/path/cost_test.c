/* What capture and path cost on a Cortex-M4: instructions by SysTick under -icount, for the wearable's settings: an MPU6050 at
 * 100 Hz, timed, six channels at 50 Hz, windows of 128 samples, hops of 64. path/README.md has the figures. */
#include "../../../native-interop/ports/qemu/yardstick.h"
#include "hand_port.h"
#include "test_port.h"

#define HOPS 20u
#define SAMPLES_PER_POLL 42u
#define PERIOD_US 10000u

/* Instructions per hop, as measured; a change of more than a fiftieth is to be written down here and in path/README.md. */
#define CAPTURE_PER_HOP 3663u
#define PATH_PER_HOP 79294u

static int16_t window[128 * 6];
static nf_capture capture;
static nf_path path;
static hand_port hand;
static uint32_t random_state = 1, waiting;

static void play_transfer(void)
{
    hand.is_asked = false;
    if (hand.address == 0x72) {
        hand.destination[0] = (uint8_t)(waiting * 12 >> 8);
        hand.destination[1] = (uint8_t)(waiting * 12);
        return;
    }
    for (size_t i = 0; i < hand.bytes; i++) {
        random_state = random_state * 1664525u + 1013904223u;
        hand.destination[i] = (uint8_t)(random_state >> 24);
    }
    waiting -= (uint32_t)hand.bytes / 12;
}

/* SysTick counts at 25 MHz, and an instruction takes 32 ns. */
static uint32_t instructions_since_start(void)
{
    return nf_yardstick_ticks() * 5 / 4;
}

static uint32_t poll(void)
{
    uint32_t spent;

    nf_yardstick_start();
    nf_capture_alarm(&capture);
    spent = instructions_since_start();
    while (hand.is_asked) {
        play_transfer();
        nf_yardstick_start();
        nf_capture_done(&capture, NF_TRANSFER_DONE);
        spent += instructions_since_start();
    }
    return spent;
}

static bool is_near(uint32_t measured, uint32_t noted)
{
    return measured <= noted + noted / 50 && measured + noted / 50 >= noted;
}

int main(void)
{
    const nf_capture_port port = hand_port_of(&hand);
    static const int32_t numbers[NF_NUMBER_COUNT] = {0,    1,     0x68, 4,    400000, 2,        12,      6,
                                                     0,    0x74,  1024, 0x72, 0x6A,   0x44,     16,      420000,
                                                     9500, 10500, 3,    128,  64,     10000000, 20000000};
    static const int32_t channels[] = {0, 65536, 200, 1, 65536, 200, 2, 65536, 200,
                                       3, 65536, 0,   4, 65536, 0,   5, 65536, 0};
    uint32_t capture_spent = 0, path_spent = 0, hops = 0;
    nf_path_plan plan;
    nf_path_facts facts;

    TEST_CHECK(nf_path_plan_read(&plan, numbers, channels, 6));
    hand_port_start(&hand, &port, &plan, &capture, &path, window);
    hand.is_asked = false;
    nf_capture_done(&capture, NF_TRANSFER_DONE);
    while (hops < HOPS) {
        hand.now_us += SAMPLES_PER_POLL * PERIOD_US;
        waiting += SAMPLES_PER_POLL;
        const uint32_t polled = poll();
        nf_yardstick_start();
        const uint32_t first = hops;
        nf_path_event event;
        while ((event = nf_path_next(&path, &facts)) != NF_PATH_NOTHING) {
            hops += event == NF_PATH_WINDOW;
        }
        const uint32_t taken = instructions_since_start();
        if (first > 0) { /* not the first window, and not the bias's first second */
            capture_spent += polled;
            path_spent += taken;
        }
    }
    capture_spent /= HOPS - 1;
    path_spent /= HOPS - 1;
    test_report_number("capture, instructions per hop", (int32_t)capture_spent);
    test_report_number("path, instructions per hop", (int32_t)path_spent);
    TEST_CHECK(is_near(capture_spent, CAPTURE_PER_HOP) && is_near(path_spent, PATH_PER_HOP));
    return test_report_result();
}
