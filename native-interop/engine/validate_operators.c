/* Every operator: operands exist, shapes fit, parameters and constants are in range. */
#include "image.h"

#define MAX_FOLDED_BIAS (1 << 30)
#define MAX_OFFSET (1 << 16)

static bool in(int32_t value, int32_t low, int32_t high)
{
    return value >= low && value <= high;
}

static bool is_zero_point(int32_t value)
{
    return in(value, -128, 127);
}

static bool is_multiplier(int32_t multiplier, int32_t shift)
{
    return multiplier >= 0 && in(shift, -31, 30);
}

static bool is_clamp(int32_t low, int32_t high)
{
    return is_zero_point(low) && is_zero_point(high) && low <= high;
}

/* Which operands and how many parameters each kind uses; all others must be unused. */
typedef struct usage {
    bool input_2, weights, constants, exponentials;
    uint8_t parameters;
} usage;

static const usage usages[] = {
    [NF_QUANTIZE] = {.constants = true},
    [NF_CONV1D] = {.weights = true, .constants = true, .parameters = 5},
    [NF_LINEAR] = {.weights = true, .constants = true, .parameters = 2},
    [NF_ATTENTION] = {.weights = true, .constants = true, .exponentials = true, .parameters = 10},
    [NF_ADD] = {.input_2 = true, .parameters = 8},
    [NF_MEAN] = {.parameters = 2},
    [NF_SOFTMAX] = {.exponentials = true},
    [NF_DEPTHWISE_CONV1D] = {.weights = true, .constants = true, .parameters = 5},
};

static bool operand_fits(const nf_model *model, uint16_t index, bool used)
{
    return used ? index < model->tensor_count : index == NF_NO_TENSOR;
}

static bool operands_fit(const nf_model *model, const nf_operator *op)
{
    const usage *use = &usages[op->kind];

    if (op->reserved_1 != 0 || op->reserved_2 != 0 || !operand_fits(model, op->input, true) ||
        !operand_fits(model, op->output, true) || !operand_fits(model, op->input_2, use->input_2) ||
        !operand_fits(model, op->weights, use->weights) || !operand_fits(model, op->constants, use->constants) ||
        !operand_fits(model, op->exponentials, use->exponentials)) {
        return false;
    }
    for (uint32_t i = use->parameters; i < 10; i++) {
        if (op->with.parameters[i] != 0) {
            return false;
        }
    }
    if (op->kind != NF_ATTENTION) {
        return op->scratch_offset == 0 && op->scratch_bytes == 0;
    }
    return nf_in_range(op->scratch_offset, op->scratch_bytes, 0, model->arena_bytes);
}

static bool is_constant(const nf_tensor *t, uint32_t rows, uint32_t columns, uint8_t element_bytes)
{
    return t->place == NF_PLACE_IMAGE && t->element_bytes == element_bytes && t->rows == rows && t->columns == columns;
}

static const int32_t *values_of(const nf_model *model, const nf_tensor *t)
{
    return (const int32_t *)(const void *)(model->image + t->offset);
}

static bool channel_constants_in_range(const nf_model *model, const nf_tensor *t, int32_t limit)
{
    const uint32_t count = t->columns;
    const int32_t *bias = values_of(model, t);

    for (uint32_t i = 0; i < count; i++) {
        if (!in(bias[i], -limit, limit) || !is_multiplier(bias[count + i], bias[2 * count + i])) {
            return false;
        }
    }
    return true;
}

static bool has_channel_constants(const nf_model *model, const nf_operator *op, uint32_t channels)
{
    return is_constant(&nf_tensors(model)[op->constants], 3, channels, NF_INT32);
}

static nf_status check_channel_constants(const nf_model *model, const nf_operator *op, uint32_t channels, int32_t limit)
{
    if (!has_channel_constants(model, op, channels)) {
        return NF_ERROR_BAD_OPERATOR;
    }
    return channel_constants_in_range(model, &nf_tensors(model)[op->constants], limit) ? NF_OK : NF_ERROR_BAD_TABLE;
}

static bool has_exponentials(const nf_model *model, const nf_operator *op)
{
    return is_constant(&nf_tensors(model)[op->exponentials], 1, NF_EXPONENTIALS, NF_INT32);
}

