#include <arm_mve.h>

#include "../convolution.h"
#include "mve.h"
#include "product.h"

static void fill(int8_t *to, int8_t value, int32_t count)
{
    for (; count > 0; count -= NF_TILE_VALUES, to += NF_TILE_VALUES) {
        vstrbq_p_s8(to, vdupq_n_s8(value), vctp8q((uint32_t)count));
    }
}

static void copy(int8_t *to, const int8_t *from, int32_t count)
{
    for (; count > 0; count -= NF_TILE_VALUES, to += NF_TILE_VALUES, from += NF_TILE_VALUES) {
        const mve_pred16_t lanes = vctp8q((uint32_t)count);
        vstrbq_p_s8(to, vldrbq_z_s8(from, lanes), lanes);
    }
}

/* Output rows [from, to), which look at padding: each from a copy of its inputs with the padding around, where scratch has room for it. */
__attribute__((noinline)) static void padded_rows(const nf_conv1d_params *params, const nf_channel_constants *constants,
                                                  nf_mve_product *product, const int8_t *x, const int8_t *weights,
                                                  int8_t *y, int32_t from, int32_t to, nf_scratch scratch)
{
    const int32_t channels = params->channels, kernel = params->kernel;
    int8_t *row = (int8_t *)scratch.bytes;

    if (scratch.size < (uint32_t)product->inner) {
        nf_convolve_edge(params, constants, x, weights, y, from, to);
        return;
    }
    product->x = row;
    product->tokens = 1;
    for (int32_t u = from; u < to; u++) {
        const int32_t start = u * params->stride - params->pad_left;
        const int32_t first = start < 0 ? -start : 0;
        const int32_t last = params->samples - start < kernel ? params->samples - start : kernel;
        fill(row, (int8_t)params->input_zero_point, product->inner);
        copy(row + first * channels, x + (start + first) * channels, (last - first) * channels);
        product->y = y + u * params->outputs;
        nf_mve_product_rows(product, 0, product->rows, 0, 1);
    }
}

/* A convolution over time is a linear layer over rows that overlap, but where it reads padding. */
void nf_mve_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                      const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const int32_t stride = params->stride, row = params->kernel * params->channels;
    const int32_t last_start = params->samples - params->kernel + params->pad_left;
    int32_t first = (params->pad_left + stride - 1) / stride;
    int32_t end = last_start < 0 ? 0 : last_start / stride + 1;

    end = end < params->output_samples ? end : params->output_samples;
    first = first < end ? first : end;
    nf_mve_product product = {
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
    if (first > 0) {
        padded_rows(params, constants, &product, x, weights, y, 0, first, scratch);
    }
    if (end < params->output_samples) {
        padded_rows(params, constants, &product, x, weights, y, end, params->output_samples, scratch);
    }
}
