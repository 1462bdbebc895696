#include "hand_port.h"

#include "test_port.h"

static _Alignas(NF_CAPTURE_ALIGNMENT) uint8_t ring[4096];

static bool ask_to_read(void *context, uint8_t address, uint8_t *destination, size_t bytes)
{
    hand_port *hand = context;
    hand->is_asked = true;
    hand->address = address;
    hand->destination = destination;
    hand->bytes = bytes;
    return true;
}

static bool ask_to_write(void *context, uint8_t address, uint8_t value)
{
    hand_port *hand = context;
    hand->is_asked = true;
    hand->address = address;
    hand->destination = NULL;
    hand->bytes = 0;
    hand->value = value;
    return true;
}

static uint64_t now(void *context)
{
    return ((hand_port *)context)->now_us;
}

static void nothing(void *context)
{
    (void)context;
}

static bool enable(void *context)
{
    (void)context;
    return true;
}

static void set_alarm(void *context, uint64_t at_us)
{
    (void)context;
    (void)at_us;
}

nf_capture_port hand_port_of(hand_port *hand)
{
    return (nf_capture_port){
        .context = hand,
        .read = ask_to_read,
        .write = ask_to_write,
        .now = now,
        .wake = nothing,
        .resume = nothing,
        .enable = enable,
        .disable = nothing,
        .alarm = set_alarm,
    };
}

void hand_port_start(hand_port *hand, const nf_capture_port *port, const nf_path_plan *plan, nf_capture *capture,
                     nf_path *path, int16_t *window)
{
    const size_t values = (size_t)plan->path.window_samples * plan->path.channel_count;
    TEST_CHECK(nf_capture_open(capture, &plan->capture, port, ring, sizeof ring) == NF_CAPTURE_OK);
    TEST_CHECK(nf_path_open(path, &plan->path, capture, window, values) == NF_CAPTURE_OK);
    nf_path_start(path, hand->now_us);
    TEST_CHECK(nf_capture_start(capture) == NF_CAPTURE_OK);
    nf_capture_resume(capture);
}
