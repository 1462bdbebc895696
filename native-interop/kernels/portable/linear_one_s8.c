/* Linear layers of a single token: four rows of weights at a time, for which each value of the token is loaded once. */
#include "../fixed_point.h"
#include "../scalar/scalar.h"
#include "portable.h"
#include "tile.h"

#define ROWS 4

/* The token times ROWS rows. */
static inline void dot_rows(const int8_t *x, const int8_t *w0, int32_t inputs, int32_t sums[ROWS])
{
    const int8_t *const end = x + inputs, *w1 = w0 + inputs, *w2 = w1 + inputs, *w3 = w2 + inputs;
    int32_t sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;

#if defined(__riscv) /* what the registers hold */
#pragma GCC unroll 4
#elif defined(__XTENSA__)
#pragma GCC unroll 1
#else
#pragma GCC unroll 2
#endif
    while (x != end) {
        const int32_t value = *x++;
        sum0 += value * *w0++;
        sum1 += value * *w1++;
        sum2 += value * *w2++;
        sum3 += value * *w3++;
    }
    sums[0] = sum0;
    sums[1] = sum1;
    sums[2] = sum2;
    sums[3] = sum3;
}

/* The last rows overlap those before when they are fewer. */
static inline void multiply_part(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                                 const int8_t *weights, const nf_linear_part *part)
{
    for (int32_t n = 0; n < params->outputs; n += ROWS) {
        const int32_t first = nf_tile_first(n, ROWS, params->outputs);
        int32_t sums[ROWS];
        dot_rows(x, weights + first * params->inputs, params->inputs, sums);
        for (int32_t row = 0; row < ROWS; row++) {
            const int32_t output = first + row, sum = constants->bias[output] + sums[row];
            const int32_t scaled = nf_requantize(sum, constants->multiplier[output], constants->shift[output]);
            part->y[output * part->output_stride] =
                nf_store(scaled, part->output_zero_point, params->low, params->high);
        }
    }
}

void nf_portable_linear_one_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                               const int8_t *weights, const nf_linear_part *parts, int32_t count, nf_scratch scratch)
{
    const int32_t outputs = params->outputs;
    nf_channel_constants of_part = *constants;

    for (const nf_linear_part *part = parts; part != parts + count; part++, weights += outputs * params->inputs) {
        if (outputs >= ROWS) {
            multiply_part(params, &of_part, x, weights, part);
        } else {
            nf_linear_params few = *params;
            few.output_zero_point = part->output_zero_point;
            few.output_stride = part->output_stride;
            nf_scalar_linear_s8(&few, &of_part, x, weights, part->y, scratch);
        }
        of_part.bias += outputs;
        of_part.multiplier += outputs;
        of_part.shift += outputs;
    }
}
