#include "backends_formulas.h"

static int64_t floor_shift(int64_t x, int32_t n)
{
    const int64_t divisor = (int64_t)1 << n;
    return x >= 0 ? x / divisor : -((-x + divisor - 1) / divisor);
}

static int64_t wrap(int64_t x)
{
    const uint64_t low = (uint64_t)x % 0x100000000u;
    return low < 0x80000000u ? (int64_t)low : (int64_t)low - 0x100000000;
}

static int64_t high_mul(int64_t a, int64_t b)
{
    return floor_shift(a * b + (1 << 30), 31);
}

static int64_t round_shift(int64_t x, int32_t n)
{
    const int64_t half = n > 0 ? (int64_t)1 << (n - 1) : 0;
    return x >= 0 ? floor_shift(x + half, n) : -floor_shift(-x + half, n);
}

static int64_t requantize(int64_t x, int32_t multiplier, int32_t shift)
{
    return shift >= 0 ? high_mul(wrap(x * ((int64_t)1 << shift)), multiplier)
                      : round_shift(high_mul(x, multiplier), -shift);
}

static int8_t store(int64_t x, int32_t zero_point, int32_t low, int32_t high)
{
    const int64_t y = wrap(x + zero_point);
    return (int8_t)(y < low ? low : y > high ? high : y);
}

static void quantize_s16(const nf_quantize_params *p, const nf_channel_constants *c, const int16_t *x, int8_t *y)
{
    for (int32_t i = 0; i < p->rows * p->columns; i++) {
        const int32_t n = i % p->columns, sample = (i / p->columns + 1) * p->step - 1;
        const int64_t value = (int64_t)x[sample * p->input_columns + p->first + n] - c->bias[n];
        y[i] = store(requantize(value, c->multiplier[n], c->shift[n]), p->zero_point, -128, 127);
    }
}

static void linear_s8(const nf_linear_params *p, const nf_channel_constants *c, const int8_t *x, const int8_t *w,
                      int8_t *y, nf_scratch scratch)
{
    (void)scratch;
    for (int32_t t = 0; t < p->tokens; t++) {
        for (int32_t n = 0; n < p->outputs; n++) {
            int64_t acc = c->bias[n];
            for (int32_t k = 0; k < p->inputs; k++) {
                acc += x[t * p->input_stride + k] * w[n * p->inputs + k];
            }
            y[t * p->token_stride + n * p->output_stride] =
                store(requantize(acc, c->multiplier[n], c->shift[n]), p->output_zero_point, p->low, p->high);
        }
    }
}

/* The value under position j of the kernel of output row u, channel c. */
static int32_t sample_at(const nf_conv1d_params *p, const int8_t *x, int32_t u, int32_t j, int32_t c)
{
    const int32_t sample = u * p->stride + j - p->pad_left;
    return sample < 0 || sample >= p->samples ? p->input_zero_point : x[sample * p->channels + c];
}

static void conv1d_s8(const nf_conv1d_params *p, const nf_channel_constants *c, const int8_t *x, const int8_t *w,
                      int8_t *y, nf_scratch scratch)
{
    (void)scratch;
    for (int32_t i = 0; i < p->output_samples * p->outputs; i++) {
        const int32_t u = i / p->outputs, n = i % p->outputs;
        int64_t acc = c->bias[n];
        for (int32_t k = 0; k < p->kernel * p->channels; k++) {
            acc += sample_at(p, x, u, k / p->channels, k % p->channels) * w[n * p->kernel * p->channels + k];
        }
        y[i] = store(requantize(acc, c->multiplier[n], c->shift[n]), p->output_zero_point, p->low, p->high);
    }
}

static void depthwise_conv1d_s8(const nf_conv1d_params *p, const nf_channel_constants *c, const int8_t *x,
                                const int8_t *w, int8_t *y, nf_scratch scratch)
{
    (void)scratch;
    for (int32_t i = 0; i < p->output_samples * p->channels; i++) {
        const int32_t n = i % p->channels;
        int64_t acc = c->bias[n];
        for (int32_t j = 0; j < p->kernel; j++) {
            acc += sample_at(p, x, i / p->channels, j, n) * w[j * p->channels + n];
        }
        y[i] = store(requantize(acc, c->multiplier[n], c->shift[n]), p->output_zero_point, p->low, p->high);
    }
}

