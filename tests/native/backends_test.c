/* Every backend of the build, kernel by kernel, against the formulas of NUMERICS.md: shapes that are not a multiple of any block, strides,
 * zero points, multipliers, shifts and clamps at their ends, working memory from none to plenty, results in place. */
#include <stddef.h>

#include "backends_formulas.h"
#include "backends_random.h"
#include "test_port.h"

#define CASES 200 /* of each kernel and backend */

/* One case: draws arguments and runs the kernel under test and the formula. */
typedef void run_case(const nf_kernels *kernels);

static void quantize_s16_case(const nf_kernels *kernels)
{
    nf_quantize_params p = {
        .rows = random_range(1, 40),
        .columns = random_range(1, 9),
        .first = random_range(0, 3),
        .step = random_range(1, 4),
        .zero_point = random_zero_point(),
    };
    p.input_columns = p.first + p.columns + random_range(0, 2);
    const nf_channel_constants constants = random_constants(p.columns, 1 << 16);
    const int16_t *x = random_samples(p.rows * p.step * p.input_columns);
    const outputs y = random_outputs();
    kernels->quantize_s16(&p, &constants, x, y.tested);
    formulas.quantize_s16(&p, &constants, x, y.expected);
}

/* From none over what MODEL-IMAGE.md says a linear layer can use to plenty. */
static nf_scratch scratch_for(int32_t inputs, int32_t tokens)
{
    const uint32_t columns = ((uint32_t)inputs + 3) & ~3u;
    switch (random_range(0, 4)) {
    case 0:
        return random_scratch(0);
    case 1:
        return random_scratch(4 * columns + 8 * columns);
    case 2:
        return random_scratch((uint32_t)random_range(0, random_chance(2) ? 8000 : 4 * inputs));
    default:
        return random_scratch(4 * columns + 2 * columns * (uint32_t)(tokens < 16 ? tokens : 16));
    }
}

/* What packed_of writes: of three layers of 40 outputs and 200 inputs. */
static int32_t packed_rows[3 * 40 / 2 * (8 + 200)];

/* One output of a packed pair (MODEL-IMAGE.md). */
static void pack_output(int32_t *pair, int32_t odd, const nf_channel_constants *from, int32_t zero_point,
                        const int8_t *row, int32_t inputs)
{
    const int32_t shift = -from->shift[0];
    int16_t *values = (int16_t *)(void *)(pair + 8) + 4 * odd;
    pair[odd] = 2 * from->bias[0];
    pair[2 + 3 * odd] = from->multiplier[0];
    pair[3 + 3 * odd] = (2 * zero_point + 1) * (1 << (shift - 1));
    pair[4 + 3 * odd] = shift;
    for (int32_t i = 0; i < inputs; i++) {
        const int32_t in_group = i % 4, place = in_group % 2 * 2 + in_group / 2;
        values[2 * (i - in_group) + place] = (int16_t)(2 * row[i]);
    }
}

/* The layers packed, where all of them can be: an even number of outputs, inputs by fours, constants in range; else null. */
static const int32_t *packed_of(const nf_linear_params *p, const nf_channel_constants *constants, const int8_t *weights,
                                const nf_linear_part *parts, int32_t count)
{
    if (p->outputs % 2 != 0 || p->inputs % 4 != 0) {
        return NULL;
    }
    for (int32_t n = 0; n < count * p->outputs; n++) {
        const nf_channel_constants from = {constants->bias + n, constants->multiplier + n, constants->shift + n};
        if (from.shift[0] >= 0 || from.shift[0] < -16 || from.bias[0] <= -(1 << 29) || from.bias[0] >= 1 << 29) {
            return NULL;
        }
        pack_output(packed_rows + n / 2 * (8 + p->inputs), n % 2, &from, parts[n / p->outputs].output_zero_point,
                    weights + n * p->inputs, p->inputs);
    }
    return packed_rows;
}

