#include "../scalar/scalar.h"
#include "rv32.h"

/* Output rows [first, end) read no padding: they are a linear layer over overlapping rows of the input. */
typedef struct inner_rows {
    int32_t first, end;
} inner_rows;

static inner_rows inner_rows_of(const nf_conv1d_params *params)
{
    const int32_t last_start = params->samples - params->kernel;
    const int32_t first = (params->pad_left + params->stride - 1) / params->stride;
    const int32_t end = last_start < 0 ? 0 : (last_start + params->pad_left) / params->stride + 1;
    const int32_t limit = end < params->output_samples ? end : params->output_samples;
    return first < limit ? (inner_rows){first, limit} : (inner_rows){0, 0};
}

static void scalar_rows(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                        const int8_t *weights, int8_t *y, int32_t first, int32_t end)
{
    const int32_t start = first * params->stride - params->pad_left;
    nf_conv1d_params part = *params;
    part.output_samples = end - first;
    if (first > 0) {
        part.pad_left = 0;
        part.samples -= start;
        x += start * params->channels;
    }
    nf_scalar_conv1d_s8(&part, constants, x, weights, y + first * params->outputs, (nf_scratch){0});
}

void nf_rv32_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                       const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const inner_rows inner = inner_rows_of(params);
    const nf_linear_params linear = {
        .tokens = inner.end - inner.first,
        .inputs = params->kernel * params->channels,
        .outputs = params->outputs,
        .input_stride = params->stride * params->channels,
        .token_stride = params->outputs,
        .output_stride = 1,
        .output_zero_point = params->output_zero_point,
        .low = params->low,
        .high = params->high,
    };

    if (linear.tokens == 0) {
        nf_scalar_conv1d_s8(params, constants, x, weights, y, scratch);
        return;
    }
    if (inner.first > 0) {
        scalar_rows(params, constants, x, weights, y, 0, inner.first);
    }
    nf_rv32_linear_s8(&linear, constants, x + (inner.first * params->stride - params->pad_left) * params->channels,
                      weights, y + inner.first * params->outputs, scratch);
    if (inner.end < params->output_samples) {
        scalar_rows(params, constants, x, weights, y, inner.end, params->output_samples);
    }
}
