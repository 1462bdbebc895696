#include "oracle.h"

#include <string.h>

#include "../../../native-interop/capture/ring.h"

#define ONE (INT64_C(1) << 24)
#define HORIZON 4096

static int64_t floor_divided(int64_t value, int64_t by)
{
    const int64_t quotient = value / by;
    return quotient * by > value ? quotient - 1 : quotient;
}

static int16_t saturated(int64_t value)
{
    return (int16_t)(value < -32768 ? -32768 : value > 32767 ? 32767 : value);
}

static void set_anchor(oracle *of, int64_t now_us)
{
    of->counts = 1;
    of->count_samples[0] = 0;
    of->count_times[0] = now_us;
}

static void set_step(oracle *of)
{
    const int64_t model = (int64_t)of->settings->model_period_ns;
    /* model * 2^24 / period to the nearest: bit by bit, because the product may not fit. */
    int64_t quotient = model / of->period_ns, rest = model % of->period_ns;
    for (int bit = 0; bit < 24; bit++) {
        rest *= 2;
        quotient = quotient * 2 + rest / of->period_ns;
        rest %= of->period_ns;
    }
    of->step = quotient + (rest + of->period_ns / 2) / of->period_ns;
}

static void forget_stretch(oracle *of)
{
    memset(of->sum, 0, sizeof of->sum);
    of->stretch = 0;
}

/* The start, or a gap that ends with a count. */
static void restart(oracle *of, int64_t now_us)
{
    of->samples = of->outputs = of->windows = 0;
    of->position = 0;
    of->trust = of->trust / 2 < 128 ? 128 : of->trust / 2;
    set_anchor(of, now_us);
    forget_stretch(of);
    set_step(of);
}

/* The estimate is taken from the anchor; when twice the horizon has gathered, that moves to the first count beyond one. */
static void count(oracle *of, int64_t samples, int64_t now_us)
{
    const int64_t nominal = of->settings->sensor_period_ns;
    const int64_t total = of->count_samples[of->counts - 1] + samples;

    of->count_samples[of->counts] = total;
    of->count_times[of->counts++] = now_us;
    if (total >= of->trust) {
        const int64_t period = (now_us - of->count_times[0]) * 1000 / total;
        if (period < nominal - nominal / 10 || period > nominal + nominal / 10) {
            set_anchor(of, now_us);
        } else {
            of->period_ns = period;
            of->trust = total < HORIZON ? total : HORIZON;
        }
    }
    if (of->count_samples[of->counts - 1] >= 2 * HORIZON) {
        uint32_t middle = 0;
        while (of->count_samples[middle] < HORIZON) {
            middle++;
        }
        const int64_t before = of->count_samples[middle];
        for (uint32_t i = middle; i < of->counts; i++) {
            of->count_samples[i - middle] = of->count_samples[i] - before;
            of->count_times[i - middle] = of->count_times[i];
        }
        of->counts -= middle;
    }
    set_step(of);
}

static void track(oracle *of, uint32_t axis, int64_t raw, int64_t rate)
{
    int64_t *low = &of->low[axis], *band = &of->band[axis];
    const int64_t hertz = INT64_C(1000000000) / of->settings->sensor_period_ns;

    of->sum[axis] += raw;
    if (of->seen < hertz) {
        *low += (raw * ONE - *low) / (of->seen + 1);
        return;
    }
    const int64_t damping = floor_divided(floor_divided(*band, 256) * (23726566 / 256), 256);
    const int64_t high = raw * ONE - *low - damping;
    *band += floor_divided(floor_divided(high, 16) * rate, ONE / 16);
    *low += floor_divided(floor_divided(*band, 16) * rate, ONE / 16);
}

static void remove_bias(oracle *of, int16_t *sample)
{
    const int64_t hertz = INT64_C(1000000000) / of->settings->sensor_period_ns;
    const int64_t rate = 628319 * ONE / (1000000 * hertz);

    for (uint32_t axis = 0; axis < NF_PATH_AXES; axis++) {
        int16_t *value = &sample[of->settings->bias_first + axis];
        track(of, axis, *value, rate);
        *value = saturated(*value - floor_divided(of->low[axis] + ONE / 2, ONE));
    }
    of->stretch++;
    of->seen++;
}

