#include "oracle.h"

#include <string.h>

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

void oracle_open(oracle *of, const nf_path_settings *settings, uint32_t values)
{
    memset(of, 0, sizeof *of);
    of->settings = settings;
    of->values = values;
    of->trust = 128;
    of->period_ns = settings->sensor_period_ns;
}

static void set_anchor(oracle *of, int64_t now_us)
{
    of->counts = 1;
    of->count_samples[0] = 0;
    of->count_us[0] = now_us;
}

static void set_step(oracle *of)
{
    const int64_t model = (int64_t)of->settings->model_period_ns;
    /* model * 2^24 / period to the nearest: bit by bit, for the product may not fit. */
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

void oracle_restart(oracle *of, int64_t now_us)
{
    of->samples = of->outputs = of->windows = 0;
    of->position = 0;
    of->is_full = false;
    of->trust = of->trust / 2 < 128 ? 128 : of->trust / 2;
    set_anchor(of, now_us);
    forget_stretch(of);
    set_step(of);
}

/* The estimate is taken from the anchor; when twice the horizon has gathered, that moves to the first count beyond one. */
void oracle_count(oracle *of, int64_t samples, int64_t now_us)
{
    const int64_t nominal = of->settings->sensor_period_ns;
    const int64_t total = of->count_samples[of->counts - 1] + samples;

    of->count_samples[of->counts] = total;
    of->count_us[of->counts++] = now_us;
    if (total >= of->trust) {
        const int64_t period = (now_us - of->count_us[0]) * 1000 / total;
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
            of->count_us[i - middle] = of->count_us[i];
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

const int16_t *oracle_window_sample(const oracle *of, uint32_t sample)
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
                const int64_t apart = oracle_window_sample(of, i)[channel] - oracle_window_sample(of, j)[channel];
                pairs += apart * apart;
            }
        }
        sum += limit > 0 ? pairs * 1000 / (limit * limit) : 0;
    }
    return sum;
}

static void note_window(oracle *of, int64_t behind, int64_t count_us)
{
    const nf_path_settings *settings = of->settings;
    const int64_t length = (int64_t)settings->model_period_ns * (settings->window_samples - 1);

    of->is_full = true;
    of->facts = (nf_path_facts){
        .event = NF_PATH_WINDOW,
        .fresh = of->windows == 0 ? settings->window_samples : settings->hop_samples,
        .held = settings->window_samples,
        .start_us = count_us - ((2 * behind + 1) * of->period_ns / 2 + length) / 1000,
        .covered_us = count_us,
        .motion_permille = motion(of),
        .period_ns = of->period_ns,
    };
    of->facts.is_still = of->facts.motion_permille <= 1000;
}

bool oracle_fill(oracle *of, int64_t behind, int64_t count_us)
{
    const uint32_t end = of->windows * of->settings->hop_samples + of->settings->window_samples;
    while (of->outputs < end && of->samples > 0 && of->position <= (of->samples - 1) * ONE) {
        for (uint32_t channel = 0; channel < of->settings->channel_count; channel++) {
            of->output[of->outputs][channel] = output_at(of, of->position, channel);
        }
        of->outputs++;
        of->position += of->step;
    }
    if (of->outputs == end && !of->is_full) {
        note_window(of, behind, count_us);
    }
    return of->is_full;
}

void oracle_sample(oracle *of, const int16_t *sample, int64_t behind, int64_t count_us)
{
    int16_t *place = of->input[of->samples++];
    memcpy(place, sample, of->values * sizeof *sample);
    if (of->settings->bias_first != NF_PATH_NO_BIAS) {
        remove_bias(of, place);
    }
    oracle_fill(of, behind, count_us);
}

void oracle_advance(oracle *of)
{
    for (uint32_t axis = 0; of->facts.is_still && of->stretch > 0 && axis < NF_PATH_AXES; axis++) {
        of->low[axis] = of->sum[axis] * ONE / of->stretch;
        of->band[axis] = 0;
    }
    forget_stretch(of);
    of->windows++;
    of->is_full = false;
}
