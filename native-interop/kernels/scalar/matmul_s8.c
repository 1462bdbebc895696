#include "../contract.h"
#include "../fixed_point.h"

void nf_matmul_s8(const nf_matmul_params *params, const int8_t *a, const int8_t *b, int8_t *y)
{
    for (int32_t r = 0; r < params->rows; r++) {
        for (int32_t n = 0; n < params->columns; n++) {
            const int8_t *left = a + r * params->inner;
            const int8_t *right = b + n * params->inner;
            int32_t acc = 0;
            for (int32_t k = 0; k < params->inner; k++) {
                acc += (left[k] - params->a_zero_point) * (right[k] - params->b_zero_point);
            }
            const int32_t scaled = nf_requantize(acc, params->multiplier, params->shift);
            *y++ = nf_store(scaled, params->output_zero_point, -128, 127);
        }
    }
}