static int16_t output_at(const oracle *of, int64_t position, uint32_t channel)
{
    const uint32_t source = of->settings->source[channel];
    /* Between the two samples around it; at a sample, between that and the one before, as far as it matters. */
    const uint32_t right = position == 0 ? 0 : (uint32_t)((position + ONE - 1) / ONE);
    const uint32_t left = right == 0 ? 0 : right - 1;
    const int64_t phase = position - left * ONE;
    const int64_t value = of->input[left][source] * (ONE - phase) + of->input[right][source] * phase;
    return saturated(floor_divided(value * of->settings->factor_q16[channel] + (INT64_C(1) << 39), INT64_C(1) << 40));
}

static const int16_t *window_sample(const oracle *of, uint32_t sample)
{
    return of->output[of->windows * of->settings->hop_samples + sample];
}

/* Half the sum of (a - b)^2 over all pairs is samples^2 * variance. */
static int64_t motion(const oracle *of)
{
    const int64_t samples = of->settings->window_samples;
    int64_t sum = 0;
    for (uint32_t channel = 0; channel < of->settings->channel_count; channel++) {
        const int64_t limit = of->settings->still_limit[channel] * samples;
        int64_t pairs = 0;
        for (uint32_t i = 0; limit > 0 && i < samples; i++) {
            for (uint32_t j = 0; j < i; j++) {
                const int64_t apart = window_sample(of, i)[channel] - window_sample(of, j)[channel];
                pairs += apart * apart;
            }
        }
        sum += limit > 0 ? pairs * 1000 / (limit * limit) : 0;
    }
    return sum;
}

static int64_t window_start(const oracle *of)
{
    const int64_t length = (int64_t)of->settings->model_period_ns * (of->settings->window_samples - 1);
    const int64_t behind = (int64_t)(of->count_sample + 1 - of->next);
    return (int64_t)of->count_us - ((2 * behind + 1) * of->period_ns / 2 + length) / 1000;
}

static uint32_t end_of_window(const oracle *of)
{
    return of->windows * of->settings->hop_samples + of->settings->window_samples;
}

/* Makes the outputs that the samples so far allow for, up to the window's end. */
static bool fill(oracle *of)
{
    while (of->outputs < end_of_window(of) && of->samples > 0 && of->position <= (of->samples - 1) * ONE) {
        for (uint32_t channel = 0; channel < of->settings->channel_count; channel++) {
            of->output[of->outputs][channel] = output_at(of, of->position, channel);
        }
        of->outputs++;
        of->position += of->step;
    }
    return of->outputs == end_of_window(of);
}

static void take_sample(oracle *of, const oracle_burst *burst)
{
    const nf_capture_settings *chip = &of->capture->settings;
    const uint8_t *bytes = burst->bytes + of->taken * chip->sample_bytes;
    int16_t *sample = of->input[of->samples++];

    for (uint32_t i = 0; i < chip->sample_bytes / 2u; i++) {
        const uint8_t high = bytes[2 * i + (chip->is_little_endian ? 1 : 0)];
        const uint8_t low = bytes[2 * i + (chip->is_little_endian ? 0 : 1)];
        sample[i] = (int16_t)(high * 256 + low);
    }
    if (of->settings->bias_first != NF_PATH_NO_BIAS) {
        remove_bias(of, sample);
    }
    of->next = burst->first + of->taken + 1;
    if (++of->taken == burst->samples) {
        of->taken = 0;
        of->used++;
    }
}

static void leave_window(oracle *of)
{
    for (uint32_t axis = 0; of->facts.is_still && of->stretch > 0 && axis < NF_PATH_AXES; axis++) {
        of->low[axis] = of->sum[axis] * ONE / of->stretch;
        of->band[axis] = 0;
    }
    forget_stretch(of);
    of->windows++;
}

static nf_path_event show_window(oracle *of)
{
    of->facts.event = NF_PATH_WINDOW;
    of->facts.start_us = window_start(of);
    of->facts.motion_permille = motion(of);
    of->facts.is_still = of->facts.motion_permille <= 1000;
    return NF_PATH_WINDOW;
}

