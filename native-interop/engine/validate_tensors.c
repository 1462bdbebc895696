/* Tensor records, the input, the output, and the test vectors whose size depends on them. */
#include "image.h"

uint32_t nf_test_vector_bytes(const nf_model *model)
{
    const nf_tensor *input = &nf_tensors(model)[nf_header_of(model)->input_tensor];
    const nf_tensor *output = &nf_tensors(model)[nf_header_of(model)->output_tensor];
    return nf_round_up(input->bytes + output->bytes);
}

static bool shape_fits(const nf_tensor *t)
{
    /* 65,535 rows of 32,768 int32 do not fit 32 bits: count in 64. */
    const uint64_t bytes = (uint64_t)t->rows * t->columns * t->element_bytes;
    return t->rows >= 1 && t->columns >= 1 && t->columns <= NF_MAX_INPUTS && bytes == t->bytes;
}

static bool values_fit(const nf_tensor *t)
{
    if (t->zero_point < -128 || t->zero_point > 127 || (t->element_bytes != NF_INT8 && t->zero_point != 0)) {
        return false;
    }
    return t->scale_mantissa >= 0 && t->scale_shift >= -62 && t->scale_shift <= 31;
}

static bool place_fits(const nf_model *model, const nf_tensor *t, bool is_input)
{
    switch (t->place) {
    case NF_PLACE_WINDOW:
        return is_input && t->offset == 0 && t->element_bytes == NF_INT16 && t->rows == model->window_samples &&
               t->columns == model->channel_count;
    case NF_PLACE_ARENA:
        return !is_input && t->element_bytes == NF_INT8 && nf_in_range(t->offset, t->bytes, 0, model->arena_bytes);
    case NF_PLACE_IMAGE:
        return !is_input && (t->element_bytes == NF_INT8 || t->element_bytes == NF_INT32) &&
               nf_in_range(t->offset, t->bytes, NF_HEADER_BYTES, model->image_bytes);
    default:
        return false;
    }
}

static bool tensor_fits(const nf_model *model, uint32_t index)
{
    const nf_tensor *t = &nf_tensors(model)[index];

    for (uint32_t i = 0; i < sizeof t->reserved; i++) {
        if (t->reserved[i] != 0) {
            return false;
        }
    }
    return shape_fits(t) && values_fit(t) && place_fits(model, t, index == nf_header_of(model)->input_tensor);
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
    if (output->place != NF_PLACE_ARENA || output->rows != 1) {
        return NF_ERROR_BAD_TENSOR;
    }
    if (header->label_count != 0 && header->label_count != output->columns) {
        return NF_ERROR_BAD_HEADER;
    }
    if (header->test_vector_count == 0) {
        return NF_OK;
    }
    const uint32_t bytes = header->test_vector_count * nf_test_vector_bytes(model);
    return nf_in_range(header->test_vectors_offset, bytes, NF_HEADER_BYTES, header->image_bytes) ? NF_OK
                                                                                                 : NF_ERROR_BAD_HEADER;
}
