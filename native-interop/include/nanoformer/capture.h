/* NanoFormer capture: samples of an inertial sensor, brought by bus bursts into a static ring and read where they lie.
 *
 * C11, freestanding. No heap, no locks, no copy. One producer, driven by the sensor's interrupt or by an alarm through a port
 * (capture_port.h), and one consumer, which calls the functions below; path.h is one that makes windows of the samples.
 *
 *   static _Alignas(NF_CAPTURE_ALIGNMENT) uint8_t ring[NF_CAPTURE_RING_BYTES(12, 8, 16)];
 *   nf_capture_open(&capture, &settings, &port, ring, sizeof ring);
 *   nf_capture_start(&capture);
 *   // woken by the port:
 *   nf_capture_read(&capture, &chunk);
 *   nf_capture_release(&capture, chunk.samples);
 */
#ifndef NANOFORMER_CAPTURE_H
#define NANOFORMER_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NF_CAPTURE_MAX_SAMPLE_BYTES 32

/* Start of the ring's memory and of each burst in it: a line of the data caches this is used with. */
#define NF_CAPTURE_ALIGNMENT 32u

/* Memory of a ring of `slots` bursts (a power of two) of `burst_samples` samples of `sample_bytes` bytes. */
#define NF_CAPTURE_RING_BYTES(sample_bytes, burst_samples, slots)                                                      \
    ((slots) * (32u + (((sample_bytes) * (burst_samples) + 31u) & ~31u)))

/* Numbers below the engine's, so that one integer can carry either. */
typedef enum nf_capture_status {
    NF_CAPTURE_OK = 0,
    NF_CAPTURE_NULL_ARGUMENT = -32,
    NF_CAPTURE_BAD_SETTINGS = -33,     /* a setting out of range, or settings that do not fit together */
    NF_CAPTURE_MISALIGNED = -34,       /* the ring's memory does not start on NF_CAPTURE_ALIGNMENT */
    NF_CAPTURE_MEMORY_TOO_SMALL = -35, /* less than two slots, or less than a hop and one slot */
    NF_CAPTURE_RUNNING = -36,          /* opened or started again while running */
    NF_CAPTURE_NOT_RUNNING = -37,      /* stopped without having been started */
    NF_CAPTURE_PORT_FAILED = -38       /* the port could not claim its bus or interrupt line, or has no alarm */
} nf_capture_status;

/* What says that samples wait. */
typedef enum nf_capture_trigger {
    NF_CAPTURE_DATA_READY, /* the sensor's line, one edge per sample; losses are then exact */
    NF_CAPTURE_WATERMARK,  /* one edge when the FIFO has filled up to burst_samples; losses are bounded by time */
    NF_CAPTURE_TIMED       /* no line: the FIFO is emptied every poll_us; losses are bounded by time */
} nf_capture_trigger;

#define NF_CAPTURE_MAX_WORDS 4

/* A FIFO of words that begin with a tag. A sample is one word of each kind, in any order. */
typedef struct nf_capture_tags {
    uint8_t word_bytes;                  /* the tag and its values; 0: there are no tags, a sample is its values */
    uint8_t kind_mask;                   /* bits of a tag that say what the word holds */
    uint8_t turn_mask;                   /* bits that are the same in all words of a sample */
    uint8_t kinds[NF_CAPTURE_MAX_WORDS]; /* in the order in which their values stand in a sample */
} nf_capture_tags;

/* How the sensor is read. */
typedef struct nf_capture_settings {
    nf_capture_trigger trigger;
    uint8_t sample_bytes;   /* bytes a sample takes on the bus: 16-bit values, and tags */
    bool is_little_endian;  /* byte order of these words and of the FIFO's count */
    uint8_t data_register;  /* first register of a burst */
    uint16_t fifo_bytes;    /* capacity of the FIFO; 0: data registers are read, one sample per burst */
    uint8_t count_register; /* with a FIFO: 16-bit number of bytes in it, */
    uint16_t count_mask;    /* or these bits of it; 0: all */
    uint8_t count_unit;     /* bytes that one of the count stands for; 0: one */
    uint8_t flush_register; /* with a FIFO: writing flush_value here empties it and lets it run on, */
    uint8_t flush_value;
    uint8_t run_value; /* or writing this value there after it does; 0: nothing is written */
    nf_capture_tags tags;
    uint16_t burst_samples;      /* samples a burst brings: 1 without a FIFO; TIMED: at most */
    uint16_t hop_samples;        /* samples between two wakes of the consumer; TIMED: it is woken after each poll */
    uint32_t poll_us;            /* TIMED: from one alarm to the next, less than the FIFO takes to fill; else 0 */
    uint32_t shortest_period_us; /* sample period by the fastest and the slowest sensor clock allowed for */
    uint32_t longest_period_us;
} nf_capture_settings;