/* Several layers over one token, each with a zero point and a stride of its own. */
static void linear_one_s8_case(const nf_kernels *kernels)
{
    nf_linear_params p = {
        .tokens = 1,
        .inputs = random_chance(4) ? random_range(1, 200) : 4 * random_range(1, 50),
        .outputs = random_range(1, 40),
    };
    const int32_t count = random_range(1, 3);
    p.input_stride = p.inputs;
    p.token_stride = p.outputs;
    random_clamp(&p.low, &p.high);
    const nf_channel_constants constants = random_constants(count * p.outputs, 1 << 30);
    const int8_t *x = random_bytes(p.inputs), *weights = random_bytes(count * p.outputs * p.inputs);
    const nf_scratch scratch = scratch_for(p.inputs, 1);
    const outputs y = random_outputs();
    nf_linear_part parts[3];
    int32_t offset = 0;
    for (int32_t i = 0; i < count; i++) {
        const int32_t row = i * p.outputs;
        const nf_channel_constants from = {constants.bias + row, constants.multiplier + row, constants.shift + row};
        p.output_zero_point = random_zero_point();
        p.output_stride = random_chance(2) ? 1 : random_range(1, 9);
        parts[i] = (nf_linear_part){y.tested + offset, p.output_zero_point, p.output_stride};
        formulas.linear_s8(&p, &from, x, weights + row * p.inputs, y.expected + offset, scratch);
        offset += p.output_stride * p.outputs;
    }
    p.packed = random_chance(2) ? packed_of(&p, &constants, weights, parts, count) : NULL;
    kernels->linear_one_s8(&p, &constants, x, weights, parts, count, scratch);
}

static void linear_s8_case(const nf_kernels *kernels)
{
    nf_linear_params p = {
        .tokens = random_chance(2) ? 1 : random_range(1, 64),
        .inputs = random_chance(2) ? 4 * random_range(1, 50) : random_range(1, 200),
        .outputs = random_chance(2) ? 2 * random_range(1, 8) : random_range(1, 70),
        .output_zero_point = random_zero_point(),
    };
    const bool is_long = random_chance(10), at_end = is_long && random_chance(2);
    if (is_long) { /* more inputs than a tile adds up in one go */
        p.inputs = at_end && random_chance(2) ? random_range(250, 320) : random_range(250, 1100);
        p.inputs &= random_chance(2) ? -4 : -1;
        p.tokens = random_chance(2) ? 1 : random_range(1, 12);
        p.outputs = random_range(1, 12);
    }
    const bool is_regular = random_chance(3);
    if (is_regular) { /* whole blocks of everything, which have loops of their own */
        p.inputs = 8 << random_range(0, 4);
        p.tokens = 8 * random_range(1, 4);
        p.outputs = 4 * random_range(1, 8);
    }
    const bool is_wide = !is_long && random_chance(8);
    if (is_wide) { /* rows of outputs whose offsets take more than a byte */
        p.outputs = random_range(80, 140);
    }
    const bool transposed = random_chance(3);
    p.input_stride = p.inputs + (is_regular ? 0 : random_chance(3) * random_range(0, 5));
    p.token_stride = transposed ? 1 : p.outputs + random_chance(3) * random_range(0, 5);
    p.output_stride = transposed ? p.tokens + random_chance(3) * random_range(0, 5) : 1;
    random_clamp(&p.low, &p.high);
    const int8_t *x = at_end ? random_end(p.tokens * p.input_stride) : random_bytes(p.tokens * p.input_stride);
    const nf_scratch scratch = scratch_for(p.inputs, p.tokens);
    const outputs y = random_outputs();
    if (random_chance(3)) { /* other weights have met the same input before */
        const nf_channel_constants others = random_constants(p.outputs, 1 << 30);
        kernels->linear_s8(&p, &others, x, random_bytes(p.outputs * p.inputs), y.tested, scratch);
        p.same_input = 1;
    }
    const nf_channel_constants constants = random_constants(p.outputs, 1 << 30);
    const int8_t *weights = at_end ? random_end(p.outputs * p.inputs) : random_bytes(p.outputs * p.inputs);
    kernels->linear_s8(&p, &constants, x, weights, y.tested, scratch);
    formulas.linear_s8(&p, &constants, x, weights, y.expected, scratch);
}

static nf_conv1d_params random_convolution(int32_t max_channels)
{
    nf_conv1d_params p = {
        .channels = random_range(1, max_channels),
        .kernel = random_range(1, 9),
        .stride = random_range(1, 9),
        .output_samples = random_range(1, 40),
        .input_zero_point = random_zero_point(),
        .output_zero_point = random_zero_point(),
    };
    p.pad_left = random_range(0, p.kernel - 1);
    const int32_t least = (p.output_samples - 1) * p.stride - p.pad_left + 1;
    p.samples = (least > 1 ? least : 1) + random_range(0, p.kernel);
    random_clamp(&p.low, &p.high);
    return p;
}

