#include "capture_settings.h"

#include <string.h>

/* The fields are narrower than a managed int: what does not fit must not turn into something else. */
static bool Fit(const CLR_INT32 *numbers)
{
    // clang-format off
    static const uint32_t limits[NF_CAPTURE_SETTING_COUNT] = {
        NF_CAPTURE_SPI, 255, 65535, 65535, INT32_MAX,
        NF_CAPTURE_WATERMARK, 255, 255, 65535, 255, 255, 255, 65535, 65535, INT32_MAX, INT32_MAX,
    };
    // clang-format on

    for (size_t i = 0; i < NF_CAPTURE_SETTING_COUNT; i++) {
        if ((uint32_t)numbers[i] > limits[i]) {
            return false;
        }
    }
    return true;
}

bool NF_ReadCaptureSettings(const NF_Array<const CLR_INT32> &numbers, const NF_Array<const CLR_UINT8> &words,
                            nf_capture_wiring &wiring, nf_capture_settings &settings)
{
    const CLR_INT32 *n = numbers.elements;

    if (words.count > NF_CAPTURE_MAX_CHANNELS || !Fit(n)) {
        return false;
    }
    wiring.kind = (nf_capture_bus)n[0];
    wiring.bus = (uint8_t)n[1];
    wiring.address = (uint16_t)n[2];
    wiring.interrupt_pin = (uint16_t)n[3];
    wiring.hertz = (uint32_t)n[4];
    settings = {};
    settings.trigger = (nf_capture_trigger)n[5];
    settings.sample_bytes = (uint8_t)n[6];
    settings.channel_count = (uint8_t)words.count;
    memcpy(settings.channel_word, words.elements, words.count);
    settings.data_register = (uint8_t)n[7];
    settings.fifo_bytes = (uint16_t)n[8];
    settings.count_register = (uint8_t)n[9];
    settings.flush_register = (uint8_t)n[10];
    settings.flush_value = (uint8_t)n[11];
    settings.burst_samples = (uint16_t)n[12];
    settings.hop_samples = (uint16_t)n[13];
    settings.shortest_period_us = (uint32_t)n[14];
    settings.longest_period_us = (uint32_t)n[15];
    return true;
}
