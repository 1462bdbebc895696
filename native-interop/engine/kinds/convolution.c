/* Both convolutions, NUMERICS 3.3 and 3.9. In a stream, rows that the next step still reads are kept. */
#include "../kind.h"

typedef struct convolution {
    int32_t kernel, stride, pad_left, low, high;
} convolution;

#define RANGES NF_COUNT NF_COUNT NF_OFFSET NF_CLAMP_LOW NF_CLAMP_HIGH

/* Kernel, stride, padding and rows of both kinds of convolution. */
static bool convolution_fits(const nf_operation *o)
{
    const convolution *with = nf_parameters(o->op);
    const uint32_t kernel = (uint32_t)with->kernel, pad_left = (uint32_t)with->pad_left;
    /* The last row must read a sample. Rows and stride are below 2^16: the product fits 32 bits unsigned. */
    const uint32_t last_start = (uint32_t)(o->y->rows - 1) * (uint32_t)with->stride;
    return pad_left < kernel && last_start < o->x->rows + pad_left && nf_has_channel_constants(o, o->y->columns);
}

static bool conv1d_fits(const nf_operation *o)
{
    const convolution *with = nf_parameters(o->op);
    const uint32_t inputs = (uint32_t)with->kernel * o->x->columns;
    return convolution_fits(o) && inputs <= NF_MAX_INPUTS && nf_has_weights(o, o->y->columns, inputs);
}

static bool depthwise_conv1d_fits(const nf_operation *o)
{
    const convolution *with = nf_parameters(o->op);
    return convolution_fits(o) && o->x->columns == o->y->columns &&
           nf_has_weights(o, (uint32_t)with->kernel, o->x->columns);
}

/* Rows that later steps read again are kept in front of the new ones. */
static bool streams(const nf_operation *o)
{
    const convolution *with = nf_parameters(o->op);
    const uint32_t kernel = (uint32_t)with->kernel, stride = (uint32_t)with->stride;

    if (kernel < stride || with->pad_left != 0 || o->x->rows != o->y->rows * stride) {
        return false;
    }
    const uint32_t rows = kernel == stride ? 0 : kernel - stride + o->x->rows;
    return nf_is_state(o, NF_INT8, rows * o->x->columns, o->x->zero_point);
}

/* Rows that are kept in front of a step's. */
static int32_t rows_kept(const nf_context *c)
{
    const convolution *with = nf_parameters(c->op);
    return c->op->state == NF_NO_TENSOR ? 0 : with->kernel - with->stride;
}

static nf_conv1d_params params_of(const nf_context *c)
{
    const convolution *with = nf_parameters(c->op);
    const nf_tensor *x = nf_tensor_at(c, c->op->input), *y = nf_tensor_at(c, c->op->output);
    return (nf_conv1d_params){
        .samples = x->rows + rows_kept(c),
        .channels = x->columns,
        .outputs = y->columns,
        .output_samples = y->rows,
        .kernel = with->kernel,
        .stride = with->stride,
        .pad_left = with->pad_left,
        .input_zero_point = x->zero_point,
        .output_zero_point = y->zero_point,
        .low = with->low,
        .high = with->high,
    };
}

/* The input, with the rows remembered in front of it. */
static const int8_t *rows_to_read(const nf_context *c)
{
    const nf_tensor *t = nf_tensor_at(c, c->op->input);
    const int8_t *x = nf_read_s8(c, c->op->input);
    if (c->op->state == NF_NO_TENSOR) {
        return x;
    }

    uint8_t *rows = nf_state_of(c);
    const uint32_t fresh = (uint32_t)t->rows * t->columns, kept = (uint32_t)rows_kept(c) * t->columns;
    nf_copy(rows, rows + fresh, kept);
    nf_copy(rows + kept, x, fresh);
    return (const int8_t *)rows;
}

static void execute_conv1d(const nf_context *c)
{
    nf_conv1d_params params = params_of(c);
    const nf_channel_constants constants = nf_constants_from(c, 0);
    const int8_t *x = rows_to_read(c);
    params.packed = nf_packed_from(c, 0);
    c->kernels->conv1d_s8(&params, &constants, x, nf_constant_s8(c, c->op->weights), nf_write_s8(c, c->op->output),
                          nf_scratch_after(c, 0));
}

/* Nothing is padded in a stream, so a single output is a linear layer of a single token. */
static void execute_conv1d_step(const nf_context *c)
{
    const nf_tensor *y = nf_tensor_at(c, c->op->output);
    if (y->rows > 1 || c->kernels->linear_one_s8 == NULL) {
        execute_conv1d(c);
        return;
    }
    const nf_channel_constants constants = nf_constants_from(c, 0);
    const convolution *with = nf_parameters(c->op);
    const int32_t inputs = with->kernel * nf_tensor_at(c, c->op->input)->columns;
    const nf_linear_params linear = {
        .tokens = 1,
        .inputs = inputs,
        .outputs = y->columns,
        .input_stride = inputs,
        .token_stride = y->columns,
        .output_stride = 1,
        .output_zero_point = y->zero_point,
        .low = with->low,
        .high = with->high,
        .packed = nf_packed_from(c, 0),
    };
    nf_run_linear(c->kernels, &linear, &constants, rows_to_read(c), nf_constant_s8(c, c->op->weights),
                  nf_write_s8(c, c->op->output), nf_scratch_after(c, 0));
}

static void execute_depthwise_conv1d(const nf_context *c)
{
    const nf_conv1d_params params = params_of(c);
    const nf_channel_constants constants = nf_constants_from(c, 0);
    const int8_t *x = rows_to_read(c);
    c->kernels->depthwise_conv1d_s8(&params, &constants, x, nf_constant_s8(c, c->op->weights),
                                    nf_write_s8(c, c->op->output), nf_scratch_after(c, 0));
}

static bool has_conv1d(const nf_kernels *k)
{
    return k->conv1d_s8 != NULL;
}

static bool has_depthwise_conv1d(const nf_kernels *k)
{
    return k->depthwise_conv1d_s8 != NULL;
}

static bool conv1d_step_fits(const nf_operation *o)
{
    return conv1d_fits(o) && streams(o);
}

static bool depthwise_conv1d_step_fits(const nf_operation *o)
{
    return depthwise_conv1d_fits(o) && streams(o);
}

const nf_kind nf_kind_conv1d = {
    .operands = NF_WEIGHTS | NF_CONSTANTS,
    .parameters = RANGES,
    .fits = conv1d_fits,
    .has_kernels = has_conv1d,
    .execute = execute_conv1d,
};

const nf_kind nf_kind_depthwise_conv1d = {
    .operands = NF_WEIGHTS | NF_CONSTANTS,
    .parameters = RANGES,
    .fits = depthwise_conv1d_fits,
    .has_kernels = has_depthwise_conv1d,
    .execute = execute_depthwise_conv1d,
};

const nf_kind nf_kind_conv1d_step = {
    .operands = NF_WEIGHTS | NF_CONSTANTS | NF_STATE,
    .parameters = RANGES,
    .fits = conv1d_step_fits,
    .has_kernels = has_conv1d,
    .execute = execute_conv1d_step,
};

const nf_kind nf_kind_depthwise_conv1d_step = {
    .operands = NF_WEIGHTS | NF_CONSTANTS | NF_STATE,
    .parameters = RANGES,
    .fits = depthwise_conv1d_step_fits,
    .has_kernels = has_depthwise_conv1d,
    .execute = execute_depthwise_conv1d,
};
