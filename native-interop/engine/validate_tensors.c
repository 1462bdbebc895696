/* Tensor records, the input, the output, and the test vectors whose size depends on them. */
#include "image.h"

uint32_t nf_test_vector_bytes(const nf_model *model)
{
    const nf_tensor *input = &nf_tensors(model)[nf_header_of(model)->input_tensor];
    const nf_tensor *output = &nf_tensors(model)[nf_header_of(model)->output_tensor];
    return nf_round_up(input->bytes + output->bytes);
}

uint32_t nf_staging_bytes(const nf_model *model)
{
    return nf_round_up((uint32_t)model->step_samples * model->channel_count * model->value_bytes);
}

static bool shape_fits(const nf_tensor *t)
{
    /* 65,535 rows of 32,768 int32 do not fit 32 bits: count in 64. */
    const uint64_t bytes = (uint64_t)t->rows * t->columns * t->element_bytes;
    if (t->place == NF_PLACE_STATE) {
        return t->rows == 1 && t->columns >= 1 && bytes == t->bytes;
    }
    return t->rows >= 1 && t->columns >= 1 && t->columns <= NF_MAX_INPUTS && bytes == t->bytes;
}

static bool values_fit(const nf_tensor *t)
{
    if (t->zero_point < -128 || t->zero_point > 127 || (t->element_bytes != NF_INT8 && t->zero_point != 0)) {
        return false;
    }
    return t->scale_mantissa >= 0 && t->scale_shift >= -62 && t->scale_shift <= 31;
}

/* That arena tensors and states lie in the arena of their program is part of the plan. */
static bool place_fits(const nf_model *model, const nf_tensor *t)
{
    switch (t->place) {
    case NF_PLACE_ARENA:
        return t->element_bytes == NF_INT8;
    case NF_PLACE_IMAGE:
        return (t->element_bytes == NF_INT8 || t->element_bytes == NF_INT32) &&
               nf_in_range(t->offset, t->bytes, NF_HEADER_BYTES, model->image_bytes);
    case NF_PLACE_STATE:
        return t->element_bytes == NF_INT8 || t->element_bytes == NF_INT32;
    default:
        return false;
    }
}

static bool input_fits(const nf_model *model, const nf_tensor *t, uint32_t samples)
{
    return t->place == NF_PLACE_WINDOW && t->offset == 0 && t->element_bytes == model->value_bytes &&
           (model->value_bytes == NF_INT8 || model->value_bytes == NF_INT16) && t->rows == samples &&
           t->columns == model->channel_count;
}

static bool tensor_fits(const nf_model *model, uint32_t index)
{
    const nf_header *header = nf_header_of(model);
    const nf_tensor *t = &nf_tensors(model)[index];

    for (uint32_t i = 0; i < sizeof t->reserved; i++) {
        if (t->reserved[i] != 0) {
            return false;
        }
    }
    if (!shape_fits(t) || !values_fit(t)) {
        return false;
    }
    if (index == header->input_tensor) {
        return input_fits(model, t, header->window_samples);
    }
    if (header->step_operator_count != 0 && index == header->step_input_tensor) {
        return input_fits(model, t, header->step_samples);
    }
    return place_fits(model, t);
}

static bool output_fits(const nf_tensor *t, uint32_t columns)
{
    return t->place == NF_PLACE_ARENA && t->rows == 1 && t->columns == columns;
}

nf_status nf_validate_tensors(const nf_model *model)
{
    const nf_header *header = nf_header_of(model);

    for (uint32_t i = 0; i < model->tensor_count; i++) {
        if (!tensor_fits(model, i)) {
            return NF_ERROR_BAD_TENSOR;
        }
    }

    const nf_tensor *output = &nf_tensors(model)[header->output_tensor];
    if (!output_fits(output, output->columns) ||
        (header->step_operator_count != 0 &&
         !output_fits(&nf_tensors(model)[header->step_output_tensor], output->columns))) {
        return NF_ERROR_BAD_TENSOR;
    }
    if ((header->label_count != 0 && header->label_count != output->columns) || header->class_count > output->columns) {
        return NF_ERROR_BAD_HEADER;
    }
    if (header->test_vector_count == 0) {
        return NF_OK;
    }
    const uint32_t bytes = header->test_vector_count * nf_test_vector_bytes(model);
    return nf_in_range(header->test_vectors_offset, bytes, NF_HEADER_BYTES, header->image_bytes) ? NF_OK
                                                                                                 : NF_ERROR_BAD_HEADER;
}