/* 16-bit values of a sample. */
static inline uint32_t nf_capture_values(const nf_capture_settings *settings)
{
    const uint32_t word_bytes = settings->tags.word_bytes;
    return word_bytes == 0 ? settings->sample_bytes / 2u : settings->sample_bytes / word_bytes * (word_bytes / 2u);
}

/* TIMED: halves of polls without a sign of life after which the consumer is woken all the same. */
#define NF_CAPTURE_SILENT_HALF_POLLS 5u

/* Why samples were lost: a set of bits. */
#define NF_CAPTURE_LOST_RING_FULL 1u     /* the consumer came too late */
#define NF_CAPTURE_LOST_BUSY 2u          /* the next sample came while the bus was still busy with the one before */
#define NF_CAPTURE_LOST_BUS_ERROR 4u     /* a transfer failed */
#define NF_CAPTURE_LOST_FIFO_OVERFLOW 8u /* the FIFO ran over, or was about to */
#define NF_CAPTURE_LOST_LATE 16u         /* an interrupt was served so late that others may have gone unseen */
#define NF_CAPTURE_LOST_STOPPED 32u      /* still in the FIFO at the stop */
#define NF_CAPTURE_LOST_MISALIGNED 64u   /* the FIFO held no whole number of samples */

/* What waits of one burst. A gap lies before its first sample. */
typedef struct nf_capture_chunk {
    const uint8_t *bytes; /* the samples, where the bus wrote them; they lie still until they are released */
    uint64_t first; /* number of the first sample; counts every sample since the start, lost ones too (lost_least) */
    uint64_t
        time_us; /* when sample `time_sample` was the newest, by the port's clock: at the edge, or at the FIFO count */
    uint64_t time_sample;
    uint32_t samples;
    uint32_t lost_least; /* samples lost before the first, at least */
    uint32_t lost_most;  /* and at most; equal when known exactly */
    uint32_t lost_reasons;
} nf_capture_chunk;

/* Sums since the start. */
typedef struct nf_capture_totals {
    uint64_t delivered;  /* samples read by the consumer */
    uint64_t lost_least; /* losses reported to it in chunks */
    uint64_t lost_most;
    uint32_t bursts;     /* bursts that brought samples */
    uint32_t overruns;   /* times the ring was found full */
    uint32_t flushes;    /* times the FIFO was emptied because of an overflow, a misalignment or a failed burst */
    uint32_t bus_errors; /* transfers that failed */
    uint32_t wakes;      /* times the consumer was woken */
    uint32_t retries;    /* refused transfers that were begun again */
} nf_capture_totals;

struct nf_capture_port;
struct nf_capture_slot;

/* Losses not yet handed on. */
typedef struct nf_capture_gap {
    uint32_t least, most, reasons;
} nf_capture_gap;

