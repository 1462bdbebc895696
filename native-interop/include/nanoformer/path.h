/* NanoFormer path: from the capture's ring to the model's window, and whether the wearer was still in it.
 *
 * C11, freestanding, integers only, static. The consumer of a capture: it decodes the samples where they lie, learns the
 * sensor's clock, removes the bias of the rotation, resamples to the model's rate and scale, and collects overlapping windows
 * in one buffer that the engine reads in place.
 *
 *   nf_path_open(&path, &settings, &capture, window, values);
 *   nf_path_start(&path, now);
 *   nf_capture_start(&capture);
 *   // woken by the port:
 *   while (nf_path_next(&path, &facts) != NF_PATH_NOTHING) ...
 */
#ifndef NANOFORMER_PATH_H
#define NANOFORMER_PATH_H

#include "nanoformer/capture_port.h"

#ifdef __cplusplus
extern "C" {
#endif

#define NF_PATH_MAX_CHANNELS 12 /* of the model */
#define NF_PATH_MAX_VALUES 16   /* of a sensor sample */
#define NF_PATH_AXES 3
#define NF_PATH_NO_BIAS 255
#define NF_PATH_SENSOR_RATE 0

typedef struct nf_path_settings {
    uint8_t channel_count;
    uint8_t source[NF_PATH_MAX_CHANNELS];     /* which value of a sensor sample feeds the channel */
    int32_t factor_q16[NF_PATH_MAX_CHANNELS]; /* model steps per sensor step, times 2^16: magnitude 1..2^23-1 */
    int32_t still_limit
        [NF_PATH_MAX_CHANNELS]; /* model steps of deviation of a still window; 0: the channel does not count */
    uint8_t bias_first;         /* first of three rotation values whose bias is removed; NF_PATH_NO_BIAS: none */
    uint16_t window_samples, hop_samples;
    uint32_t sensor_period_ns; /* nominal */
    uint64_t model_period_ns;  /* NF_PATH_SENSOR_RATE: the sensor's own samples */
} nf_path_settings;

typedef enum nf_path_event {
    NF_PATH_NOTHING = 0, /* the ring is empty */
    NF_PATH_WINDOW = 1,  /* the window is full: it lies still until the next nf_path_next */
    NF_PATH_GAP = 2,     /* samples were lost here; the next call starts the window again */
    NF_PATH_SILENT =
        3 /* nothing has come for two polls and a half (or eight bursts): the sensor is lost, or its settings */
} nf_path_event;

/* What managed code is told, as int64 [NF_PATH_FACTS] in this order. Times are those of the port's clock. */
typedef struct nf_path_facts {
    int64_t event;           /* nf_path_event */
    int64_t fresh;           /* samples at the end of the window that no earlier event showed */
    int64_t held;            /* samples in the window */
    int64_t start_us;        /* WINDOW: of its first sample, GAP: of the first one behind it, to within one; 0: none */
    int64_t covered_us;      /* up to when samples have come: the count that told of the newest; before it: the start */
    int64_t is_still;        /* WINDOW: 1 when the deviation is within the limits */
    int64_t motion_permille; /* WINDOW: sum of variance / limit^2 over the channels, in thousandths */
    int64_t lost_least, lost_most, lost_reasons; /* GAP: NF_CAPTURE_LOST_... */
    int64_t retries;                             /* refused transfers since the last event */
    int64_t silent_us;                           /* nf_capture_silent_us, now */
    int64_t failures;                            /* nf_capture_failures, now */
    int64_t now_us;
    int64_t period_ns;            /* the sensor's period as measured */
    int64_t frozen;               /* WINDOW: bit v is set when value v was the same in the newest hop of samples */
    int64_t newest[NF_PATH_AXES]; /* the first three values of the newest sample: its acceleration */
} nf_path_facts;

#define NF_PATH_FACTS 19

/* Learns the sensor's period from how many samples came in the host's time. */
typedef struct nf_sample_clock {
    int64_t anchor_us, middle_us;
    int64_t samples, middle_samples; /* since the anchor */
    int64_t trust;                   /* samples that an estimate needs */
    int64_t nominal_ns, period_ns;
} nf_sample_clock;

/* A low-pass of 0.1 Hz over each rotation axis, subtracted. */
typedef struct nf_gyro_bias {
    int64_t rate_q24;
    int64_t low[NF_PATH_AXES], band[NF_PATH_AXES], sum[NF_PATH_AXES];
    int32_t warm_up, seen; /* samples */
    int32_t stretch;       /* samples in `sum` */
} nf_gyro_bias;

/* Linear interpolation from the sensor's rate to the model's. */
typedef struct nf_resampler {
    int64_t step, phase; /* Q24 of an input period */
    int32_t previous[NF_PATH_MAX_CHANNELS], current[NF_PATH_MAX_CHANNELS];
    bool is_primed;
} nf_resampler;

/* A path. Callers use the functions. */
typedef struct nf_path {
    nf_path_settings settings;
    nf_capture *capture;
    int16_t *window;      /* [window_samples][channel_count] */
    uint32_t held, fresh; /* samples */
    nf_path_event shown;  /* what the last call gave: the next one moves or restarts the window */
    bool is_still;
    nf_sample_clock clock;
    nf_gyro_bias bias;
    nf_resampler resampler;
    uint64_t count_us, count_sample; /* the count whose samples are being taken, and the newest of them */
    uint64_t next;                   /* number of the sample to take next */
    uint64_t covered_us;
    uint32_t retries;
    uint32_t values; /* of a sensor sample */
    int16_t newest[NF_PATH_MAX_VALUES];
    uint32_t unchanged[NF_PATH_MAX_VALUES]; /* samples in a row that brought the same value as the one before */
} nf_path;

/* Takes the settings over; `capture` (opened) and `window`, room for `values` int16, must outlive the path. BAD_SETTINGS when
 * one is out of range, MEMORY_TOO_SMALL when the window does not fit. */
nf_capture_status nf_path_open(nf_path *path, const nf_path_settings *settings, nf_capture *capture, int16_t *window,
                               size_t values);

/* With nf_capture_start: no window spans the time before and after. The bias survives. */
void nf_path_start(nf_path *path, uint64_t start_us);

/* Takes samples from the ring until a window is full, a gap comes, or the ring is empty. After NF_PATH_WINDOW it first moves the
 * window on by a hop, and the mean rotation of a still one becomes the bias. */
nf_path_event nf_path_next(nf_path *path, nf_path_facts *facts);

/* The full window, [window_samples][channel_count], while the last event was NF_PATH_WINDOW; else null. */
const int16_t *nf_path_window(const nf_path *path);

/* Bias of the rotation axes in sensor steps; setting it starts from one known from before. */
void nf_path_get_bias(const nf_path *path, int32_t bias[NF_PATH_AXES]);
void nf_path_set_bias(nf_path *path, const int32_t bias[NF_PATH_AXES]);

/* Settings as managed code passes them: numbers in this order, and three a channel: source, factor_q16, still_limit. */
enum {
    NF_NUMBER_IS_SPI,
    NF_NUMBER_BUS,
    NF_NUMBER_ADDRESS,
    NF_NUMBER_INTERRUPT_PIN,
    NF_NUMBER_BUS_HERTZ,
    NF_NUMBER_TRIGGER,
    NF_NUMBER_SAMPLE_BYTES,
    NF_NUMBER_VALUE_COUNT,
    NF_NUMBER_IS_LITTLE_ENDIAN,
    NF_NUMBER_DATA_REGISTER,
    NF_NUMBER_FIFO_BYTES,
    NF_NUMBER_COUNT_REGISTER,
    NF_NUMBER_FLUSH_REGISTER,
    NF_NUMBER_FLUSH_VALUE,
    NF_NUMBER_BURST_SAMPLES,
    NF_NUMBER_POLL_US,
    NF_NUMBER_SHORTEST_PERIOD_US,
    NF_NUMBER_LONGEST_PERIOD_US,
    NF_NUMBER_BIAS_FIRST, /* -1: none */
    NF_NUMBER_WINDOW_SAMPLES,
    NF_NUMBER_HOP_SAMPLES,
    NF_NUMBER_SENSOR_PERIOD_NS,
    NF_NUMBER_MODEL_PERIOD_NS,
    NF_NUMBER_COUNT_MASK,
    NF_NUMBER_COUNT_UNIT,
    NF_NUMBER_RUN_VALUE,
    NF_NUMBER_WORD_BYTES,
    NF_NUMBER_KIND_MASK,
    NF_NUMBER_TURN_MASK,
    NF_NUMBER_KINDS, /* a byte each, the first in the lowest */
    NF_NUMBER_COUNT
};

typedef struct nf_path_plan {
    nf_capture_wiring wiring;
    nf_capture_settings capture;
    nf_path_settings path;
} nf_path_plan;

/* False when a number does not fit its field, or values and tags do not fill the sample. */
bool nf_path_plan_read(nf_path_plan *plan, const int32_t *numbers, const int32_t *channels, size_t channel_count);

#ifdef __cplusplus
}
#endif

#endif
