/* The native code as a host library: handles instead of caller-owned structs, for P/Invoke. The only place with a heap. */
#ifndef NANOFORMER_PORTS_HOST_H
#define NANOFORMER_PORTS_HOST_H

#include "nanoformer/engine.h"
#include "nanoformer/path.h"

typedef struct nfh_engine nfh_engine;

/* Plain numbers of a model, in this order, as 32-bit integers. */
typedef struct nfh_info {
    uint32_t crc32, image_bytes, arena_bytes, rate_millihertz;
    uint32_t window_samples, hop_samples, channel_count, output_count, label_count;
    uint32_t operator_count, test_vector_count, gate_threshold_permille;
    uint32_t value_bytes, step_samples, step_arena_bytes, class_count;
    int32_t alarm_threshold;
    uint32_t postures, voters;
} nfh_info;

/* Copies the image, validates it, allocates its arena. `*engine` is null on error; ARENA_TOO_SMALL also when there is no memory. */
NF_API nf_status nfh_open(const void *image, size_t bytes, nfh_engine **engine);
NF_API void nfh_close(nfh_engine *engine);
NF_API nf_status nfh_get_info(const nfh_engine *engine, nfh_info *info);
NF_API const char *nfh_model_id(const nfh_engine *engine);
NF_API const char *nfh_label(const nfh_engine *engine, uint32_t index);
NF_API const char *nfh_channel_name(const nfh_engine *engine, uint32_t index);
NF_API const char *nfh_channel_unit(const nfh_engine *engine, uint32_t index);
NF_API nf_status nfh_channel_scale(const nfh_engine *engine, uint32_t index, int32_t *mantissa, int32_t *shift);
NF_API nf_status nfh_run(nfh_engine *engine, const void *window, size_t values, int8_t *output, size_t outputs);
NF_API nf_status nfh_begin(nfh_engine *engine, const void *window, size_t values);
NF_API nf_status nfh_continue(nfh_engine *engine, uint32_t slices, int8_t *output, size_t outputs, uint32_t *remaining);
NF_API nf_status nfh_stream(nfh_engine *engine);
NF_API nf_status nfh_step(nfh_engine *engine, const void *samples, size_t values, int8_t *output, size_t outputs,
                          uint32_t *steps);
NF_API nf_status nfh_self_test(nfh_engine *engine, uint32_t *failed_vector);

/* A capture and its path, driven by the caller in a time of its own: the port's clock is the `now_us` handed in last, and must
 * not go back. The caller is bus, line and timer: it asks what the producer waits for, carries that out, and says how it
 * ended. Statuses are those of capture.h. Not for several threads at once. */
typedef struct nfh_capture nfh_capture;

enum { NFH_TRANSFER_NONE, NFH_TRANSFER_READ, NFH_TRANSFER_WRITE };

/* A transfer that the producer asked for; of a write, `bytes` is 1. */
typedef struct nfh_transfer {
    int32_t kind, address, bytes, value;
} nfh_transfer;

/* `numbers` [NF_NUMBER_COUNT], `channels` [channel_count][3]: see path.h. MEMORY_TOO_SMALL also when there is no memory. */
NF_API nf_capture_status nfh_capture_open(const int32_t *numbers, const int32_t *channels, uint32_t channel_count,
                                          nfh_capture **capture);
NF_API void nfh_capture_close(nfh_capture *capture);
NF_API nf_capture_status nfh_capture_start(nfh_capture *capture, int64_t now_us);

/* A transfer that was asked for is dropped, as if the sensor had refused it. */
NF_API nf_capture_status nfh_capture_stop(nfh_capture *capture, int64_t now_us);

NF_API nf_capture_status nfh_capture_pending(const nfh_capture *capture, nfh_transfer *transfer);

/* `result` is an nf_capture_transfer; `data` holds what was read, and may be null unless a read is done. NOT_RUNNING when no
 * transfer was asked for. */
NF_API nf_capture_status nfh_capture_finish(nfh_capture *capture, int64_t now_us, int32_t result, const uint8_t *data);
NF_API nf_capture_status nfh_capture_edges(nfh_capture *capture, uint32_t edges, int64_t time_us);
NF_API nf_capture_status nfh_capture_alarm(nfh_capture *capture, int64_t now_us);

/* When nfh_capture_alarm is due; -1: no alarm is set. */
NF_API int64_t nfh_capture_next_alarm(const nfh_capture *capture);

/* nf_path_next: gives the event, and fills `facts` [NF_PATH_FACTS]; a status below 0 on a mistake. */
NF_API int32_t nfh_capture_next(nfh_capture *capture, int64_t now_us, int64_t *facts);

/* What the window holds, `values` int16; after a gap, until the next nfh_capture_next, what it held. */
NF_API const int16_t *nfh_capture_window(const nfh_capture *capture, uint32_t *values);
NF_API nf_capture_status nfh_capture_get_bias(const nfh_capture *capture, int32_t bias[NF_PATH_AXES]);
NF_API nf_capture_status nfh_capture_set_bias(nfh_capture *capture, const int32_t bias[NF_PATH_AXES]);

/* In the order of nf_capture_totals. */
NF_API nf_capture_status nfh_capture_totals(const nfh_capture *capture, int64_t totals[9]);

/* One line of log_line.h: `count` fields, the text where there is one, else the number. An empty key makes a bare word. `values`
 * may be null; else they make one more field, v. */
NF_API int32_t nfh_log_line(const char *const *keys, const int64_t *numbers, const char *const *texts, uint32_t count,
                            const int16_t *values, uint32_t value_count, uint8_t *line, uint32_t room);

#endif
