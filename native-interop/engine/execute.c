/* One operator record becomes one or more kernel calls. */
#include "../kernels/contract.h"
#include "image.h"

typedef struct context {
    const nf_model *model;
    const int16_t *window;
    uint8_t *arena;
} context;

static const nf_tensor *tensor(const context *c, uint16_t index)
{
    return &nf_tensors(c->model)[index];
}

static const int8_t *read_s8(const context *c, uint16_t index)
{
    const nf_tensor *t = tensor(c, index);
    return (const int8_t *)(t->place == NF_PLACE_IMAGE ? c->model->image : c->arena) + t->offset;
}

static int8_t *write_s8(const context *c, uint16_t index)
{
    return (int8_t *)c->arena + tensor(c, index)->offset;
}

static const int32_t *read_s32(const context *c, uint16_t index)
{
    return (const int32_t *)(const void *)(c->model->image + tensor(c, index)->offset);
}

/* The constants of channels `first` and up; the three arrays are as long as the tensor is wide. */
static nf_channel_constants constants_from(const context *c, const nf_operator *op, uint32_t first)
{
    const uint32_t width = tensor(c, op->constants)->columns;
    const int32_t *bias = read_s32(c, op->constants) + first;
    return (nf_channel_constants){.bias = bias, .multiplier = bias + width, .shift = bias + 2 * width};
}

static void quantize(const context *c, const nf_operator *op)
{
    const nf_tensor *y = tensor(c, op->output);
    const nf_channel_constants constants = constants_from(c, op, 0);
    const nf_quantize_params params = {.rows = y->rows, .columns = y->columns, .zero_point = y->zero_point};
    nf_quantize_s16(&params, &constants, c->window, write_s8(c, op->output));
}

static nf_conv1d_params conv1d_params(const context *c, const nf_operator *op)
{
    const nf_tensor *x = tensor(c, op->input), *y = tensor(c, op->output);
    return (nf_conv1d_params){
        .samples = x->rows,
        .channels = x->columns,
        .outputs = y->columns,
        .output_samples = y->rows,
        .kernel = op->with.conv1d.kernel,
        .stride = op->with.conv1d.stride,
        .pad_left = op->with.conv1d.pad_left,
        .input_zero_point = x->zero_point,
        .output_zero_point = y->zero_point,
        .low = op->with.conv1d.low,
        .high = op->with.conv1d.high,
    };
}

static void conv1d(const context *c, const nf_operator *op)
{
    const nf_channel_constants constants = constants_from(c, op, 0);
    const nf_conv1d_params params = conv1d_params(c, op);
    nf_conv1d_s8(&params, &constants, read_s8(c, op->input), read_s8(c, op->weights), write_s8(c, op->output));
}

static void depthwise_conv1d(const context *c, const nf_operator *op)
{
    const nf_channel_constants constants = constants_from(c, op, 0);
    const nf_conv1d_params params = conv1d_params(c, op);
    nf_depthwise_conv1d_s8(&params, &constants, read_s8(c, op->input), read_s8(c, op->weights),
                           write_s8(c, op->output));
}

static void linear(const context *c, const nf_operator *op)
{
    const nf_tensor *x = tensor(c, op->input), *y = tensor(c, op->output);
    const nf_channel_constants constants = constants_from(c, op, 0);
    const nf_linear_params params = {
        .tokens = x->rows,
        .inputs = x->columns,
        .outputs = y->columns,
        .token_stride = y->columns,
        .output_stride = 1,
        .output_zero_point = y->zero_point,
        .low = op->with.linear.low,
        .high = op->with.linear.high,
    };
    nf_linear_s8(&params, &constants, read_s8(c, op->input), read_s8(c, op->weights), write_s8(c, op->output));
}

enum { QUERY, KEY, VALUE };

/* Projects the tokens to one head's queries, keys or values. Values are stored transposed, as the matmul wants them. */
static void project(const context *c, const nf_operator *op, uint32_t head, uint32_t part, int32_t zero_point,
                    int8_t *y)
{
    const nf_tensor *x = tensor(c, op->input);
    const uint32_t head_columns = (uint32_t)op->with.attention.head_columns;
    const uint32_t row = (part * (uint32_t)op->with.attention.heads + head) * head_columns;
    const nf_channel_constants constants = constants_from(c, op, row);
    const nf_linear_params params = {
        .tokens = x->rows,
        .inputs = x->columns,
        .outputs = (int32_t)head_columns,
        .token_stride = part == VALUE ? 1 : (int32_t)head_columns,
        .output_stride = part == VALUE ? x->rows : 1,
        .output_zero_point = zero_point,
        .low = -128,
        .high = 127,
    };
    nf_linear_s8(&params, &constants, read_s8(c, op->input), read_s8(c, op->weights) + row * x->columns, y);
}

