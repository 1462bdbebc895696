/* A window is still when the root of its summed variances is within a limit. Variance does not see gravity, so posture does not
 * matter, and one knock weighs less than in a range. */
#include "stages.h"

/* samples^2 * variance = samples * sum(x^2) - sum(x)^2, exact in integers. */
static int64_t variance_times_square(const nf_path_settings *settings, const int16_t *values)
{
    int64_t sum = 0, squares = 0;
    for (uint32_t i = 0; i < settings->window_samples; i++, values += settings->channel_count) {
        const int32_t value = *values;
        sum += value;
        squares += value * value;
    }
    return settings->window_samples * squares - sum * sum;
}

/* part * 1000 / whole, without the product where it would not fit. */
static int64_t thousandths(int64_t part, int64_t whole)
{
    return part < INT64_MAX / 1000 ? part * 1000 / whole : part / whole * 1000;
}

/* Variance over the square of the limit, so that channels of different scale add up. */
int64_t nf_motion_permille(const nf_path_settings *settings, const int16_t *window)
{
    int64_t sum = 0;
    for (uint32_t channel = 0; channel < settings->channel_count; channel++) {
        const int64_t limit = (int64_t)settings->window_samples * settings->still_limit[channel];
        if (limit > 0) {
            sum += thousandths(variance_times_square(settings, window + channel), limit * limit);
        }
    }
    return sum;
}
