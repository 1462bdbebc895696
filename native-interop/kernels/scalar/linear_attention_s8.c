#include "../fixed_point.h"
#include "scalar.h"

/* Rounding division by 2^n, halves away from zero. */
static int32_t round_shift(int32_t x, int32_t n)
{
    const int32_t y = x + (x >> 31);
    return (y >> n) + ((y >> (n - 1)) & 1);
}

static void forget(const nf_linear_attention_params *params, int32_t *state)
{
    const int32_t columns = params->head_columns;
    for (int32_t i = 0; params->decay > 0 && i < columns * (columns + 1); i++) {
        state[i] -= round_shift(state[i], params->decay);
    }
}

static void take_in(const nf_linear_attention_params *params, const int8_t *key, const int8_t *value, int32_t *state)
{
    const int32_t columns = params->head_columns;
    int32_t *totals = state + columns * columns;

    forget(params, state);
    for (int32_t a = 0; a < columns; a++) {
        const int32_t feature = key[a] - params->key_zero_point;
        for (int32_t b = 0; b < columns; b++) {
            state[a * columns + b] += feature * (value[b] - params->value_zero_point);
        }
        totals[a] += feature;
    }
}

/* Sum of a query's features times the state's numbers `stride` apart. */
static int64_t project(const nf_linear_attention_params *params, const int8_t *query, const int32_t *state,
                       int32_t stride)
{
    int64_t sum = 0;
    for (int32_t a = 0; a < params->head_columns; a++) {
        sum += (int64_t)(query[a] - params->query_zero_point) * state[a * stride];
    }
    return sum;
}

/* 1 / total as reciprocal * 2^-(31 + exponent). */
typedef struct inverse {
    int32_t reciprocal, exponent;
} inverse;

static inverse invert(uint64_t total)
{
    int32_t exponent = -15;
    while (exponent < 0 ? (total << -exponent) >> 16 != 0 : total >> exponent >> 16 != 0) {
        exponent++;
    }
    const uint32_t mantissa = (uint32_t)(exponent >= 0 ? total >> exponent : total << -exponent);
    return (inverse){.reciprocal = (int32_t)(0x80000000u / mantissa), .exponent = exponent};
}

static void answer(const nf_linear_attention_params *params, const int8_t *query, const int32_t *state, int8_t *y)
{
    const int32_t columns = params->head_columns;
    const int64_t total = project(params, query, state + columns * columns, 1);
    const inverse by = total == 0 ? (inverse){.exponent = 0} : invert((uint64_t)total);

    for (int32_t b = 0; b < columns; b++) {
        const int64_t product = project(params, query, state + b, columns) * by.reciprocal;
        const int32_t ratio = (int32_t)((product + ((int64_t)1 << (18 + by.exponent))) >> (19 + by.exponent));
        y[b] = nf_store(nf_requantize(ratio, params->multiplier, params->shift), params->output_zero_point, -128, 127);
    }
}

void nf_scalar_linear_attention_s8(const nf_linear_attention_params *params, const int8_t *query, const int8_t *key,
                                   const int8_t *value, int32_t *state, int8_t *y)
{
    const int32_t columns = params->head_columns;

    for (int32_t t = 0; t < params->tokens; t++) {
        take_in(params, key + t * columns, value + t * columns, state);
        if (params->causal) {
            answer(params, query + t * columns, state, y + t * params->output_stride);
        }
    }
    for (int32_t t = 0; !params->causal && t < params->tokens; t++) {
        answer(params, query + t * columns, state, y + t * params->output_stride);
    }
}
