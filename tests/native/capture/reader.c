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

static uint16_t word_at(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

static uint32_t number_of(const uint8_t *sample)
{
    return word_at(sample) | (uint32_t)word_at(sample + 2) << 16;
}

static void check_samples(reader *from, const uint8_t *bytes, uint32_t first, uint32_t samples)
{
    const uint32_t words = from->capture->settings.sample_bytes / 2u;
    for (uint32_t i = 0; i < samples * words; i++) {
        expect(from, word_at(bytes + 2 * i) == sensor_word(first + i / words, i % words));
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
    nf_capture_chunk chunk;

    expect(from, nf_capture_read(from->capture, &chunk) == NF_CAPTURE_OK);
    if (chunk.samples == 0) {
        return 0;
    }
    const uint32_t taken = chunk.samples < samples ? chunk.samples : samples;
    const uint32_t first = number_of(chunk.bytes);
    check_gap(from, &chunk, first - from->expected);
    check_stamps(from, &chunk);
    check_samples(from, chunk.bytes, first, taken);
    nf_capture_release(from->capture, taken);
    from->delivered += taken;
    from->expected = first + taken;
    return taken;
}

void reader_drain(reader *from)
{
    while (reader_read(from, UINT32_MAX) > 0) {
    }
}

void reader_finish(reader *from, uint32_t made)
{
    nf_capture_totals totals;
    nf_capture_chunk nothing;

    while (from->capture->written != from->capture->released) {
        expect(from, reader_read(from, UINT32_MAX) > 0);
    }
    expect(from, nf_capture_read(from->capture, &from->rest) == NF_CAPTURE_OK);
    const uint64_t missing = made - from->delivered - from->lost;
    expect(from, missing >= from->rest.lost_least && missing <= from->rest.lost_most);

    nf_capture_sum(from->capture, &totals);
    expect(from, totals.delivered == from->delivered);
    expect(from, totals.lost_least == from->lost_least + from->rest.lost_least);
    expect(from, totals.lost_most == from->lost_most + from->rest.lost_most);
    expect(from, nf_capture_read(from->capture, &nothing) == NF_CAPTURE_OK);
    expect(from, nothing.samples == 0 && nothing.lost_most == 0);
}
