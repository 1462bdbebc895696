#include "../fixed_point.h"
#include "scalar.h"

/* floor(sqrt(x)), a bit at a time. */
static uint32_t square_root(uint32_t x)
{
    uint32_t root = 0;
    for (uint32_t bit = 1u << 30; bit != 0; bit >>= 2) {
        if (x >= root + bit) {
            x -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return root;
}

/* 1 / sqrt(variance) as reciprocal * 2^-(31 + half_exponent). */
typedef struct inverse_deviation {
    int32_t reciprocal, half_exponent;
} inverse_deviation;

static inverse_deviation invert(uint64_t variance)
{
    int32_t k = -15;
    while (k < 0 ? (variance >> (2 * k + 32)) != 0 : (variance >> 32 >> 2 * k) != 0) {
        k++;
    }
    const uint32_t mantissa = (uint32_t)(k >= 0 ? variance >> 2 * k : variance << -2 * k);
    return (inverse_deviation){.reciprocal = (int32_t)(0x80000000u / square_root(mantissa)), .half_exponent = k};
}

static void normalize_row(const nf_layer_norm_params *params, const nf_channel_constants *constants, const int8_t *x,
                          const int8_t *gamma, int8_t *y)
{
    const int32_t columns = params->columns;
    uint64_t variance = params->epsilon;
    int32_t sum = 0;

    for (int32_t c = 0; c < columns; c++) {
        sum += x[c];
    }
    for (int32_t c = 0; c < columns; c++) {
        const int64_t deviation = columns * x[c] - sum;
        variance += (uint64_t)(deviation * deviation);
    }

    const inverse_deviation inverse = invert(variance);
    const int32_t shift = inverse.half_exponent + 16;
    for (int32_t c = 0; c < columns; c++) {
        const int64_t product = (int64_t)(columns * x[c] - sum) * inverse.reciprocal;
        const int32_t normalized = (int32_t)((product + ((int64_t)1 << (shift - 1))) >> shift);
        const int32_t scaled =
            nf_requantize(constants->bias[c] + normalized * gamma[c], constants->multiplier[c], constants->shift[c]);
        y[c] = nf_store(scaled, params->output_zero_point, params->low, params->high);
    }
}

void nf_scalar_layer_norm_s8(const nf_layer_norm_params *params, const nf_channel_constants *constants, const int8_t *x,
                             const int8_t *gamma, int8_t *y)
{
    for (int32_t row = 0; row < params->rows; row++) {
        normalize_row(params, constants, x + row * params->columns, gamma, y + row * params->columns);
    }
}