/* What only the producer reads and writes while the capture runs. Numbers of samples count from the start, lost ones too. */
typedef struct nf_capture_producer {
    uint64_t next;      /* number of the next sample to bring */
    uint64_t made_low;  /* samples the sensor has made: at least, */
    uint64_t made_high; /* at most */
    uint64_t made_seen; /* made for certain, by a FIFO count since the losses began */
    uint64_t made_low_at_count;
    uint64_t edge_us;        /* last edge of the line; 0: none yet */
    uint64_t count_begun_us; /* the FIFO count in flight */
    uint64_t stamp_us;       /* the interrupt that led to it */
    uint64_t latch_begun_us; /* the last count that told how many samples were made */
    uint64_t latch_done_us;
    uint64_t alarm_us;   /* TIMED: the alarm that is set */
    nf_capture_gap gap;  /* losses before the next burst */
    uint32_t suspicions; /* reasons for losses that a FIFO count has yet to tell; 0: none */
    uint32_t edges;      /* since the count began, at most */
    uint32_t counted;    /* bytes that the count found, less those brought since */
    uint32_t owed;       /* samples that it found and that are still to be brought */
    uint32_t attempts;   /* counts in a row that told nothing */
    uint32_t gathered;   /* samples since the last wake */
    uint8_t state;       /* what the bus is doing */
    uint8_t flush_due;   /* the FIFO must be emptied before it is read on */
    uint8_t is_due;      /* watermark, timed: samples wait in the FIFO */
    uint8_t is_fresh;    /* an edge came since the last count */
    uint8_t tries;       /* times the transfer in flight was refused */
    uint8_t is_silent;   /* TIMED: the consumer was woken because nothing came */
    uint8_t was_full;    /* the ring was found full and nothing was brought since */
    uint8_t has_begun;   /* the FIFO was emptied at the start, or the bus failed: from here on samples count */
} nf_capture_producer;

/* A capture. Callers use the functions. */
typedef struct nf_capture {
    nf_capture_settings settings;
    const struct nf_capture_port *port;
    struct nf_capture_slot *slots;
    uint8_t *data;
    uint32_t slot_count; /* a power of two */
    uint32_t slot_bytes; /* distance between two bursts in `data` */

    /* Words that producer and consumer share. Each has one writer. */
    uint32_t written;  /* the producer's: slots filled since the start */
    uint32_t released; /* the consumer's: slots given back since the start */
    uint32_t stalled;  /* the producer's: 1 while it waits for nf_capture_resume */

    /* The producer's, to be read by the consumer. */
    uint32_t bursts, overruns, flushes, bus_errors, wakes, retries;
    uint32_t failures; /* transfers that failed in a row */
    uint32_t heard_us; /* low 32 bits of the time of the newest sign of life: a burst, an overflow, the start */

    nf_capture_producer producer;

    /* The consumer's. */
    uint32_t taken; /* samples released of the oldest slot */
    uint32_t is_running;
    uint64_t delivered, lost_least, lost_most;
} nf_capture;

/* Takes over settings, port and memory (aligned to NF_CAPTURE_ALIGNMENT, reachable by DMA); all but the settings must outlive
 * the capture. The ring gets as many slots, a power of two, as the memory holds. */
nf_capture_status nf_capture_open(nf_capture *capture, const nf_capture_settings *settings,
                                  const struct nf_capture_port *port, void *memory, size_t bytes);

/* Forgets everything earlier and begins. Sample 0 is the first after the FIFO was emptied, or after the bus failed to; without a
 * FIFO, the first whose interrupt came. */
nf_capture_status nf_capture_start(nf_capture *capture);

/* Ends after the burst in flight. What the ring holds can still be read. Behind it, a chunk of no samples tells
 * of those that were made but will not come, so that every sample since the start is delivered or reported. */
nf_capture_status nf_capture_stop(nf_capture *capture);

/* Shows what waits of the oldest burst. Returns at once; an empty ring gives a chunk of no samples. A gap is shown once. After
 * a wake, read and release until nothing comes. Do not wait for a wake forever: a sensor that has fallen silent gives none, and
 * each read asks the producer to try a failed bus again. */
nf_capture_status nf_capture_read(nf_capture *capture, nf_capture_chunk *chunk);

/* Gives the first `samples` samples of the chunk that was read last back: they have been taken over. */
void nf_capture_release(nf_capture *capture, uint32_t samples);

/* Microseconds since the sensor last gave a sign of life, see heard_us. */
uint64_t nf_capture_silent_us(const nf_capture *capture);

/* Transfers that failed in a row: 0 on a healthy bus. */
uint32_t nf_capture_failures(const nf_capture *capture);

/* Refused transfers since the start that were begun again. */
uint32_t nf_capture_retries(const nf_capture *capture);

/* Sums since the start; those of the producer may be newer than the consumer's. */
void nf_capture_sum(const nf_capture *capture, nf_capture_totals *totals);

#ifdef __cplusplus
}
#endif

#endif
