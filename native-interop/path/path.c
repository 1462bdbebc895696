#include "nanoformer/path.h"

#include <string.h>

#include "stages.h"

#define LARGEST_FACTOR (INT32_MAX >> 8)
#define LARGEST_LIMIT INT64_C(3037000499) /* its square fits 63 bits */
#define STILL_PERMILLE 1000
#define LEAST_FROZEN_SAMPLES 32
#define SILENT_BURSTS 8u
#define SLOWEST_HERTZ 4u
#define SHORTEST_PERIOD_NS 1000u
#define LONGEST_MODEL_PERIOD_NS (UINT64_C(1) << 38)
#define NANOSECONDS_PER_SECOND 1000000000u

static bool is_channel_valid(const nf_path_settings *settings, uint32_t channel, uint32_t values)
{
    const int32_t factor = settings->factor_q16[channel];
    const int32_t limit = settings->still_limit[channel];

    return settings->source[channel] < values && factor != 0 && factor >= -LARGEST_FACTOR && factor <= LARGEST_FACTOR &&
           limit >= 0 && (int64_t)limit * settings->window_samples <= LARGEST_LIMIT;
}

static bool is_model_period_valid(uint64_t period_ns)
{
    return period_ns == NF_PATH_SENSOR_RATE ||
           (period_ns >= SHORTEST_PERIOD_NS && period_ns <= LONGEST_MODEL_PERIOD_NS);
}

static bool are_settings_valid(const nf_path_settings *settings, uint32_t values)
{
    if (settings->channel_count == 0 || settings->channel_count > NF_PATH_MAX_CHANNELS || values > NF_PATH_MAX_VALUES ||
        settings->hop_samples == 0 || settings->hop_samples > settings->window_samples ||
        settings->sensor_period_ns < SHORTEST_PERIOD_NS ||
        settings->sensor_period_ns > NANOSECONDS_PER_SECOND / SLOWEST_HERTZ ||
        !is_model_period_valid(settings->model_period_ns) ||
        (settings->bias_first != NF_PATH_NO_BIAS && settings->bias_first + NF_PATH_AXES > (int32_t)values)) {
        return false;
    }
    for (uint32_t channel = 0; channel < settings->channel_count; channel++) {
        if (!is_channel_valid(settings, channel, values)) {
            return false;
        }
    }
    return true;
}

nf_capture_status nf_path_open(nf_path *path, const nf_path_settings *settings, nf_capture *capture, int16_t *window,
                               size_t values)
{
    if (path == NULL || settings == NULL || capture == NULL || capture->port == NULL || window == NULL) {
        return NF_CAPTURE_NULL_ARGUMENT;
    }
    if (!are_settings_valid(settings, nf_capture_values(&capture->settings))) {
        return NF_CAPTURE_BAD_SETTINGS;
    }
    if (values / settings->channel_count < settings->window_samples) {
        return NF_CAPTURE_MEMORY_TOO_SMALL;
    }
    *path = (nf_path){
        .settings = *settings, .capture = capture, .window = window, .values = nf_capture_values(&capture->settings)};
    nf_sample_clock_open(&path->clock, settings->sensor_period_ns);
    nf_gyro_bias_open(&path->bias, NANOSECONDS_PER_SECOND / settings->sensor_period_ns);
    return NF_CAPTURE_OK;
}

static int64_t model_period_ns(const nf_path *path)
{
    const uint64_t period_ns = path->settings.model_period_ns;
    return period_ns == NF_PATH_SENSOR_RATE ? path->clock.period_ns : (int64_t)period_ns;
}

static void set_periods(nf_path *path)
{
    nf_resampler_set_periods(&path->resampler, path->clock.period_ns, model_period_ns(path));
}

/* No sample before `count_us` has to do with those after it; the first of these is number `next`. */
static void restart(nf_path *path, uint64_t count_us)
{
    nf_sample_clock_restart(&path->clock, (int64_t)count_us);
    path->resampler.is_primed = false;
    memset(path->unchanged, 0, sizeof path->unchanged);
    nf_gyro_bias_end_stretch(&path->bias, false);
    set_periods(path);
}

void nf_path_start(nf_path *path, uint64_t start_us)
{
    path->held = path->fresh = 0;
    path->shown = NF_PATH_NOTHING;
    path->count_us = path->covered_us = start_us;
    path->count_sample = UINT64_MAX; /* the one before number 0 */
    path->next = 0;
    path->retries = 0;
    restart(path, start_us);
}

static void move_on(nf_path *path)
{
    const uint32_t channels = path->settings.channel_count;
    const uint32_t kept = path->held - path->settings.hop_samples;

    nf_gyro_bias_end_stretch(&path->bias, path->is_still);
    memmove(path->window, path->window + (size_t)path->settings.hop_samples * channels,
            (size_t)kept * channels * sizeof *path->window);
    path->held = kept;
    path->fresh = 0;
}

