#include "../fixed_point.h"
#include "scalar.h"

#define FRACTION_BITS 8

/* One term: the distance of two values in the larger of their scales, 8 bits of fraction each. */
static uint64_t distance(const nf_distance_params *params, int8_t x1, int8_t x2)
{
    const int32_t a =
        nf_requantize((x1 - params->zero_point_1) * (1 << FRACTION_BITS), params->multiplier_1, params->shift_1);
    const int32_t b =
        nf_requantize((x2 - params->zero_point_2) * (1 << FRACTION_BITS), params->multiplier_2, params->shift_2);
    const int64_t difference = (int64_t)a - b;

    if (params->norm == 2) {
        return (uint64_t)(difference * difference);
    }
    return (uint64_t)(difference < 0 ? -difference : difference);
}

static int8_t requantized(const nf_distance_params *params, uint64_t sum)
{
    const uint64_t mean = (sum + ((1ull << params->bits) >> 1)) >> params->bits;
    const int32_t limited = mean > INT32_MAX ? INT32_MAX : (int32_t)mean;
    return nf_store(nf_requantize(limited, params->multiplier, params->shift), params->zero_point, -128, 127);
}

void nf_scalar_distance_s8(const nf_distance_params *params, const int8_t *x1, const int8_t *x2, int8_t *y)
{
    const int32_t columns = params->columns;
    uint64_t total = 0;

    for (int32_t c = 0; c < columns; c++) {
        uint64_t sum = 0;
        for (int32_t i = c; i < params->rows * columns; i += columns) {
            sum += distance(params, x1[i], x2[i]);
        }
        if (params->outputs == columns) {
            y[c] = requantized(params, sum);
        }
        total += sum;
    }
    if (params->outputs != columns) {
        y[0] = requantized(params, total);
    }
}
