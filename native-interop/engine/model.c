/* Opening an image: the checks that need no tensor, then the rest of the walk. */
#include "image.h"

#define CHECKSUM_START 16u /* the checksum covers everything after itself */
#define FORMAT_VERSION 2u

static bool same_bytes(const uint8_t *a, const char *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (a[i] != (uint8_t)b[i]) {
            return false;
        }
    }
    return true;
}

size_t nf_image_bytes(const void *image, size_t room)
{
    const nf_header *header = image;

    if (image == NULL || (uintptr_t)image % 4u != 0 || room < NF_HEADER_BYTES ||
        !same_bytes(header->magic, "NFM1", 4)) {
        return 0;
    }
    return header->image_bytes <= room ? header->image_bytes : 0;
}

/* Up to here nothing in the image is trusted, the size least of all. */
static nf_status check_envelope(const uint8_t *image, size_t bytes)
{
    const nf_header *header = (const nf_header *)(const void *)image;

    if (image == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    if ((uintptr_t)image % 4u != 0) {
        return NF_ERROR_MISALIGNED;
    }
    if (bytes < NF_HEADER_BYTES) {
        return NF_ERROR_TRUNCATED;
    }
    if (!same_bytes(header->magic, "NFM1", 4)) {
        return NF_ERROR_BAD_MAGIC;
    }
    if (header->version != FORMAT_VERSION) {
        return NF_ERROR_UNSUPPORTED_VERSION;
    }
    if (header->image_bytes % NF_ALIGNMENT != 0 || header->image_bytes < NF_HEADER_BYTES ||
        header->image_bytes > (16u << 20)) {
        return NF_ERROR_BAD_HEADER;
    }
    if (header->image_bytes > bytes) {
        return NF_ERROR_TRUNCATED;
    }
    if (header->image_bytes < bytes) {
        return NF_ERROR_OVERSIZED;
    }
    if (nf_crc32(image + CHECKSUM_START, header->image_bytes - CHECKSUM_START) != header->crc32) {
        return NF_ERROR_BAD_CHECKSUM;
    }
    return NF_OK;
}

/* Byte by byte, because a zeroed struct would be a call of memset. */
static void clear(nf_model *model)
{
    for (uint8_t *byte = (uint8_t *)model, *end = byte + sizeof *model; byte < end; byte++) {
        *byte = 0;
    }
}

static void view(nf_model *model, const nf_kernels *kernels, const uint8_t *image)
{
    const nf_header *header = (const nf_header *)(const void *)image;
    const bool streams = kernels->step_kinds != NULL;

    model->kernels = kernels;
    model->image = image;
    model->image_bytes = header->image_bytes;
    model->crc32 = header->crc32;
    model->arena_bytes = header->arena_bytes;
    model->step_arena_bytes = streams ? header->step_arena_bytes : 0;
    model->rate_millihertz = header->rate_millihertz;
    model->window_samples = header->window_samples;
    model->hop_samples = header->hop_samples;
    model->step_samples = streams ? header->step_samples : 0;
    model->channel_count = header->channel_count;
    model->class_count = header->class_count;
    model->alarm_threshold = header->alarm_threshold;
    model->postures = header->postures;
    model->voters = header->voters;
    model->label_count = header->label_count;
    model->tensor_count = header->tensor_count;
    model->operator_count = header->operator_count;
    model->test_vector_count = header->test_vector_count;
    model->gate_threshold_permille = header->gate_threshold_permille;
}

static nf_status validate_programs(const nf_model *model)
{
    const nf_program window = nf_window_program(model), step = nf_step_program(model);

    nf_status status = nf_validate_operators(model, &window);
    if (status == NF_OK) {
        status = nf_validate_operators(model, &step);
    }
    return status;
}

static nf_status validate(nf_model *model)
{
    nf_status status = nf_validate_header(model);
    if (status == NF_OK) {
        model->value_bytes = nf_tensors(model)[nf_header_of(model)->input_tensor].element_bytes;
        status = nf_validate_tensors(model);
    }
    if (status == NF_OK) {
        status = validate_programs(model);
    }
    if (status == NF_OK) {
        status = nf_validate_plan(model);
    }
    if (status == NF_OK) {
        status = nf_validate_packed(model);
    }
    return status;
}

nf_status nf_model_open(nf_model *model, const nf_kernels *kernels, const void *image, size_t bytes)
{
    if (model == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    clear(model);
    if (kernels == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }

    nf_status status = check_envelope(image, bytes);
    if (status != NF_OK) {
        return status;
    }

    view(model, kernels, image);
    status = validate(model);
    if (status != NF_OK) {
        clear(model);
        return status;
    }

    model->output_count = nf_tensors(model)[nf_header_of(model)->output_tensor].columns;
    return NF_OK;
}

static bool is_open(const nf_model *model)
{
    return model != NULL && model->image != NULL;
}

const char *nf_model_id(const nf_model *model)
{
    return is_open(model) ? nf_header_of(model)->model_id : NULL;
}

const char *nf_model_label(const nf_model *model, uint32_t index)
{
    return is_open(model) && index < model->label_count ? nf_labels(model)[index].name : NULL;
}

const char *nf_model_channel_name(const nf_model *model, uint32_t index)
{
    return is_open(model) && index < model->channel_count ? nf_channels(model)[index].name : NULL;
}

const char *nf_model_channel_unit(const nf_model *model, uint32_t index)
{
    return is_open(model) && index < model->channel_count ? nf_channels(model)[index].unit : NULL;
}

nf_status nf_model_channel_scale(const nf_model *model, uint32_t index, int32_t *mantissa, int32_t *shift)
{
    if (!is_open(model) || mantissa == NULL || shift == NULL) {
        return NF_ERROR_NULL_ARGUMENT;
    }
    if (index >= model->channel_count) {
        return NF_ERROR_WRONG_SHAPE;
    }
    *mantissa = nf_channels(model)[index].scale_mantissa;
    *shift = nf_channels(model)[index].scale_shift;
    return NF_OK;
}
