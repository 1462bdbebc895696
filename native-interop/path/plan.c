/* Settings as managed code passes them. */
#include "nanoformer/path.h"

/* The fields are narrower than a managed int: what does not fit must not turn into something else. */
static bool fit(const int32_t *numbers)
{
    static const uint32_t limits[NF_NUMBER_COUNT] = {
        [NF_NUMBER_IS_SPI] = 1,
        [NF_NUMBER_BUS] = UINT8_MAX,
        [NF_NUMBER_ADDRESS] = UINT16_MAX,
        [NF_NUMBER_INTERRUPT_PIN] = UINT16_MAX,
        [NF_NUMBER_BUS_HERTZ] = INT32_MAX,
        [NF_NUMBER_TRIGGER] = NF_CAPTURE_TIMED,
        [NF_NUMBER_SAMPLE_BYTES] = UINT8_MAX,
        [NF_NUMBER_VALUE_COUNT] = UINT8_MAX,
        [NF_NUMBER_IS_LITTLE_ENDIAN] = 1,
        [NF_NUMBER_DATA_REGISTER] = UINT8_MAX,
        [NF_NUMBER_FIFO_BYTES] = UINT16_MAX,
        [NF_NUMBER_COUNT_REGISTER] = UINT8_MAX,
        [NF_NUMBER_FLUSH_REGISTER] = UINT8_MAX,
        [NF_NUMBER_FLUSH_VALUE] = UINT8_MAX,
        [NF_NUMBER_BURST_SAMPLES] = UINT16_MAX,
        [NF_NUMBER_POLL_US] = INT32_MAX,
        [NF_NUMBER_SHORTEST_PERIOD_US] = INT32_MAX,
        [NF_NUMBER_LONGEST_PERIOD_US] = INT32_MAX,
        [NF_NUMBER_BIAS_FIRST] = NF_PATH_MAX_VALUES,
        [NF_NUMBER_WINDOW_SAMPLES] = UINT16_MAX,
        [NF_NUMBER_HOP_SAMPLES] = UINT16_MAX,
        [NF_NUMBER_SENSOR_PERIOD_NS] = INT32_MAX,
        [NF_NUMBER_MODEL_PERIOD_NS] = INT32_MAX,
        [NF_NUMBER_COUNT_MASK] = UINT16_MAX,
        [NF_NUMBER_COUNT_UNIT] = UINT8_MAX,
        [NF_NUMBER_RUN_VALUE] = UINT8_MAX,
        [NF_NUMBER_WORD_BYTES] = UINT8_MAX,
        [NF_NUMBER_KIND_MASK] = UINT8_MAX,
        [NF_NUMBER_TURN_MASK] = UINT8_MAX,
        [NF_NUMBER_KINDS] = INT32_MAX,
    };

    for (uint32_t i = 0; i < NF_NUMBER_COUNT; i++) {
        const bool is_none = i == NF_NUMBER_BIAS_FIRST && numbers[i] == -1;
        if (!is_none && (uint32_t)numbers[i] > limits[i]) {
            return false;
        }
    }
    const int32_t word_bytes = numbers[NF_NUMBER_WORD_BYTES];
    const int32_t tags = word_bytes == 0 ? 0 : numbers[NF_NUMBER_SAMPLE_BYTES] / word_bytes;
    return numbers[NF_NUMBER_SAMPLE_BYTES] == 2 * numbers[NF_NUMBER_VALUE_COUNT] + tags;
}

static bool read_channels(nf_path_settings *path, const int32_t *channels, size_t channel_count)
{
    path->channel_count = (uint8_t)channel_count;
    for (size_t i = 0; i < channel_count; i++, channels += 3) {
        if ((uint32_t)channels[0] > UINT8_MAX) {
            return false;
        }
        path->source[i] = (uint8_t)channels[0];
        path->factor_q16[i] = channels[1];
        path->still_limit[i] = channels[2];
    }
    return true;
}

bool nf_path_plan_read(nf_path_plan *plan, const int32_t *numbers, const int32_t *channels, size_t channel_count)
{
    if (channel_count > NF_PATH_MAX_CHANNELS || !fit(numbers)) {
        return false;
    }
    *plan = (nf_path_plan){
        .wiring =
            {
                .kind = (nf_capture_bus)numbers[NF_NUMBER_IS_SPI],
                .bus = (uint8_t)numbers[NF_NUMBER_BUS],
                .address = (uint16_t)numbers[NF_NUMBER_ADDRESS],
                .interrupt_pin = (uint16_t)numbers[NF_NUMBER_INTERRUPT_PIN],
                .hertz = (uint32_t)numbers[NF_NUMBER_BUS_HERTZ],
            },
        .capture =
            {
                .trigger = (nf_capture_trigger)numbers[NF_NUMBER_TRIGGER],
                .sample_bytes = (uint8_t)numbers[NF_NUMBER_SAMPLE_BYTES],
                .is_little_endian = numbers[NF_NUMBER_IS_LITTLE_ENDIAN] != 0,
                .data_register = (uint8_t)numbers[NF_NUMBER_DATA_REGISTER],
                .fifo_bytes = (uint16_t)numbers[NF_NUMBER_FIFO_BYTES],
                .count_register = (uint8_t)numbers[NF_NUMBER_COUNT_REGISTER],
                .count_mask = (uint16_t)numbers[NF_NUMBER_COUNT_MASK],
                .count_unit = (uint8_t)numbers[NF_NUMBER_COUNT_UNIT],
                .flush_register = (uint8_t)numbers[NF_NUMBER_FLUSH_REGISTER],
                .flush_value = (uint8_t)numbers[NF_NUMBER_FLUSH_VALUE],
                .run_value = (uint8_t)numbers[NF_NUMBER_RUN_VALUE],
                .tags = {.word_bytes = (uint8_t)numbers[NF_NUMBER_WORD_BYTES],
                         .kind_mask = (uint8_t)numbers[NF_NUMBER_KIND_MASK],
                         .turn_mask = (uint8_t)numbers[NF_NUMBER_TURN_MASK],
                         .kinds = {(uint8_t)numbers[NF_NUMBER_KINDS], (uint8_t)(numbers[NF_NUMBER_KINDS] >> 8),
                                   (uint8_t)(numbers[NF_NUMBER_KINDS] >> 16),
                                   (uint8_t)(numbers[NF_NUMBER_KINDS] >> 24)}},
                .burst_samples = (uint16_t)numbers[NF_NUMBER_BURST_SAMPLES],
                .hop_samples = (uint16_t)numbers[NF_NUMBER_BURST_SAMPLES],
                .poll_us = (uint32_t)numbers[NF_NUMBER_POLL_US],
                .shortest_period_us = (uint32_t)numbers[NF_NUMBER_SHORTEST_PERIOD_US],
                .longest_period_us = (uint32_t)numbers[NF_NUMBER_LONGEST_PERIOD_US],
            },
        .path =
            {
                .bias_first =
                    numbers[NF_NUMBER_BIAS_FIRST] < 0 ? NF_PATH_NO_BIAS : (uint8_t)numbers[NF_NUMBER_BIAS_FIRST],
                .window_samples = (uint16_t)numbers[NF_NUMBER_WINDOW_SAMPLES],
                .hop_samples = (uint16_t)numbers[NF_NUMBER_HOP_SAMPLES],
                .sensor_period_ns = (uint32_t)numbers[NF_NUMBER_SENSOR_PERIOD_NS],
                .model_period_ns = (uint32_t)numbers[NF_NUMBER_MODEL_PERIOD_NS],
            },
    };
    return read_channels(&plan->path, channels, channel_count);
}
