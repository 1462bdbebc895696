#include "../fixed_point.h"
#include "scalar.h"

void nf_scalar_quantize_s16(const nf_quantize_params *params, const nf_channel_constants *constants, const int16_t *x,
                            int8_t *y)
{
    x += (params->step - 1) * params->input_columns + params->first;
    for (int32_t row = 0; row < params->rows; row++, x += params->step * params->input_columns) {
        for (int32_t c = 0; c < params->columns; c++) {
            const int32_t value = x[c] - constants->bias[c];
            const int32_t scaled = nf_requantize(value, constants->multiplier[c], constants->shift[c]);
            *y++ = nf_store(scaled, params->zero_point, -128, 127);
        }
    }
}
