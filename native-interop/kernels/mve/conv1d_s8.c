#include "../scalar/scalar.h"
#include "mve.h"
#include "product.h"

/* Output rows [from, to) by the portable kernel: those that look at padding. */
__attribute__((noinline)) static void padded_rows(const nf_conv1d_params *params, const nf_channel_constants *constants,
                                                  const int8_t *x, const int8_t *weights, int8_t *y, int32_t from,
                                                  int32_t to)
{
    if (from >= to) {
        return;
    }
    const int32_t start = from * params->stride - params->pad_left;
    const int32_t skipped = start > 0 ? start : 0;
    nf_conv1d_params rows = *params;

    rows.samples = params->samples - skipped;
    rows.pad_left = skipped - start;
    rows.output_samples = to - from;
    nf_scalar_conv1d_s8(&rows, constants, x + skipped * params->channels, weights, y + from * params->outputs,
                        (nf_scratch){0});
}

/* A convolution over time is a linear layer over rows that overlap, but where it reads padding. */
void nf_mve_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                      const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const int32_t stride = params->stride, row = params->kernel * params->channels;
    const int32_t last_start = params->samples - params->kernel + params->pad_left;
    int32_t first = (params->pad_left + stride - 1) / stride;
    int32_t end = last_start < 0 ? 0 : last_start / stride + 1;
    (void)scratch;

    end = end < params->output_samples ? end : params->output_samples;
    first = first < end ? first : end;
    const nf_mve_product product = {
        .x = x + (first * stride - params->pad_left) * params->channels,
        .weights = weights,
        .y = y + first * params->outputs,
        .tokens = end - first,
        .rows = params->outputs,
        .inner = row,
        .x_stride = stride * params->channels,
        .weight_stride = row,
        .token_stride = params->outputs,
        .output_stride = 1,
        .bias = constants->bias,
        .multiplier = constants->multiplier,
        .shift = constants->shift,
        .constants_step = 1,
        .zero_point = params->output_zero_point,
        .low = params->low,
        .high = params->high,
    };
    nf_mve_product_run(&product);
    padded_rows(params, constants, x, weights, y, 0, first);
    padded_rows(params, constants, x, weights, y, end, params->output_samples);
}
