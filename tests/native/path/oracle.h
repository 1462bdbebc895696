/* What the path should make of a capture's bursts, the slow way: every sample and every output since the last gap is kept, the
 * window is a slice of the outputs, variance is taken over all pairs. Integers only. */
#ifndef NANOFORMER_TESTS_PATH_ORACLE_H
#define NANOFORMER_TESTS_PATH_ORACLE_H

#include "nanoformer/path.h"

#define ORACLE_MAX_SAMPLES 20000u

typedef struct oracle {
    const nf_path_settings *settings;
    uint32_t values; /* of a sensor sample */

    /* Since the start or the last gap. */
    uint32_t samples, outputs, windows;
    int64_t position; /* of the next output, Q24 of a sensor period since sample 0 */
    int64_t step;
    int16_t input[ORACLE_MAX_SAMPLES][NF_PATH_MAX_VALUES]; /* bias removed */
    int16_t output[ORACLE_MAX_SAMPLES][NF_PATH_MAX_CHANNELS];
    bool is_full; /* `facts` are those of a window that the path has yet to show */
    nf_path_facts facts;

    /* Counts since the anchor of the clock: samples up to each, and its time. */
    uint32_t counts;
    int64_t count_samples[ORACLE_MAX_SAMPLES], count_us[ORACLE_MAX_SAMPLES];
    int64_t trust, period_ns;

    int64_t low[NF_PATH_AXES], band[NF_PATH_AXES], sum[NF_PATH_AXES];
    int64_t seen, stretch;
} oracle;

void oracle_open(oracle *of, const nf_path_settings *settings, uint32_t values);

/* The start, or a gap that ends with a count. */
void oracle_restart(oracle *of, int64_t now_us);

/* A count told of `samples` more. */
void oracle_count(oracle *of, int64_t samples, int64_t now_us);

/* The next sample, as the sensor gave it; `behind` more wait of the count at `count_us`. */
void oracle_sample(oracle *of, const int16_t *sample, int64_t behind, int64_t count_us);

/* Makes the outputs that the samples so far allow for, up to the next window's end. True: `is_full`. */
bool oracle_fill(oracle *of, int64_t behind, int64_t count_us);

/* The window has been seen. */
void oracle_advance(oracle *of);

const int16_t *oracle_window_sample(const oracle *of, uint32_t sample);

#endif
