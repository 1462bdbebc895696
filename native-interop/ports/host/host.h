/* The engine as a host library: handles instead of caller-owned structs, for P/Invoke. The only place with a heap. */
#ifndef NANOFORMER_PORTS_HOST_H
#define NANOFORMER_PORTS_HOST_H

#include "nanoformer/engine.h"

typedef struct nfh_engine nfh_engine;

/* Plain numbers of a model, in this order, as 32-bit integers. */
typedef struct nfh_info {
    uint32_t crc32, image_bytes, arena_bytes, rate_millihertz;
    uint32_t window_samples, hop_samples, channel_count, output_count, label_count;
    uint32_t operator_count, test_vector_count, gate_threshold_permille;
    uint32_t value_bytes, step_samples, step_arena_bytes, class_count;
    int32_t alarm_threshold;
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

#endif
