/* Linear interpolation with a 24-bit phase and one factor a channel, rounded once and saturated. One sample is pushed, then
 * outputs are pulled until none comes; the first output is the first input. */
#include "stages.h"

#define PHASE_BITS 24
#define FACTOR_BITS 16
#define ONE (INT64_C(1) << PHASE_BITS)

/* The whole part apart from the rest, so that no product leaves 64 bits. */
void nf_resampler_set_periods(nf_resampler *resampler, int64_t input_ns, int64_t output_ns)
{
    const int64_t whole = output_ns / input_ns;
    const int64_t rest = output_ns % input_ns;

    resampler->step = whole * ONE + (rest * ONE + input_ns / 2) / input_ns;
}

void nf_resampler_push(nf_resampler *resampler, const nf_path_settings *settings, const int16_t *sample)
{
    for (uint32_t channel = 0; channel < settings->channel_count; channel++) {
        resampler->previous[channel] = resampler->current[channel];
        resampler->current[channel] = sample[settings->source[channel]];
    }
    if (resampler->is_primed) {
        resampler->phase -= ONE;
        return;
    }
    resampler->is_primed = true;
    resampler->phase = ONE;
}

static int16_t interpolate(const nf_resampler *resampler, uint32_t channel, int64_t factor)
{
    const int32_t from = resampler->previous[channel];
    const int32_t step = resampler->current[channel] - from;
    const int64_t value = from * ONE + step * resampler->phase;

    return nf_saturate_int16((value * factor + (INT64_C(1) << (PHASE_BITS + FACTOR_BITS - 1))) >>
                             (PHASE_BITS + FACTOR_BITS));
}

bool nf_resampler_pull(nf_resampler *resampler, const nf_path_settings *settings, int16_t *output)
{
    if (!resampler->is_primed || resampler->phase > ONE) {
        return false;
    }
    for (uint32_t channel = 0; channel < settings->channel_count; channel++) {
        output[channel] = interpolate(resampler, channel, settings->factor_q16[channel]);
    }
    resampler->phase += resampler->step;
    return true;
}
