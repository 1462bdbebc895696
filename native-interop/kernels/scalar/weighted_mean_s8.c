#include "../fixed_point.h"
#include "scalar.h"

void nf_scalar_weighted_mean_s8(const nf_weighted_mean_params *params, const int8_t *weights, const int8_t *x,
                                int8_t *y)
{
    for (int32_t c = 0; c < params->columns; c++) {
        int32_t sum = 0;
        for (int32_t r = 0; r < params->rows; r++) {
            sum += (weights[r] + 128) * (x[r * params->columns + c] - params->input_zero_point);
        }
        y[c] = nf_store(nf_requantize(sum, params->multiplier, params->shift), params->output_zero_point, -128, 127);
    }
}