static void conv1d_s8_case(const nf_kernels *kernels)
{
    nf_conv1d_params p = random_convolution(9);
    p.outputs = random_range(1, 40);
    const nf_channel_constants constants = random_constants(p.outputs, 1 << 30);
    const int8_t *x = random_bytes(p.samples * p.channels);
    const int8_t *weights = random_bytes(p.outputs * p.kernel * p.channels);
    const nf_scratch scratch = scratch_for(p.kernel * p.channels, p.output_samples);
    const outputs y = random_outputs();
    kernels->conv1d_s8(&p, &constants, x, weights, y.tested, scratch);
    formulas.conv1d_s8(&p, &constants, x, weights, y.expected, scratch);
}

static void depthwise_conv1d_s8_case(const nf_kernels *kernels)
{
    nf_conv1d_params p = random_convolution(40);
    p.outputs = p.channels;
    const nf_channel_constants constants = random_constants(p.channels, 1 << 30);
    const int8_t *x = random_bytes(p.samples * p.channels), *weights = random_bytes(p.kernel * p.channels);
    const nf_scratch scratch = random_scratch((uint32_t)random_range(0, 1000));
    const outputs y = random_outputs();
    kernels->depthwise_conv1d_s8(&p, &constants, x, weights, y.tested, scratch);
    formulas.depthwise_conv1d_s8(&p, &constants, x, weights, y.expected, scratch);
}

static void matmul_s8_case(const nf_kernels *kernels)
{
    nf_matmul_params p = {
        .rows = random_range(1, 20),
        .inner = random_range(1, 100),
        .columns = random_range(1, 80),
        .a_zero_point = random_zero_point(),
        .b_zero_point = random_zero_point(),
        .output_zero_point = random_zero_point(),
        .multiplier = random_multiplier(),
        .shift = random_shift(),
    };
    p.a_stride = p.inner + random_range(0, 3);
    p.b_stride = p.inner + random_range(0, 3);
    p.y_stride = p.columns + random_range(0, 3);
    const int8_t *a = random_bytes(p.rows * p.a_stride), *b = random_bytes(p.columns * p.b_stride);
    const nf_scratch scratch = random_scratch((uint32_t)random_range(0, 2000));
    const outputs y = random_outputs();
    kernels->matmul_s8(&p, a, b, y.tested, scratch);
    formulas.matmul_s8(&p, a, b, y.expected, scratch);
}

/* In place every other time: the input is copied to both outputs. */
static const int8_t *input_for(int8_t *y, const int8_t *x, int32_t count, bool in_place)
{
    for (int32_t i = 0; in_place && i < count; i++) {
        y[i] = x[i];
    }
    return in_place ? y : x;
}

static void softmax_s8_case(const nf_kernels *kernels)
{
    const nf_softmax_params p = {
        .rows = random_range(1, 12),
        .columns = random_chance(4) ? random_range(1, 511) : random_range(1, 80),
        .exponentials = random_exponentials(),
    };
    const int32_t count = p.rows * p.columns;
    const int8_t *x = random_bytes(count);
    const outputs y = random_outputs();
    const bool in_place = random_chance(2);
    kernels->softmax_s8(&p, input_for(y.tested, x, count, in_place), y.tested);
    formulas.softmax_s8(&p, x, y.expected);
}

static uint32_t attention_scratch(const nf_attention_params *p)
{
    const uint32_t keys = ((uint32_t)p->keys + 3) & ~3u, columns = ((uint32_t)p->head_columns + 3) & ~3u;
    const uint32_t row = ((uint32_t)p->keys + 15) & ~15u;
    switch (random_range(0, 3)) {
    case 0:
        return row;
    case 1:
        return row + (uint32_t)random_range(0, 20000);
    default:
        return row + 4 * keys * columns + 8 * keys;
    }
}

