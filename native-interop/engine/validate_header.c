/* The header, channels and labels: MODEL-IMAGE.md, the first three sections. */
#include "image.h"

#define MAX_ARENA (1u << 20)
#define MAX_OPERATORS 128
#define MAX_VOTERS 9

/* Printable ASCII, then zeros to the end, at least one. */
static bool is_text(const char *text, uint32_t size, bool may_be_empty, bool may_hold_spaces)
{
    uint32_t length = 0;
    while (length < size && text[length] != 0) {
        const char c = text[length];
        if (c > 0x7E || c < (may_hold_spaces ? 0x20 : 0x21)) {
            return false;
        }
        length++;
    }
    if (length == size || (length == 0 && !may_be_empty)) {
        return false;
    }
    for (uint32_t i = length; i < size; i++) {
        if (text[i] != 0) {
            return false;
        }
    }
    return true;
}

static bool all_zero(const uint8_t *bytes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

static bool counts_fit(const nf_header *h)
{
    return h->channel_count >= 1 && h->channel_count <= 64 && h->label_count <= 256 && h->tensor_count >= 2 &&
           h->tensor_count <= 256 && h->operator_count >= 1 && h->operator_count <= MAX_OPERATORS &&
           h->test_vector_count <= 64 && h->window_samples >= 1 && h->window_samples <= 8192 && h->hop_samples >= 1 &&
           h->hop_samples <= h->window_samples && h->input_tensor < h->tensor_count &&
           h->output_tensor < h->tensor_count && h->rate_millihertz >= 1 && h->rate_millihertz <= 100000000u;
}

static bool thresholds_fit(const nf_header *h)
{
    return h->gate_threshold_permille <= 1000 &&
           (h->alarm_threshold == NF_NO_ALARM || (h->alarm_threshold >= -128 && h->alarm_threshold <= 127));
}

/* A bit for each of the first 32 classes, at most. */
static bool postures_fit(const nf_header *h)
{
    return h->class_count >= 32 || h->postures >> h->class_count == 0;
}

/* Without a step program all its fields are 0. What depends on tensors is checked with them. */
static bool step_fits(const nf_header *h)
{
    if (h->step_operator_count == 0) {
        return h->step_operators_offset == 0 && h->step_samples == 0 && h->step_input_tensor == 0 &&
               h->step_output_tensor == 0 && h->step_arena_bytes == 0 && h->staging_offset == 0;
    }
    return h->step_operator_count <= MAX_OPERATORS && h->step_samples >= 1 && h->step_samples <= h->window_samples &&
           h->step_input_tensor < h->tensor_count && h->step_output_tensor < h->tensor_count &&
           h->step_arena_bytes % NF_ALIGNMENT == 0 && h->step_arena_bytes <= MAX_ARENA &&
           nf_in_range(h->step_operators_offset, h->step_operator_count * (uint32_t)sizeof(nf_operator),
                       NF_HEADER_BYTES, h->image_bytes);
}

static bool sections_fit(const nf_header *h)
{
    return nf_in_range(h->channels_offset, h->channel_count * (uint32_t)sizeof(nf_channel), NF_HEADER_BYTES,
                       h->image_bytes) &&
           nf_in_range(h->labels_offset, h->label_count * (uint32_t)sizeof(nf_label), NF_HEADER_BYTES,
                       h->image_bytes) &&
           nf_in_range(h->tensors_offset, h->tensor_count * (uint32_t)sizeof(nf_tensor), NF_HEADER_BYTES,
                       h->image_bytes) &&
           nf_in_range(h->operators_offset, h->operator_count * (uint32_t)sizeof(nf_operator), NF_HEADER_BYTES,
                       h->image_bytes);
}

static bool channels_fit(const nf_model *model)
{
    for (uint32_t i = 0; i < model->channel_count; i++) {
        const nf_channel *channel = &nf_channels(model)[i];
        if (!is_text(channel->name, sizeof channel->name, false, true) ||
            !is_text(channel->unit, sizeof channel->unit, true, true) || channel->scale_mantissa < 1 ||
            channel->scale_shift < -62 || channel->scale_shift > 31) {
            return false;
        }
    }
    return true;
}

static bool labels_fit(const nf_model *model)
{
    for (uint32_t i = 0; i < model->label_count; i++) {
        if (!is_text(nf_labels(model)[i].name, sizeof(nf_label), false, true)) {
            return false;
        }
    }
    return true;
}

/* A model id names files: it has no slash and does not begin with a dot. */
static bool is_file_name(const char *id)
{
    if (id[0] == '.') {
        return false;
    }
    for (; *id != '\0'; id++) {
        if (*id == '/' || *id == '\\') {
            return false;
        }
    }
    return true;
}

nf_status nf_validate_header(const nf_model *model)
{
    const nf_header *header = nf_header_of(model);

    if (header->header_bytes != NF_HEADER_BYTES || !all_zero(header->reserved, sizeof header->reserved) ||
        !is_text(header->model_id, sizeof header->model_id, false, false) || !is_file_name(header->model_id)) {
        return NF_ERROR_BAD_HEADER;
    }
    if (header->arena_bytes % NF_ALIGNMENT != 0 || header->arena_bytes > MAX_ARENA || !counts_fit(header) ||
        !thresholds_fit(header) || !postures_fit(header) || header->voters > MAX_VOTERS || !step_fits(header) ||
        !sections_fit(header)) {
        return NF_ERROR_BAD_HEADER;
    }
    if (header->test_vector_count == 0 && header->test_vectors_offset != 0) {
        return NF_ERROR_BAD_HEADER;
    }
    return channels_fit(model) && labels_fit(model) ? NF_OK : NF_ERROR_BAD_HEADER;
}