static void matmul_s8(const nf_matmul_params *p, const int8_t *a, const int8_t *b, int8_t *y, nf_scratch scratch)
{
    (void)scratch;
    for (int32_t r = 0; r < p->rows; r++) {
        for (int32_t n = 0; n < p->columns; n++) {
            int64_t acc = 0;
            for (int32_t k = 0; k < p->inner; k++) {
                acc += (a[r * p->a_stride + k] - p->a_zero_point) * (b[n * p->b_stride + k] - p->b_zero_point);
            }
            y[r * p->y_stride + n] = store(requantize(acc, p->multiplier, p->shift), p->output_zero_point, -128, 127);
        }
    }
}

static int64_t saturate(int64_t x)
{
    return x > INT32_MAX ? INT32_MAX : x < INT32_MIN ? INT32_MIN : x;
}

static int64_t one_over_one_plus(int64_t a)
{
    const int64_t half = (a + 0x80000000) / 2;
    int64_t x = 1515870810 + high_mul(half, -1010580540);
    for (int32_t i = 0; i < 3; i++) {
        x = x + saturate(4 * high_mul(x, (1 << 29) - high_mul(half, x)));
    }
    return saturate(2 * x);
}

static void softmax_row(const nf_softmax_params *p, int8_t *row)
{
    int32_t max = -128, headroom = 0;
    uint32_t sum = 0;
    for (int32_t i = 0; i < p->columns; i++) {
        max = row[i] > max ? row[i] : max;
    }
    for (int32_t i = 0; i < p->columns; i++) {
        sum += (uint32_t)round_shift(p->exponentials[max - row[i]], 12);
    }
    while (sum << headroom < 0x80000000u) {
        headroom++;
    }
    const int64_t reciprocal = one_over_one_plus((int64_t)(sum << headroom) - 0x80000000);
    for (int32_t i = 0; i < p->columns; i++) {
        const int64_t share = high_mul(reciprocal, p->exponentials[max - row[i]]);
        row[i] = store(round_shift(share, 35 - headroom) - 128, 0, -128, 127);
    }
}

static void softmax_s8(const nf_softmax_params *p, const int8_t *x, int8_t *y)
{
    for (int32_t i = 0; i < p->rows * p->columns; i++) {
        y[i] = x[i];
    }
    for (int32_t row = 0; row < p->rows; row++) {
        softmax_row(p, y + row * p->columns);
    }
}

static void attention_s8(const nf_attention_params *p, const int8_t *query, const int8_t *key, const int8_t *value,
                         int8_t *y, nf_scratch scratch)
{
    int8_t *row = (int8_t *)scratch.bytes;
    for (int32_t i = 0; i < p->queries; i++) {
        const int32_t first = i - p->before > 0 ? i - p->before : 0;
        const int32_t end = i + p->after + 1 < p->keys ? i + p->after + 1 : p->keys;
        const nf_softmax_params softmax = {.rows = 1, .columns = end - first, .exponentials = p->exponentials};

        for (int32_t j = first; j < end; j++) {
            int64_t acc = 0;
            for (int32_t k = 0; k < p->head_columns; k++) {
                acc += (query[i * p->head_columns + k] - p->query_zero_point) *
                       (key[j * p->key_stride + k] - p->key_zero_point);
            }
            row[j - first] =
                store(requantize(acc, p->score_multiplier, p->score_shift), p->score_zero_point, -128, 127);
        }
        softmax_row(&softmax, row);
        for (int32_t c = 0; c < p->head_columns; c++) {
            int64_t acc = 0;
            for (int32_t j = first; j < end; j++) {
                acc += (row[j - first] + 128) * (value[c * p->value_stride + j] - p->value_zero_point);
            }
            y[i * p->output_stride + c] =
                store(requantize(acc, p->context_multiplier, p->context_shift), p->output_zero_point, -128, 127);
        }
    }
}

static void add_s8(const nf_add_params *p, const int8_t *x1, const int8_t *x2, int8_t *y)
{
    for (int32_t i = 0; i < p->count; i++) {
        const int64_t a = requantize((x1[i] - p->zero_point_1) * (1 << 20), p->multiplier_1, p->shift_1);
        const int64_t b = requantize((x2[i] - p->zero_point_2) * (1 << 20), p->multiplier_2, p->shift_2);
        y[i] = store(requantize(wrap(a + b), p->multiplier, p->shift), p->zero_point, p->low, p->high);
    }
}