static void attend_case(const nf_kernels *kernels, bool all_heads)
{
    const bool stream = all_heads || random_chance(3);
    const bool smallest = !stream && random_chance(4), masked = !stream && !smallest && random_chance(2);
    const bool easy = !random_chance(4), usual = random_chance(2);
    const int32_t columns_of_any = random_chance(2) ? 4 * random_range(1, 16) : random_range(1, 64);
    nf_attention_params p = {
        .keys = smallest ? 16
                : usual  ? 16 * random_range(1, 4)
                         : random_range(1, 80), /* shapes that backends have ways of their own for */
        .heads = all_heads ? random_range(1, 4) : 1,
        .head_columns = smallest ? 8
                        : usual  ? 8 * random_range(1, 2)
                                 : columns_of_any,
        .before = masked ? random_range(0, 20) : 511,
        .after = masked ? random_range(0, 3) * random_range(0, 5) : 511,
        .query_zero_point = random_zero_point(),
        .key_zero_point = random_zero_point(),
        .value_zero_point = random_zero_point(),
        .score_multiplier = random_multiplier(),
        .score_shift = easy ? random_range(-14, -6) : random_shift(),
        .score_zero_point = random_zero_point(),
        .context_multiplier = random_multiplier(),
        .context_shift = easy ? random_range(-14, -6) : random_shift(),
        .output_zero_point = random_zero_point(),
        .exponentials = random_exponentials(),
    };
    const int32_t columns = p.heads * p.head_columns;
    p.queries = stream ? 1 : p.keys;
    const bool apart = random_chance(stream ? 2 : 4);
    p.key_stride = p.head_columns * (apart ? random_range(p.heads, 4) : p.heads);
    p.value_stride = apart ? p.keys + random_range(0, 9) : p.keys;
    p.output_stride = columns * random_range(1, 3);
    const int32_t unshifted = random_chance(smallest ? 2 : 4)
                                  ? random_range(1, 3)
                                  : 0; /* scores, context or both so small that they need no shift */
    if (unshifted & 1) {
        p.score_shift = 0;
        p.score_multiplier = 1 << random_range(16, 22);
    }
    if (unshifted & 2) {
        p.context_shift = 0;
        p.context_multiplier = 1 << random_range(19, 23);
    }
    const bool at_ends = unshifted == 0 && random_chance(6);
    if (at_ends) { /* some scores are beyond 16 bits, others are not */
        p.score_shift = random_range(-5, -1);
    }
    const int8_t *query = at_ends ? random_ends(p.queries, columns) : random_bytes(p.queries * columns);
    const int8_t *key = at_ends ? random_ends(p.keys, p.key_stride) : random_bytes(p.keys * p.key_stride);
    const int8_t *value = random_bytes(columns * p.value_stride);
    const outputs y = random_outputs();
    static int8_t row[512];
    for (int32_t first = 0; first < columns; first += p.head_columns) {
        formulas.attention_s8(&p, query + first, key + first, value + first * p.value_stride, y.expected + first,
                              (nf_scratch){.bytes = (uint8_t *)row, .size = sizeof row});
    }
    (all_heads ? kernels->attention_one_s8 : kernels->attention_s8)(&p, query, key, value, y.tested,
                                                                    random_scratch(attention_scratch(&p)));
}

static void attention_s8_case(const nf_kernels *kernels)
{
    attend_case(kernels, false);
}

static void attention_one_s8_case(const nf_kernels *kernels)
{
    attend_case(kernels, true);
}

static void linear_attention_s8_case(const nf_kernels *kernels)
{
    nf_linear_attention_params p = {
        .tokens = random_range(1, 40),
        .head_columns = random_range(1, 32),
        .query_zero_point = random_zero_point(),
        .key_zero_point = random_zero_point(),
        .value_zero_point = random_zero_point(),
        .multiplier = random_multiplier(),
        .shift = random_shift(),
        .output_zero_point = random_zero_point(),
        .causal = random_range(0, 1),
    };
    p.decay = p.causal * random_range(0, 12);
    p.output_stride = p.head_columns + random_range(0, 5);
    static int8_t query[40 * 32], key[40 * 32];
    static int32_t states[2][32 * 33];
    const int32_t count = p.tokens * p.head_columns;
    for (int32_t i = 0; i < count; i++) { /* behind their ReLU */
        query[i] = (int8_t)random_range(p.query_zero_point, 127);
        key[i] = (int8_t)random_range(p.key_zero_point, 127);
    }
    for (int32_t i = 0; i < p.head_columns * (p.head_columns + 1); i++) {
        states[0][i] = states[1][i] =
            i < p.head_columns * p.head_columns ? random_range(-100000, 100000) : random_range(0, 100000);
    }
    const int8_t *value = random_bytes(count);
    const outputs y = random_outputs();
    kernels->linear_attention_s8(&p, query, key, value, states[0], y.tested);
    nf_kernels_scalar.linear_attention_s8(&p, query, key, value, states[1], y.expected);
    for (int32_t i = 0; i < p.head_columns * (p.head_columns + 1); i++) {
        y.tested[BUFFER - 1] = (int8_t)(y.tested[BUFFER - 1] | (states[0][i] != states[1][i]));
    }
}

