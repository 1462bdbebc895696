/* An operator record by itself: which fields its kind uses, and the range of every parameter (kind.h). */
#include "kind.h"

static bool in(int32_t value, int32_t low, int32_t high)
{
    return value >= low && value <= high;
}

static bool parameter_fits(char format, const int32_t *parameter)
{
    const int32_t value = *parameter;

    switch (format) {
    case 'n': /* NF_COUNT */
        return in(value, 1, NF_MAX_INPUTS);
    case 'o': /* NF_OFFSET */
        return in(value, 0, NF_MAX_INPUTS);
    case 'z': /* NF_ZERO_POINT */
    case 'l': /* NF_CLAMP_LOW */
        return in(value, -128, 127);
    case 'h': /* NF_CLAMP_HIGH */
        return in(value, parameter[-1], 127);
    case 'm': /* NF_MULTIPLIER */
        return value >= 0;
    case 's': /* NF_SHIFT */
        return in(value, -31, 30);
    case 'u': /* NF_SHIFT_DOWN */
        return in(value, -31, 1);
    case 'r': /* NF_REACH */
        return in(value, 0, NF_MAX_ROW);
    case 'b': /* NF_CHOICE */
        return in(value, 0, 1);
    case 'd': /* NF_DECAY */
        return in(value, 0, 12);
    case 'p': /* NF_POWER */
        return in(value, 1, 2);
    case 'f': /* NF_BITS */
        return in(value, 0, 40);
    case 'e': /* NF_EPSILON */
        return value != 0;
    default:
        return false; /* a range that is not here */
    }
}

static bool parameters_fit(const nf_kind *kind, const nf_operator *op)
{
    const char *format = kind->parameters;
    uint32_t i = 0;

    for (; format[i] != 0; i++) {
        if (!parameter_fits(format[i], &op->parameters[i])) {
            return false;
        }
    }
    for (; i < NF_PARAMETERS; i++) {
        if (op->parameters[i] != 0) {
            return false;
        }
    }
    return true;
}

/* An operand that the kind uses is a tensor, any other is none. */
static bool operand_fits(const nf_model *model, uint16_t index, uint32_t used)
{
    return used != 0 ? index < model->tensor_count : index == NF_NO_TENSOR;
}

bool nf_operands_fit(const nf_model *model, const nf_program *program, const nf_operator *op)
{
    const nf_kind *kind = nf_kind_of(program, op);
    const uint32_t used = kind->operands, state = op->state != NF_NO_TENSOR ? used & NF_STATE : 0;

    if (op->reserved_1 != 0 || op->reserved_2 != 0 || !operand_fits(model, op->input, true) ||
        !operand_fits(model, op->output, true) || !operand_fits(model, op->input_2, used & NF_SECOND_INPUT) ||
        !operand_fits(model, op->weights, used & NF_WEIGHTS) ||
        !operand_fits(model, op->constants, used & NF_CONSTANTS) || !operand_fits(model, op->table, used & NF_TABLE) ||
        !operand_fits(model, op->state, state)) {
        return false;
    }
    if (op->scratch_bytes == 0 && op->scratch_offset != 0) {
        return false;
    }
    return nf_in_range(op->scratch_offset, op->scratch_bytes, 0, program->arena_bytes) && parameters_fit(kind, op);
}
