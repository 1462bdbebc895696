/* Proves the arena plan: no operator reads what was not written, none overwrites what is still needed. */
#include "image.h"

#define NEVER 0xFFFFFFFFu

static bool reads(const nf_operator *op, uint32_t tensor)
{
    return op->input == tensor || op->input_2 == tensor;
}

/* The operator that writes a tensor; NEVER when none does. */
static uint32_t writer_of(const nf_model *model, uint32_t tensor)
{
    for (uint32_t i = 0; i < model->operator_count; i++) {
        if (nf_operators(model)[i].output == tensor) {
            return i;
        }
    }
    return NEVER;
}

/* The last operator that needs a tensor's bytes; the output is needed after all of them. */
static uint32_t last_reader_of(const nf_model *model, uint32_t tensor)
{
    if (nf_header_of(model)->output_tensor == tensor) {
        return model->operator_count;
    }
    for (uint32_t i = model->operator_count; i > 0; i--) {
        if (reads(&nf_operators(model)[i - 1], tensor)) {
            return i - 1;
        }
    }
    return 0;
}

static bool written_once_before_read(const nf_model *model, uint32_t tensor)
{
    const uint32_t writer = writer_of(model, tensor);

    for (uint32_t i = 0; i < model->operator_count; i++) {
        const nf_operator *op = &nf_operators(model)[i];
        if ((op->output == tensor && i != writer) || (reads(op, tensor) && i <= writer)) {
            return false;
        }
    }
    return writer != NEVER;
}

/* An add reads each pair of elements before it writes their sum to the same place. */
static bool may_share(const nf_operator *op, uint32_t index, const nf_tensor *live, uint32_t tensor, uint32_t last,
                      const nf_tensor *output)
{
    return op->kind == NF_ADD && reads(op, tensor) && last == index && live->offset == output->offset;
}

/* Whether running operator `index` keeps a tensor that is alive across it. */
static bool keeps(const nf_model *model, uint32_t index, uint32_t tensor)
{
    const nf_operator *op = &nf_operators(model)[index];
    const nf_tensor *live = &nf_tensors(model)[tensor];
    const nf_tensor *output = &nf_tensors(model)[op->output];
    const uint32_t last = last_reader_of(model, tensor);

    if (nf_overlap(op->scratch_offset, op->scratch_bytes, live->offset, live->bytes)) {
        return false;
    }
    return !nf_overlap(output->offset, output->bytes, live->offset, live->bytes) ||
           may_share(op, index, live, tensor, last, output);
}

static bool tensor_is_safe(const nf_model *model, uint32_t tensor)
{
    if (!written_once_before_read(model, tensor)) {
        return false;
    }
    const uint32_t last = last_reader_of(model, tensor);
    for (uint32_t i = writer_of(model, tensor) + 1; i < model->operator_count && i <= last; i++) {
        if (!keeps(model, i, tensor)) {
            return false;
        }
    }
    return true;
}

static bool scratch_is_apart(const nf_model *model, const nf_operator *op)
{
    const nf_tensor *output = &nf_tensors(model)[op->output];
    return !nf_overlap(op->scratch_offset, op->scratch_bytes, output->offset, output->bytes);
}

nf_status nf_validate_plan(const nf_model *model)
{
    for (uint32_t i = 0; i < model->tensor_count; i++) {
        if (nf_tensors(model)[i].place == NF_PLACE_ARENA && !tensor_is_safe(model, i)) {
            return NF_ERROR_BAD_PLAN;
        }
    }
    for (uint32_t i = 0; i < model->operator_count; i++) {
        if (!scratch_is_apart(model, &nf_operators(model)[i])) {
            return NF_ERROR_BAD_PLAN;
        }
    }
    return NF_OK;
}
