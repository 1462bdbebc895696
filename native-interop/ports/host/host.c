#include "host.h"

#include <stdlib.h>
#include <string.h>

#include "nanoformer/log_line.h"

/* The engine itself never allocates, so it has no status for a heap that is full. */
#define NO_MEMORY NF_ERROR_ARENA_TOO_SMALL

struct nfh_engine {
    uint8_t *image;
    uint8_t *arena;
    nf_model model;
    nf_session session;
};

/* At least one byte, so that null always means that there is no memory. */
static void *allocate(size_t bytes)
{
    return malloc(bytes > 0 ? bytes : 1);
}

static nf_status open_copy(nfh_engine *engine, const void *image, size_t bytes)
{
    engine->image = allocate(bytes);
    if (engine->image == NULL) {
        return NO_MEMORY;
    }
    if (bytes > 0) {
        memcpy(engine->image, image, bytes);
    }
    const nf_status status = nf_model_open(&engine->model, nf_kernels_built[0], engine->image, bytes);
    if (status != NF_OK) {
        return status;
    }
    const nf_model *model = &engine->model;
    const size_t bytes_needed =
        model->arena_bytes > model->step_arena_bytes ? model->arena_bytes : model->step_arena_bytes;
    engine->arena = allocate(bytes_needed);
    if (engine->arena == NULL) {
        return NO_MEMORY;
    }
    return nf_session_open(&engine->session, &engine->model, engine->arena, bytes_needed);
}

nf_status nfh_open(const void *image, size_t bytes, nfh_engine **engine)
{
    if (engine == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    *engine = NULL;
    if (image == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    nfh_engine *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return NO_MEMORY;
    }
    const nf_status status = open_copy(opened, image, bytes);
    if (status != NF_OK) {
        nfh_close(opened);
        return status;
    }
    *engine = opened;
    return NF_OK;
}

void nfh_close(nfh_engine *engine)
{
    if (engine == NULL) {
        return;
    }
    free(engine->arena);
    free(engine->image);
    free(engine);
}

nf_status nfh_get_info(const nfh_engine *engine, nfh_info *info)
{
    if (engine == NULL || info == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    const nf_model *model = &engine->model;
    *info = (nfh_info){
        .crc32 = model->crc32,
        .image_bytes = model->image_bytes,
        .arena_bytes = model->arena_bytes,
        .rate_millihertz = model->rate_millihertz,
        .window_samples = model->window_samples,
        .hop_samples = model->hop_samples,
        .channel_count = model->channel_count,
        .output_count = model->output_count,
        .label_count = model->label_count,
        .operator_count = model->operator_count,
        .test_vector_count = model->test_vector_count,
        .gate_threshold_permille = model->gate_threshold_permille,
        .value_bytes = model->value_bytes,
        .step_samples = model->step_samples,
        .step_arena_bytes = model->step_arena_bytes,
        .class_count = model->class_count,
        .alarm_threshold = model->alarm_threshold,
        .postures = model->postures,
        .voters = model->voters,
    };
    return NF_OK;
}

const char *nfh_model_id(const nfh_engine *engine)
{
    return engine == NULL ? NULL : nf_model_id(&engine->model);
}

const char *nfh_label(const nfh_engine *engine, uint32_t index)
{
    return engine == NULL ? NULL : nf_model_label(&engine->model, index);
}

const char *nfh_channel_name(const nfh_engine *engine, uint32_t index)
{
    return engine == NULL ? NULL : nf_model_channel_name(&engine->model, index);
}

const char *nfh_channel_unit(const nfh_engine *engine, uint32_t index)
{
    return engine == NULL ? NULL : nf_model_channel_unit(&engine->model, index);
}

nf_status nfh_channel_scale(const nfh_engine *engine, uint32_t index, int32_t *mantissa, int32_t *shift)
{
    return engine == NULL ? NF_ERROR_NULL_ARGUMENT : nf_model_channel_scale(&engine->model, index, mantissa, shift);
}

nf_status nfh_run(nfh_engine *engine, const void *window, size_t values, int8_t *output, size_t outputs)
{
    return engine == NULL ? NF_ERROR_NULL_ARGUMENT : nf_session_run(&engine->session, window, values, output, outputs);
}

nf_status nfh_begin(nfh_engine *engine, const void *window, size_t values)
{
    return engine == NULL ? NF_ERROR_NULL_ARGUMENT : nf_session_begin(&engine->session, window, values);
}

nf_status nfh_continue(nfh_engine *engine, uint32_t slices, int8_t *output, size_t outputs, uint32_t *remaining)
{
    return engine == NULL ? NF_ERROR_NULL_ARGUMENT
                          : nf_session_continue(&engine->session, slices, output, outputs, remaining);
}

nf_status nfh_stream(nfh_engine *engine)
{
    return engine == NULL ? NF_ERROR_NULL_ARGUMENT : nf_session_stream(&engine->session);
}

nf_status nfh_step(nfh_engine *engine, const void *samples, size_t values, int8_t *output, size_t outputs,
                   uint32_t *steps)
{
    return engine == NULL ? NF_ERROR_NULL_ARGUMENT
                          : nf_session_step(&engine->session, samples, values, output, outputs, steps);
}

nf_status nfh_self_test(nfh_engine *engine, uint32_t *failed_vector)
{
    return engine == NULL ? NF_ERROR_NULL_ARGUMENT : nf_session_self_test(&engine->session, failed_vector);
}

int32_t nfh_log_line(const char *const *keys, const int64_t *numbers, const char *const *texts, uint32_t count,
                     const int16_t *values, uint32_t value_count, uint8_t *bytes, uint32_t room)
{
    nf_log_line line;

    nf_log_line_begin(&line, bytes, room);
    for (uint32_t i = 0; i < count; i++) {
        if (texts[i] != NULL) {
            nf_log_line_text(&line, keys[i], texts[i]);
        } else {
            nf_log_line_number(&line, keys[i], numbers[i]);
        }
    }
    if (values != NULL) {
        nf_log_line_values(&line, "v", values, value_count);
    }
    return nf_log_line_end(&line);
}
