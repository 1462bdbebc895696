/* What the path should make of a capture's bursts, the slow way: every sample and every output since the last gap is kept, the
 * window is a slice of the outputs, variance is taken over all pairs. Integers only. */
#ifndef NANOFORMER_TESTS_PATH_ORACLE_H
#define NANOFORMER_TESTS_PATH_ORACLE_H

#include "nanoformer/path.h"

#define ORACLE_MAX_SAMPLES 20000u
#define ORACLE_MAX_BURSTS 512u /* recorded and not yet used up; a power of two */
#define ORACLE_MAX_BURST_BYTES 256u

/* A burst as it lay in the ring. */
typedef struct oracle_burst {
    uint64_t first, time_us, time_sample;
    uint32_t samples;
    uint32_t lost_least, lost_most, lost_reasons;
    uint8_t bytes[ORACLE_MAX_BURST_BYTES];
} oracle_burst;

typedef struct oracle {
    const nf_path_settings *settings;
    const nf_capture *capture;

    oracle_burst bursts[ORACLE_MAX_BURSTS];
    uint32_t recorded, used; /* bursts */
    uint32_t taken;          /* samples of the oldest */
    uint64_t count_us, count_sample, next;
    int64_t covered_us;

    /* Since the start or the last gap. */
    uint32_t samples, outputs, windows;
    int64_t position; /* of the next output, Q24 of a sensor period since sample 0 */
    int64_t step;
    int16_t input[ORACLE_MAX_SAMPLES][NF_PATH_MAX_VALUES]; /* bias removed */
    int16_t output[ORACLE_MAX_SAMPLES][NF_PATH_MAX_CHANNELS];

    /* Counts since the anchor of the clock: samples up to each, and its time. */
    uint32_t counts;
    int64_t count_samples[ORACLE_MAX_SAMPLES], count_times[ORACLE_MAX_SAMPLES];
    int64_t trust, period_ns;

    int64_t low[NF_PATH_AXES], band[NF_PATH_AXES], sum[NF_PATH_AXES];
    int64_t seen, stretch;

    nf_path_facts facts; /* of the last event */
} oracle;

/* With nf_path_start. */
void oracle_open(oracle *of, const nf_path_settings *settings, const nf_capture *capture, uint64_t start_us);

/* Copies what has come into the ring. To be called before nf_path_next, which gives slots back, and after it, for what came
 * meanwhile. */
void oracle_record(oracle *of);

/* The next event of what was recorded, and its facts; NOTHING when it gives none. */
nf_path_event oracle_next(oracle *of);

/* Whether the path gave the oracle's last event, with the same facts and the same samples in its window. */
bool oracle_agrees(const oracle *of, const int16_t *window, const nf_path_facts *facts);

/* Whether there is no room for a long run any longer. */
bool oracle_is_full(const oracle *of);

#endif
