/* A FIFO count tells the sensor's time to within one sample, so the period over n samples is known to one part in n: an estimate
 * is replaced only by one from a stretch at least as long. After a gap half of the trust is dropped. */
#include "stages.h"

#define MINIMUM_SAMPLES 128
#define HORIZON 4096
#define TOLERANCE_PERMILLE 100

static void anchor(nf_sample_clock *clock, int64_t now_us)
{
    clock->anchor_us = now_us;
    clock->samples = 0;
    clock->middle_samples = 0;
}

void nf_sample_clock_open(nf_sample_clock *clock, uint32_t nominal_ns)
{
    *clock = (nf_sample_clock){.trust = MINIMUM_SAMPLES, .nominal_ns = nominal_ns, .period_ns = nominal_ns};
}

void nf_sample_clock_restart(nf_sample_clock *clock, int64_t now_us)
{
    anchor(clock, now_us);
    clock->trust = clock->trust / 2 > MINIMUM_SAMPLES ? clock->trust / 2 : MINIMUM_SAMPLES;
}

static void estimate(nf_sample_clock *clock, int64_t now_us)
{
    const int64_t period = (now_us - clock->anchor_us) * 1000 / clock->samples;
    const int64_t tolerance = clock->nominal_ns * TOLERANCE_PERMILLE / 1000;

    if (period < clock->nominal_ns - tolerance || period > clock->nominal_ns + tolerance) {
        anchor(clock, now_us);
        return;
    }
    clock->period_ns = period;
    clock->trust = clock->samples < HORIZON ? clock->samples : HORIZON;
}

static void drop_first_half(nf_sample_clock *clock)
{
    clock->anchor_us = clock->middle_us;
    clock->samples -= clock->middle_samples;
    clock->middle_samples = 0;
}

void nf_sample_clock_observe(nf_sample_clock *clock, int64_t samples, int64_t now_us)
{
    clock->samples += samples;
    if (clock->middle_samples == 0 && clock->samples >= HORIZON) {
        clock->middle_samples = clock->samples;
        clock->middle_us = now_us;
    }
    if (clock->samples < clock->trust) {
        return;
    }
    estimate(clock, now_us);
    if (clock->samples >= 2 * HORIZON) {
        drop_first_half(clock);
    }
}
