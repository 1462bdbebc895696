#include "../fixed_point.h"
#include "dot.h"
#include "scalar.h"

/* sum (a - za)(b - zb) = sum (a - za) b - zb sum (a - za), and the last sum is the same for every column. With K <= 32768
 * both parts stay within 2^30. */
static int32_t centred_sum(const int8_t *a, int32_t zero_point, int32_t count)
{
    int32_t sum = -zero_point * count;
    for (int32_t i = 0; i < count; i++) {
        sum += a[i];
    }
    return sum;
}

void nf_scalar_matmul_s8(const nf_matmul_params *params, const int8_t *a, const int8_t *b, int8_t *restrict y,
                         nf_scratch scratch)
{
    const int32_t inner = params->inner, columns = params->columns;
    int32_t sums[NF_DOT_BLOCK];
    (void)scratch;

    for (int32_t r = 0; r < params->rows; r++, a += params->a_stride, y += params->y_stride) {
        const int32_t correction = params->b_zero_point * centred_sum(a, params->a_zero_point, inner);

        for (int32_t n = 0; n < columns;) {
            const int32_t done = nf_dot_rows_s8(a, params->a_zero_point, b + n * params->b_stride, params->b_stride,
                                                inner, columns - n, sums);

            for (int32_t i = 0; i < done; i++, n++) {
                const int32_t scaled = nf_requantize(sums[i] - correction, params->multiplier, params->shift);
                y[n] = nf_store(scaled, params->output_zero_point, -128, 127);
            }
        }
    }
}