/* Head by head and row by row: three projections of one head and a single row of scores are all that is ever held. */
static void attention(const context *c, const nf_operator *op)
{
    const uint32_t rows = tensor(c, op->input)->rows, columns = tensor(c, op->output)->columns;
    const uint32_t head_columns = (uint32_t)op->with.attention.head_columns;
    const uint32_t part_bytes = nf_round_up(rows * head_columns);
    int8_t *query = (int8_t *)c->arena + op->scratch_offset;
    int8_t *key = query + part_bytes, *value = key + part_bytes, *scores = value + part_bytes;

    const nf_matmul_params score_params = {
        .rows = 1,
        .inner = (int32_t)head_columns,
        .columns = (int32_t)rows,
        .a_zero_point = op->with.attention.query_zero_point,
        .b_zero_point = op->with.attention.key_zero_point,
        .output_zero_point = op->with.attention.score_zero_point,
        .multiplier = op->with.attention.score_multiplier,
        .shift = op->with.attention.score_shift,
    };
    const nf_matmul_params context_params = {
        .rows = 1,
        .inner = (int32_t)rows,
        .columns = (int32_t)head_columns,
        .a_zero_point = -128,
        .b_zero_point = op->with.attention.value_zero_point,
        .output_zero_point = tensor(c, op->output)->zero_point,
        .multiplier = op->with.attention.context_multiplier,
        .shift = op->with.attention.context_shift,
    };

    for (uint32_t head = 0; head < (uint32_t)op->with.attention.heads; head++) {
        project(c, op, head, QUERY, op->with.attention.query_zero_point, query);
        project(c, op, head, KEY, op->with.attention.key_zero_point, key);
        project(c, op, head, VALUE, op->with.attention.value_zero_point, value);

        int8_t *y = write_s8(c, op->output) + head * head_columns;
        for (uint32_t row = 0; row < rows; row++) {
            nf_matmul_s8(&score_params, query + row * head_columns, key, scores);
            nf_softmax_s8(1, (int32_t)rows, read_s32(c, op->exponentials), scores, scores);
            nf_matmul_s8(&context_params, scores, value, y + row * columns);
        }
    }
}

static void add(const context *c, const nf_operator *op)
{
    const nf_tensor *y = tensor(c, op->output);
    const nf_add_params params = {
        .count = (int32_t)y->bytes,
        .zero_point_1 = tensor(c, op->input)->zero_point,
        .multiplier_1 = op->with.add.multiplier_1,
        .shift_1 = op->with.add.shift_1,
        .zero_point_2 = tensor(c, op->input_2)->zero_point,
        .multiplier_2 = op->with.add.multiplier_2,
        .shift_2 = op->with.add.shift_2,
        .zero_point = y->zero_point,
        .multiplier = op->with.add.multiplier,
        .shift = op->with.add.shift,
        .low = op->with.add.low,
        .high = op->with.add.high,
    };
    nf_add_s8(&params, read_s8(c, op->input), read_s8(c, op->input_2), write_s8(c, op->output));
}

static void mean(const context *c, const nf_operator *op)
{
    const nf_tensor *x = tensor(c, op->input);
    const nf_mean_params params = {
        .rows = x->rows,
        .columns = x->columns,
        .input_zero_point = x->zero_point,
        .output_zero_point = tensor(c, op->output)->zero_point,
        .multiplier = op->with.mean.multiplier,
        .shift = op->with.mean.shift,
    };
    nf_mean_s8(&params, read_s8(c, op->input), write_s8(c, op->output));
}

static void softmax(const context *c, const nf_operator *op)
{
    const nf_tensor *x = tensor(c, op->input);
    nf_softmax_s8(x->rows, x->columns, read_s32(c, op->exponentials), read_s8(c, op->input), write_s8(c, op->output));
}

void nf_execute(const nf_model *model, const nf_operator *op, const int16_t *window, uint8_t *arena)
{
    const context c = {.model = model, .window = window, .arena = arena};

    switch (op->kind) {
    case NF_QUANTIZE:
        quantize(&c, op);
        break;
    case NF_CONV1D:
        conv1d(&c, op);
        break;
    case NF_LINEAR:
        linear(&c, op);
        break;
    case NF_ATTENTION:
        attention(&c, op);
        break;
    case NF_ADD:
        add(&c, op);
        break;
    case NF_MEAN:
        mean(&c, op);
        break;
    case NF_SOFTMAX:
        softmax(&c, op);
        break;
    default: /* a validated image holds no other */
        depthwise_conv1d(&c, op);
        break;
    }
}
