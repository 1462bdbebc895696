#include "../fixed_point.h"
#include "dot.h"
#include "scalar.h"

/* Sum over kernel positions [from, to), all outside the input: padding reads as the input zero point. */
static int32_t padding(const nf_conv1d_params *params, const int8_t *weights, int32_t from, int32_t to)
{
    int32_t sum = 0;
    for (int32_t i = from * params->channels; i < to * params->channels; i++) {
        sum += weights[i];
    }
    return sum * params->input_zero_point;
}

void nf_scalar_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                         const int8_t *weights, int8_t *restrict y, nf_scratch scratch)
{
    const int32_t channels = params->channels, kernel = params->kernel, outputs = params->outputs;
    const int32_t row = kernel * channels;
    int32_t sums[NF_DOT_BLOCK];
    (void)scratch;

    for (int32_t u = 0; u < params->output_samples; u++) {
        /* Kernel positions [first, last) lie inside the input; their samples are contiguous. */
        const int32_t start = u * params->stride - params->pad_left;
        const int32_t first = start < 0 ? -start : 0;
        const int32_t last = params->samples - start < kernel ? params->samples - start : kernel;
        const int8_t *inside = x + (start + first) * channels;

        for (int32_t n = 0; n < outputs;) {
            const int32_t done = nf_dot_rows_s8(inside, 0, weights + n * row + first * channels, row,
                                                (last - first) * channels, outputs - n, sums);

            for (int32_t i = 0; i < done; i++, n++) {
                const int8_t *w = weights + n * row;
                const int32_t acc =
                    constants->bias[n] + sums[i] + padding(params, w, 0, first) + padding(params, w, last, kernel);
                const int32_t scaled = nf_requantize(acc, constants->multiplier[n], constants->shift[n]);
                *y++ = nf_store(scaled, params->output_zero_point, params->low, params->high);
            }
        }
    }
}