static nf_path_event show_gap(oracle *of, oracle_burst *burst)
{
    of->facts.event = NF_PATH_GAP;
    of->facts.lost_least = burst->lost_least;
    of->facts.lost_most = burst->lost_most;
    of->facts.lost_reasons = burst->lost_reasons;
    of->facts.start_us =
        (int64_t)burst->time_us - (2 * (int64_t)(burst->time_sample - burst->first) + 1) * of->period_ns / 2 / 1000;
    burst->lost_most = 0;
    of->count_us = burst->time_us;
    of->count_sample = burst->time_sample;
    return NF_PATH_GAP;
}

static nf_path_event find_event(oracle *of)
{
    while (!fill(of)) {
        if (of->used == of->recorded) {
            return NF_PATH_NOTHING;
        }
        oracle_burst *burst = &of->bursts[of->used % ORACLE_MAX_BURSTS];
        if (burst->lost_most > 0) {
            return show_gap(of, burst);
        }
        if (burst->time_us != of->count_us || burst->time_sample != of->count_sample) {
            count(of, (int64_t)(burst->time_sample - of->count_sample), (int64_t)burst->time_us);
            of->count_us = burst->time_us;
            of->count_sample = burst->time_sample;
        }
        of->covered_us = (int64_t)burst->time_us -
                         ((int64_t)(burst->time_sample - burst->first) - burst->samples + 1) * of->period_ns / 1000;
        take_sample(of, burst);
    }
    return show_window(of);
}

nf_path_event oracle_next(oracle *of)
{
    if (of->facts.event == NF_PATH_WINDOW) {
        leave_window(of);
    } else if (of->facts.event == NF_PATH_GAP) {
        restart(of, (int64_t)of->count_us);
    }
    of->facts = (nf_path_facts){0};
    const nf_path_event event = find_event(of);
    const uint32_t shown = of->windows == 0 ? 0 : end_of_window(of) - of->settings->hop_samples;
    of->facts.fresh = of->outputs - shown;
    of->facts.held = of->outputs - of->windows * of->settings->hop_samples;
    of->facts.covered_us = of->covered_us;
    of->facts.period_ns = of->period_ns;
    return event;
}

bool oracle_agrees(const oracle *of, const int16_t *window, const nf_path_facts *facts)
{
    const nf_path_facts *own = &of->facts;
    const uint32_t channels = of->settings->channel_count;

    for (uint32_t i = 0; i < own->held; i++) {
        if (memcmp(window + i * channels, window_sample(of, i), channels * sizeof *window) != 0) {
            return false;
        }
    }
    return facts->event == own->event && facts->held == own->held && facts->fresh == own->fresh &&
           facts->start_us == own->start_us && facts->covered_us == own->covered_us &&
           facts->is_still == own->is_still && facts->motion_permille == own->motion_permille &&
           facts->lost_least == own->lost_least && facts->lost_most == own->lost_most &&
           facts->lost_reasons == own->lost_reasons && facts->period_ns == own->period_ns;
}

void oracle_record(oracle *of)
{
    const uint32_t written = nf_load_acquire(&of->capture->written);
    for (; of->recorded != written; of->recorded++) {
        const nf_capture_slot *slot = nf_slot(of->capture, of->recorded);
        oracle_burst *burst = &of->bursts[of->recorded % ORACLE_MAX_BURSTS];
        *burst = (oracle_burst){
            .first = slot->first,
            .time_us = slot->time_us,
            .time_sample = slot->first + slot->time_behind,
            .samples = slot->samples,
            .lost_least = slot->lost_least,
            .lost_most = slot->lost_most,
            .lost_reasons = slot->lost_reasons,
        };
        memcpy(burst->bytes, nf_slot_data(of->capture, of->recorded),
               (size_t)slot->samples * of->capture->settings.sample_bytes);
    }
}

void oracle_open(oracle *of, const nf_path_settings *settings, const nf_capture *capture, uint64_t start_us)
{
    memset(of, 0, sizeof *of);
    of->settings = settings;
    of->capture = capture;
    of->trust = 128;
    of->period_ns = settings->sensor_period_ns;
    of->count_us = start_us;
    of->covered_us = (int64_t)start_us;
    of->count_sample = UINT64_MAX;
    restart(of, (int64_t)start_us);
}

bool oracle_is_full(const oracle *of)
{
    return of->samples + 1000 > ORACLE_MAX_SAMPLES || of->outputs + 5000 > ORACLE_MAX_SAMPLES;
}