static nf_status check_exponentials(const nf_model *model, const nf_operator *op)
{
    if (!has_exponentials(model, op)) {
        return NF_ERROR_BAD_OPERATOR;
    }

    const int32_t *e = values_of(model, &nf_tensors(model)[op->exponentials]);
    if (e[0] != INT32_MAX || e[NF_EXPONENTIALS - 1] < 0) {
        return NF_ERROR_BAD_TABLE;
    }
    for (uint32_t i = 1; i < NF_EXPONENTIALS; i++) {
        if (e[i] > e[i - 1]) {
            return NF_ERROR_BAD_TABLE;
        }
    }
    return NF_OK;
}

static nf_status check_quantize(const nf_model *model, const nf_operator *op, const nf_tensor *x, const nf_tensor *y)
{
    if (x->place != NF_PLACE_WINDOW || x->rows != y->rows || x->columns != y->columns) {
        return NF_ERROR_BAD_OPERATOR;
    }
    return check_channel_constants(model, op, y->columns, MAX_OFFSET);
}

/* Kernel, stride, padding and rows of both kinds of convolution. */
static bool convolution_fits(const nf_operator *op, const nf_tensor *x, const nf_tensor *y)
{
    const int32_t kernel = op->with.conv1d.kernel, stride = op->with.conv1d.stride;
    const int32_t pad_left = op->with.conv1d.pad_left;

    if (!in(kernel, 1, NF_MAX_INPUTS) || !in(stride, 1, NF_MAX_INPUTS) || !in(pad_left, 0, kernel - 1) ||
        !is_clamp(op->with.conv1d.low, op->with.conv1d.high)) {
        return false;
    }
    /* The last row must read a sample. Rows and stride are below 2^16: the product fits 32 bits unsigned. */
    const uint32_t last_start = (uint32_t)(y->rows - 1) * (uint32_t)stride;
    return last_start < (uint32_t)x->rows + (uint32_t)pad_left;
}

static nf_status check_conv1d(const nf_model *model, const nf_operator *op, const nf_tensor *x, const nf_tensor *y)
{
    if (!convolution_fits(op, x, y)) {
        return NF_ERROR_BAD_OPERATOR;
    }
    const uint32_t inputs = (uint32_t)op->with.conv1d.kernel * x->columns;
    if (inputs > NF_MAX_INPUTS || !is_constant(&nf_tensors(model)[op->weights], y->columns, inputs, NF_INT8)) {
        return NF_ERROR_BAD_OPERATOR;
    }
    return check_channel_constants(model, op, y->columns, MAX_FOLDED_BIAS);
}

static nf_status check_depthwise_conv1d(const nf_model *model, const nf_operator *op, const nf_tensor *x,
                                        const nf_tensor *y)
{
    if (!convolution_fits(op, x, y) || x->columns != y->columns ||
        !is_constant(&nf_tensors(model)[op->weights], (uint32_t)op->with.conv1d.kernel, x->columns, NF_INT8)) {
        return NF_ERROR_BAD_OPERATOR;
    }
    return check_channel_constants(model, op, y->columns, MAX_FOLDED_BIAS);
}

static nf_status check_linear(const nf_model *model, const nf_operator *op, const nf_tensor *x, const nf_tensor *y)
{
    if (x->rows != y->rows || !is_clamp(op->with.linear.low, op->with.linear.high) ||
        !is_constant(&nf_tensors(model)[op->weights], y->columns, x->columns, NF_INT8)) {
        return NF_ERROR_BAD_OPERATOR;
    }
    return check_channel_constants(model, op, y->columns, MAX_FOLDED_BIAS);
}

uint32_t nf_attention_scratch_bytes(uint32_t rows, uint32_t head_columns)
{
    return 3 * nf_round_up(rows * head_columns) + nf_round_up(rows);
}

