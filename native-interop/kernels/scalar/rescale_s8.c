#include "../fixed_point.h"
#include "scalar.h"

void nf_scalar_rescale_s8(const nf_rescale_params *params, const int8_t *x, int8_t *y)
{
    for (int32_t row = 0; row < params->rows; row++, x += params->columns, y += params->output_stride) {
        for (int32_t c = 0; c < params->columns; c++) {
            const int32_t scaled = nf_requantize(x[c] - params->input_zero_point, params->multiplier, params->shift);
            y[c] = nf_store(scaled, params->output_zero_point, -128, 127);
        }
    }
}
