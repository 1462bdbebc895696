#include "reader.h"

#include "sensor.h"
#include "test_port.h"

/* Of a flood of faults the first is told. */
static void expect_at(reader *from, bool holds, int line, const char *expression)
{
    if (!holds && from->faults++ == 0) {
        test_report_check(false, __FILE__, line, expression);
    }
}

#define expect(from, expression) expect_at(from, expression, __LINE__, #expression)

static uint32_t number_of(const nf_capture_settings *settings, const int16_t *values)
{
    uint32_t number = 0;
    for (uint32_t channel = 0; channel < settings->channel_count; channel++) {
        const uint32_t word = settings->channel_word[channel];
        number |= word < 2 ? (uint32_t)(uint16_t)values[channel] << (16 * word) : 0;
    }
    return number;
}

static void check_samples(reader *from, const int16_t *values, uint32_t first, uint32_t samples)
{
    const nf_capture_settings *settings = &from->capture->settings;
    for (uint32_t i = 0; i < samples * settings->channel_count; i++) {
        const uint32_t word = settings->channel_word[i % settings->channel_count];
        expect(from, (uint16_t)values[i] == sensor_word(first + i / settings->channel_count, word));
    }
}

static void check_gap(reader *from, const nf_capture_chunk *chunk, uint32_t lost)
{
    expect(from, lost >= chunk->lost_least && lost <= chunk->lost_most);
    expect(from, (chunk->lost_most > 0) == (chunk->lost_reasons != 0));
    from->lost += lost;
    from->lost_least += chunk->lost_least;
    from->lost_most += chunk->lost_most;
    from->reasons |= chunk->lost_reasons;
    from->exact_gaps += chunk->lost_most > 0 && chunk->lost_least == chunk->lost_most;
    from->bounded_gaps += chunk->lost_least != chunk->lost_most;
}

static void check_stamps(reader *from, const nf_capture_chunk *chunk)
{
    expect(from, chunk->first == from->delivered + from->lost_least);
    expect(from, chunk->time_us >= from->last_time_us);
    expect(from, chunk->time_sample >= from->last_time_sample);
    from->last_time_us = chunk->time_us;
    from->last_time_sample = chunk->time_sample;
}

void reader_open(reader *from, nf_capture *capture)
{
    *from = (reader){.capture = capture};
}

uint32_t reader_read(reader *from, uint32_t samples)
{
    static int16_t values[READER_MAX_SAMPLES * NF_CAPTURE_MAX_CHANNELS];
    const nf_capture_settings *settings = &from->capture->settings;
    nf_capture_chunk chunk;

    expect(from,
           nf_capture_read(from->capture, values, (size_t)samples * settings->channel_count, &chunk) == NF_CAPTURE_OK);
    expect(from, chunk.samples <= samples);
    if (chunk.samples == 0) {
        return 0;
    }
    const uint32_t first = number_of(settings, values);
    check_gap(from, &chunk, first - from->expected);
    check_stamps(from, &chunk);
    check_samples(from, values, first, chunk.samples);
    from->delivered += chunk.samples;
    from->expected = first + chunk.samples;
    return chunk.samples;
}

void reader_finish(reader *from, uint32_t made)
{
    int16_t value[NF_CAPTURE_MAX_CHANNELS];
    nf_capture_totals totals;
    nf_capture_chunk nothing;

    while (nf_capture_waiting(from->capture) > 0) {
        expect(from, reader_read(from, READER_MAX_SAMPLES) > 0);
    }
    expect(from, nf_capture_read(from->capture, value, NF_CAPTURE_MAX_CHANNELS, &from->rest) == NF_CAPTURE_OK);
    const uint64_t missing = made - from->delivered - from->lost;
    expect(from, missing >= from->rest.lost_least && missing <= from->rest.lost_most);

    nf_capture_sum(from->capture, &totals);
    expect(from, totals.delivered == from->delivered);
    expect(from, totals.lost_least == from->lost_least + from->rest.lost_least);
    expect(from, totals.lost_most == from->lost_most + from->rest.lost_most);
    expect(from, nf_capture_read(from->capture, value, NF_CAPTURE_MAX_CHANNELS, &nothing) == NF_CAPTURE_OK);
    expect(from, nothing.samples == 0 && nothing.lost_most == 0);
}