static nf_status check_attention(const nf_model *model, const nf_operator *op, const nf_tensor *x, const nf_tensor *y)
{
    const int32_t heads = op->with.attention.heads, head_columns = op->with.attention.head_columns;

    if (!is_zero_point(op->with.attention.query_zero_point) || !is_zero_point(op->with.attention.key_zero_point) ||
        !is_zero_point(op->with.attention.value_zero_point) || !is_zero_point(op->with.attention.score_zero_point) ||
        !is_multiplier(op->with.attention.score_multiplier, op->with.attention.score_shift) ||
        !is_multiplier(op->with.attention.context_multiplier, op->with.attention.context_shift)) {
        return NF_ERROR_BAD_OPERATOR;
    }
    if (!in(heads, 1, y->columns) || !in(head_columns, 1, y->columns) || heads * head_columns != y->columns ||
        x->rows != y->rows || x->rows > NF_MAX_ROW ||
        !is_constant(&nf_tensors(model)[op->weights], 3u * y->columns, x->columns, NF_INT8) ||
        !has_exponentials(model, op) || !has_channel_constants(model, op, 3u * y->columns) ||
        op->scratch_bytes < nf_attention_scratch_bytes(x->rows, (uint32_t)head_columns)) {
        return NF_ERROR_BAD_OPERATOR;
    }
    const nf_status status = check_exponentials(model, op);
    return status != NF_OK ? status : check_channel_constants(model, op, 3u * y->columns, MAX_FOLDED_BIAS);
}

static nf_status check_add(const nf_model *model, const nf_operator *op, const nf_tensor *x, const nf_tensor *y)
{
    const nf_tensor *second = &nf_tensors(model)[op->input_2];

    if (second->element_bytes != NF_INT8 || second->rows != x->rows || second->columns != x->columns ||
        x->rows != y->rows || x->columns != y->columns ||
        !is_multiplier(op->with.add.multiplier_1, op->with.add.shift_1) ||
        !is_multiplier(op->with.add.multiplier_2, op->with.add.shift_2) ||
        !is_multiplier(op->with.add.multiplier, op->with.add.shift) || !is_clamp(op->with.add.low, op->with.add.high)) {
        return NF_ERROR_BAD_OPERATOR;
    }
    return NF_OK;
}

static nf_status check_mean(const nf_operator *op, const nf_tensor *x, const nf_tensor *y)
{
    if (y->rows != 1 || x->columns != y->columns || x->rows > 8192 ||
        !is_multiplier(op->with.mean.multiplier, op->with.mean.shift)) {
        return NF_ERROR_BAD_OPERATOR;
    }
    return NF_OK;
}

static nf_status check_softmax(const nf_model *model, const nf_operator *op, const nf_tensor *x, const nf_tensor *y)
{
    if (x->rows != y->rows || x->columns != y->columns || x->columns > NF_MAX_ROW || y->zero_point != -128) {
        return NF_ERROR_BAD_OPERATOR;
    }
    return check_exponentials(model, op);
}

static nf_status check_operator(const nf_model *model, const nf_operator *op)
{
    if (op->kind < NF_QUANTIZE || op->kind > NF_DEPTHWISE_CONV1D) {
        return NF_ERROR_UNSUPPORTED_OPERATOR;
    }
    if (!operands_fit(model, op)) {
        return NF_ERROR_BAD_OPERATOR;
    }

    const nf_tensor *x = &nf_tensors(model)[op->input];
    const nf_tensor *y = &nf_tensors(model)[op->output];
    if (y->place != NF_PLACE_ARENA) {
        return NF_ERROR_BAD_OPERATOR;
    }
    if (op->kind == NF_QUANTIZE) {
        return check_quantize(model, op, x, y);
    }
    if (x->place != NF_PLACE_ARENA) {
        return NF_ERROR_BAD_OPERATOR;
    }
    switch (op->kind) {
    case NF_CONV1D:
        return check_conv1d(model, op, x, y);
    case NF_LINEAR:
        return check_linear(model, op, x, y);
    case NF_ATTENTION:
        return check_attention(model, op, x, y);
    case NF_ADD:
        return check_add(model, op, x, y);
    case NF_MEAN:
        return check_mean(op, x, y);
    case NF_SOFTMAX:
        return check_softmax(model, op, x, y);
    default:
        return check_depthwise_conv1d(model, op, x, y);
    }
}

nf_status nf_validate_operators(const nf_model *model)
{
    for (uint32_t i = 0; i < model->operator_count; i++) {
        const nf_status status = check_operator(model, &nf_operators(model)[i]);
        if (status != NF_OK) {
            return status;
        }
    }
    return NF_OK;
}