/* What the last event showed has been seen. */
static void leave_event(nf_path *path)
{
    if (path->shown == NF_PATH_WINDOW) {
        move_on(path);
    } else if (path->shown == NF_PATH_GAP) {
        path->held = path->fresh = 0;
    }
    path->shown = NF_PATH_NOTHING;
}

/* False when the window is not yet full and another sample must come first. */
static bool fill_window(nf_path *path)
{
    const nf_path_settings *settings = &path->settings;
    while (path->held < settings->window_samples) {
        if (!nf_resampler_pull(&path->resampler, settings, path->window + path->held * settings->channel_count)) {
            return false;
        }
        path->held++;
        path->fresh++;
    }
    return true;
}

/* Samples of a count that are not in this chunk or an earlier one: they may never come. */
static int64_t to_come(const nf_capture_chunk *chunk)
{
    return (int64_t)(chunk->time_sample + 1 - chunk->first - chunk->samples);
}

/* A new time stamp is a new count, and tells of all samples up to its newest. */
static void note_count(nf_path *path, const nf_capture_chunk *chunk)
{
    if (chunk->time_us != path->count_us || chunk->time_sample != path->count_sample) {
        nf_sample_clock_observe(&path->clock, (int64_t)(chunk->time_sample - path->count_sample),
                                (int64_t)chunk->time_us);
        set_periods(path);
    }
    path->count_us = chunk->time_us;
    path->count_sample = chunk->time_sample;
    path->next = chunk->first;
    path->covered_us = chunk->time_us - (uint64_t)(to_come(chunk) * path->clock.period_ns / 1000);
}

/* The first count behind a gap is what the clock goes on from: it tells nothing of how long its samples took. */
static void note_gap(nf_path *path, const nf_capture_chunk *chunk)
{
    if (chunk->samples > 0) {
        path->count_us = chunk->time_us;
        path->count_sample = chunk->time_sample;
        restart(path, chunk->time_us);
    }
}

static inline void decode(const nf_capture_settings *settings, const uint8_t *bytes, uint32_t length, int16_t *values)
{
    const uint32_t high = settings->is_little_endian ? 1 : 0;
    for (uint32_t i = 0; i < length; i += 2) {
        *values++ = (int16_t)(uint16_t)((uint32_t)bytes[i + high] << 8 | bytes[i + 1 - high]);
    }
}

/* The producer has seen that the sample is whole. */
static void decode_words(const nf_capture_settings *settings, const uint8_t *bytes, int16_t *values)
{
    const nf_capture_tags *tags = &settings->tags;
    for (uint32_t i = 0; i < settings->sample_bytes; i += tags->word_bytes) {
        uint32_t place = 0;
        while ((bytes[i] & tags->kind_mask) != tags->kinds[place]) {
            place++;
        }
        decode(settings, bytes + i + 1, tags->word_bytes - 1u, values + place * (tags->word_bytes / 2u));
    }
}

static void compare_with_newest(nf_path *path, const int16_t *values)
{
    const uint32_t count = path->values;
    for (uint32_t i = 0; i < count; i++) {
        path->unchanged[i] = values[i] == path->newest[i] ? path->unchanged[i] + 1 : 0;
        path->newest[i] = values[i];
    }
}

/* Noise alone changes what a working sensor measures. A hop is enough to tell: a window of which only the newest part is frozen
 * tells nothing either. */
static int64_t frozen_values(const nf_path *path)
{
    const uint32_t count = path->values;
    const int64_t hop = path->settings.hop_samples * model_period_ns(path) / path->clock.period_ns;
    const int64_t least = hop > LEAST_FROZEN_SAMPLES ? hop : LEAST_FROZEN_SAMPLES;
    int64_t frozen = 0;

    for (uint32_t i = 0; i < count; i++) {
        frozen |= path->unchanged[i] + INT64_C(1) >= least ? INT64_C(1) << i : 0;
    }
    return frozen;
}

/* Takes the chunk's samples until the window is full; gives how many. */
static uint32_t take_samples(nf_path *path, const nf_capture_chunk *chunk)
{
    const nf_capture_settings *settings = &path->capture->settings;
    int16_t values[NF_PATH_MAX_VALUES];
    uint32_t taken = 0;

    do {
        const uint8_t *sample = chunk->bytes + taken * settings->sample_bytes;
        if (settings->tags.word_bytes == 0) {
            decode(settings, sample, settings->sample_bytes, values);
        } else {
            decode_words(settings, sample, values);
        }
        compare_with_newest(path, values);
        if (path->settings.bias_first != NF_PATH_NO_BIAS) {
            nf_gyro_bias_remove(&path->bias, values + path->settings.bias_first);
        }
        nf_resampler_push(&path->resampler, &path->settings, values);
        path->next++;
        taken++;
    } while (!fill_window(path) && taken < chunk->samples);
    return taken;
}