static void mean_s8(const nf_mean_params *p, const int8_t *x, int8_t *y)
{
    for (int32_t c = 0; c < p->columns; c++) {
        int64_t acc = 0;
        for (int32_t r = 0; r < p->rows; r++) {
            acc += x[r * p->columns + c] - p->input_zero_point;
        }
        y[c] = store(requantize(acc, p->multiplier, p->shift), p->output_zero_point, -128, 127);
    }
}

static void lookup_s8(int32_t count, const int8_t *table, const int8_t *x, int8_t *y)
{
    for (int32_t i = 0; i < count; i++) {
        y[i] = table[x[i] + 128];
    }
}

/* floor(sqrt(x)) below 2^16. */
static int64_t square_root(int64_t x)
{
    int64_t root = 0;
    for (int64_t bit = 1 << 15; bit > 0; bit /= 2) {
        root += (root + bit) * (root + bit) <= x ? bit : 0;
    }
    return root;
}

static void layer_norm_s8(const nf_layer_norm_params *p, const nf_channel_constants *c, const int8_t *x,
                          const int8_t *gamma, int8_t *y)
{
    for (int32_t row = 0; row < p->rows; row++, x += p->columns, y += p->columns) {
        int64_t sum = 0, variance = p->epsilon;
        int32_t k = -15;
        for (int32_t i = 0; i < p->columns; i++) {
            sum += x[i];
        }
        for (int32_t i = 0; i < p->columns; i++) {
            variance += (p->columns * x[i] - sum) * (p->columns * x[i] - sum);
        }
        while (variance >= (int64_t)1 << (2 * k + 32)) {
            k++;
        }
        const int64_t mantissa = k >= 0 ? floor_shift(variance, 2 * k) : variance * ((int64_t)1 << (-2 * k));
        const int64_t reciprocal = 0x80000000 / square_root(mantissa);
        for (int32_t i = 0; i < p->columns; i++) {
            const int64_t product = (p->columns * x[i] - sum) * reciprocal;
            const int64_t normalized = floor_shift(product + ((int64_t)1 << (k + 15)), k + 16);
            y[i] = store(requantize(c->bias[i] + normalized * gamma[i], c->multiplier[i], c->shift[i]),
                         p->output_zero_point, p->low, p->high);
        }
    }
}

static void weighted_mean_s8(const nf_weighted_mean_params *p, const int8_t *weights, const int8_t *x, int8_t *y)
{
    for (int32_t c = 0; c < p->columns; c++) {
        int64_t acc = 0;
        for (int32_t r = 0; r < p->rows; r++) {
            acc += (weights[r] + 128) * (x[r * p->columns + c] - p->input_zero_point);
        }
        y[c] = store(requantize(acc, p->multiplier, p->shift), p->output_zero_point, -128, 127);
    }
}

static void rescale_s8(const nf_rescale_params *p, const int8_t *x, int8_t *y)
{
    for (int32_t i = 0; i < p->rows * p->columns; i++) {
        y[i / p->columns * p->output_stride + i % p->columns] =
            store(requantize(x[i] - p->input_zero_point, p->multiplier, p->shift), p->output_zero_point, -128, 127);
    }
}

/* Linear attention and the reconstruction error are left out: their state and their 64-bit sums are the contract itself. */
const nf_kernels formulas = {
    .name = "formulas",
    .quantize_s16 = quantize_s16,
    .linear_s8 = linear_s8,
    .conv1d_s8 = conv1d_s8,
    .depthwise_conv1d_s8 = depthwise_conv1d_s8,
    .matmul_s8 = matmul_s8,
    .softmax_s8 = softmax_s8,
    .attention_s8 = attention_s8,
    .add_s8 = add_s8,
    .mean_s8 = mean_s8,
    .lookup_s8 = lookup_s8,
    .layer_norm_s8 = layer_norm_s8,
    .weighted_mean_s8 = weighted_mean_s8,
    .rescale_s8 = rescale_s8,
};