static void add_s8_case(const nf_kernels *kernels)
{
    const bool trained = !random_chance(4), half_first = random_chance(2), both = random_chance(8);
    nf_add_params p = {
        .count = random_range(1, 400),
        .zero_point_1 = random_zero_point(),
        .multiplier_1 = trained && (half_first || both) ? 1 << 30 : random_multiplier(),
        .shift_1 = trained && (half_first || both) ? 0 : random_range(-6, -1),
        .zero_point_2 = random_zero_point(),
        .multiplier_2 = trained && (!half_first || both) ? 1 << 30 : random_multiplier(),
        .shift_2 = trained && (!half_first || both) ? 0 : random_range(-31, -1),
        .zero_point = random_zero_point(),
        .multiplier = random_multiplier(),
        .shift = random_chance(3) ? random_range(-22, -16) : random_shift(),
    };
    random_clamp(&p.low, &p.high);
    const int8_t *x1 = random_bytes(p.count), *x2 = random_bytes(p.count);
    const outputs y = random_outputs();
    const int32_t in_place = random_range(0, 2); /* 0 neither */
    formulas.add_s8(&p, x1, x2, y.expected);
    x1 = input_for(y.tested, x1, p.count, in_place == 1);
    x2 = input_for(y.tested, x2, p.count, in_place == 2);
    kernels->add_s8(&p, x1, x2, y.tested);
}

static void mean_s8_case(const nf_kernels *kernels)
{
    const nf_mean_params p = {
        .rows = random_chance(4) ? random_range(250, 400) : random_range(1, 64),
        .columns = random_chance(2) ? 4 * random_range(1, 10) : random_range(1, 40),
        .input_zero_point = random_zero_point(),
        .output_zero_point = random_zero_point(),
        .multiplier = random_multiplier(),
        .shift = random_shift(),
    };
    const int8_t *x = random_bytes(p.rows * p.columns);
    const outputs y = random_outputs();
    kernels->mean_s8(&p, x, y.tested);
    formulas.mean_s8(&p, x, y.expected);
}

static void lookup_s8_case(const nf_kernels *kernels)
{
    const int32_t count = random_range(1, 400);
    const int8_t *table = random_bytes(256), *x = random_bytes(count);
    const outputs y = random_outputs();
    const bool in_place = random_chance(2);
    kernels->lookup_s8(count, table, input_for(y.tested, x, count, in_place), y.tested);
    formulas.lookup_s8(count, table, x, y.expected);
}

static void layer_norm_s8_case(const nf_kernels *kernels)
{
    nf_layer_norm_params p = {
        .rows = random_range(1, 8),
        .columns = random_chance(4) ? random_range(2, 1024) : random_range(2, 70),
        .epsilon = random_chance(2) ? 1 : (uint32_t)random_range(1, INT32_MAX),
        .output_zero_point = random_zero_point(),
    };
    random_clamp(&p.low, &p.high);
    static int32_t bias[1024], multiplier[1024], shift[1024];
    const nf_channel_constants constants = {.bias = bias, .multiplier = multiplier, .shift = shift};
    for (int32_t i = 0; i < p.columns; i++) {
        bias[i] = random_range(-(1 << 30), 1 << 30) >> random_range(0, 20);
        multiplier[i] = random_multiplier();
        shift[i] = random_shift();
    }
    const int32_t count = p.rows * p.columns;
    const int8_t *x = random_bytes(count), *gamma = random_bytes(p.columns);
    const outputs y = random_outputs();
    const bool in_place = random_chance(2);
    kernels->layer_norm_s8(&p, &constants, input_for(y.tested, x, count, in_place), gamma, y.tested);
    formulas.layer_norm_s8(&p, &constants, x, gamma, y.expected);
}