/* Gives NOTHING when the window is full, too. */
static nf_path_event advance(nf_path *path, nf_capture_chunk *chunk)
{
    while (!fill_window(path)) {
        nf_capture_read(path->capture, chunk);
        if (chunk->lost_most > 0) {
            return NF_PATH_GAP;
        }
        if (chunk->samples == 0) {
            return NF_PATH_NOTHING;
        }
        note_count(path, chunk);
        nf_capture_release(path->capture, take_samples(path, chunk));
    }
    return NF_PATH_WINDOW;
}

/* Of a chunk behind a gap; after the stop nothing follows. */
static int64_t first_sample_us(const nf_path *path, const nf_capture_chunk *chunk)
{
    const int64_t behind = (int64_t)(chunk->time_sample - chunk->first);
    return chunk->samples == 0 ? 0 : (int64_t)chunk->time_us - (2 * behind + 1) * path->clock.period_ns / 2 / 1000;
}

/* The newest sample of a count was made, on average, half a period before. */
static int64_t window_start_us(const nf_path *path)
{
    const int64_t behind = (int64_t)(path->count_sample + 1 - path->next);
    const int64_t since_last = (2 * behind + 1) * path->clock.period_ns / 2;
    const int64_t length = (path->settings.window_samples - 1) * model_period_ns(path);
    return (int64_t)path->count_us - (since_last + length) / 1000;
}

static int64_t retries_since(nf_path *path, bool is_event)
{
    const uint32_t total = nf_capture_retries(path->capture);
    const uint32_t since = total - path->retries;
    if (is_event) {
        path->retries = total;
    }
    return since;
}

/* Two polls and a half, or what eight bursts take at the slowest. */
static uint64_t patience_us(const nf_capture_settings *settings)
{
    return settings->trigger == NF_CAPTURE_TIMED
               ? (uint64_t)NF_CAPTURE_SILENT_HALF_POLLS * (settings->poll_us / 2)
               : (uint64_t)SILENT_BURSTS * settings->burst_samples * settings->longest_period_us;
}

static bool is_silent(const nf_capture *capture)
{
    return capture->is_running && nf_capture_silent_us(capture) >= patience_us(&capture->settings);
}

nf_path_event nf_path_next(nf_path *path, nf_path_facts *facts)
{
    const nf_capture_port *port = path->capture->port;
    nf_capture_chunk chunk = {0};

    leave_event(path);
    nf_path_event event = advance(path, &chunk);
    if (event == NF_PATH_NOTHING && is_silent(path->capture)) {
        event = NF_PATH_SILENT;
    }
    path->shown = event;
    *facts = (nf_path_facts){
        .event = event,
        .fresh = path->fresh,
        .held = path->held,
        .covered_us = (int64_t)path->covered_us,
        .retries = retries_since(path, event != NF_PATH_NOTHING),
        .silent_us = (int64_t)nf_capture_silent_us(path->capture),
        .failures = nf_capture_failures(path->capture),
        .now_us = (int64_t)port->now(port->context),
        .period_ns = path->clock.period_ns,
        .newest = {path->newest[0], path->newest[1], path->newest[2]},
    };
    if (event == NF_PATH_WINDOW) {
        facts->start_us = window_start_us(path);
        facts->motion_permille = nf_motion_permille(&path->settings, path->window);
        facts->is_still = path->is_still = facts->motion_permille <= STILL_PERMILLE;
        facts->frozen = frozen_values(path);
    } else if (event == NF_PATH_GAP) {
        facts->lost_least = chunk.lost_least;
        facts->lost_most = chunk.lost_most;
        facts->lost_reasons = chunk.lost_reasons;
        facts->start_us = first_sample_us(path, &chunk);
        note_gap(path, &chunk);
    }
    return event;
}

const int16_t *nf_path_window(const nf_path *path)
{
    return path->shown == NF_PATH_WINDOW ? path->window : NULL;
}

void nf_path_get_bias(const nf_path *path, int32_t bias[NF_PATH_AXES])
{
    for (uint32_t axis = 0; axis < NF_PATH_AXES; axis++) {
        bias[axis] = nf_gyro_bias_of(&path->bias, axis);
    }
}

void nf_path_set_bias(nf_path *path, const int32_t bias[NF_PATH_AXES])
{
    nf_gyro_bias_restore(&path->bias, bias);
}