static void weighted_mean_s8_case(const nf_kernels *kernels)
{
    const nf_weighted_mean_params p = {
        .rows = random_range(1, 200),
        .columns = random_range(1, 40),
        .input_zero_point = random_zero_point(),
        .output_zero_point = random_zero_point(),
        .multiplier = random_multiplier(),
        .shift = random_shift(),
    };
    const int8_t *weights = random_bytes(p.rows), *x = random_bytes(p.rows * p.columns);
    const outputs y = random_outputs();
    kernels->weighted_mean_s8(&p, weights, x, y.tested);
    formulas.weighted_mean_s8(&p, weights, x, y.expected);
}

static void rescale_s8_case(const nf_kernels *kernels)
{
    nf_rescale_params p = {
        .rows = random_range(1, 20),
        .columns = random_range(1, 40),
        .input_zero_point = random_zero_point(),
        .output_zero_point = random_zero_point(),
        .multiplier = random_multiplier(),
        .shift = random_shift(),
    };
    p.output_stride = p.columns + random_range(0, 40);
    const int8_t *x = random_bytes(p.rows * p.columns);
    const outputs y = random_outputs();
    kernels->rescale_s8(&p, x, y.tested);
    formulas.rescale_s8(&p, x, y.expected);
}

static void distance_s8_case(const nf_kernels *kernels)
{
    nf_distance_params p = {
        .rows = random_range(1, 40),
        .columns = random_range(1, 12),
        .norm = random_range(1, 2),
        .zero_point_1 = random_zero_point(),
        .multiplier_1 = random_multiplier(),
        .shift_1 = random_range(-8, 1),
        .zero_point_2 = random_zero_point(),
        .multiplier_2 = random_multiplier(),
        .shift_2 = random_range(-8, 1),
        .bits = random_chance(4) ? random_range(0, 40) : random_range(0, 16),
        .zero_point = random_zero_point(),
        .multiplier = random_multiplier(),
        .shift = random_shift(),
    };
    p.outputs = random_chance(2) ? 1 : p.columns;
    const int8_t *x1 = random_bytes(p.rows * p.columns), *x2 = random_bytes(p.rows * p.columns);
    const outputs y = random_outputs();
    kernels->distance_s8(&p, x1, x2, y.tested);
    nf_kernels_scalar.distance_s8(&p, x1, x2, y.expected);
}

/* Every kernel there is: one without a case does not compile. */
#define KERNEL_CASE(kernel, ...) {#kernel, offsetof(nf_kernels, kernel), kernel##_case},
static const struct {
    const char *name;
    size_t entry;
    run_case *run;
} tests[] = {NF_KERNELS(KERNEL_CASE, KERNEL_CASE)};

/* The entries are all function pointers; some may be null. */
static bool has_kernel(const nf_kernels *kernels, size_t entry)
{
    return *(void (*const *)(void))(const void *)((const char *)kernels + entry) != NULL;
}

static void test_kernel(const nf_kernels *kernels, const char *name, run_case *run)
{
    for (uint32_t seed = 1; seed <= CASES; seed++) {
        random_start(seed);
        random_scratch(0);
        run(kernels);
        if (!TEST_CHECK(outputs_agree() && scratch_is_whole())) {
            test_write(kernels->name);
            test_write(" ");
            test_report_number(name, (int32_t)seed);
            return;
        }
    }
}

/* Exponentials that, beside one of 1, have a share half-way between two only after the first of its two roundings. */
static void test_softmax_ties(const nf_kernels *kernels)
{
    static const int32_t ties[] = {21178320, 368561400, 679023958, 985027623, 1299260559, 1605115821};
    static const int8_t x[] = {1, 0};
    static int32_t exponentials[256] = {INT32_MAX};
    const nf_softmax_params p = {.rows = 1, .columns = 2, .exponentials = exponentials};

    for (size_t i = 0; i < sizeof ties / sizeof ties[0]; i++) {
        random_start((uint32_t)i + 1);
        const outputs y = random_outputs();
        exponentials[1] = ties[i];
        kernels->softmax_s8(&p, x, y.tested);
        formulas.softmax_s8(&p, x, y.expected);
        TEST_CHECK(outputs_agree());
    }
}

int main(void)
{
    for (const nf_kernels *const *kernels = nf_kernels_built; *kernels != NULL; kernels++) {
        test_softmax_ties(*kernels);
        for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) {
            if (has_kernel(*kernels, tests[i].entry)) {
                test_kernel(*kernels, tests[i].name, tests[i].run);
            }
        }
    }
    return test_report_result();
}
