#include "linear_one.h"

#include "linear.h"
#include "scalar/scalar.h"

static nf_linear_params params_of(const nf_linear_params *params, const nf_linear_part *part)
{
    nf_linear_params of_part = *params;
    of_part.output_zero_point = part->output_zero_point;
    of_part.output_stride = part->output_stride;
    return of_part;
}

void nf_dsp_linear_each(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                        const int8_t *weights, const nf_linear_part *parts, int32_t count, nf_scratch scratch)
{
    const int32_t outputs = params->outputs;
    nf_channel_constants of_part = *constants;

    for (int32_t i = 0; i < count; i++) {
        const nf_linear_params part = params_of(params, &parts[i]);
        nf_scalar_linear_s8(&part, &of_part, x, weights, parts[i].y, scratch);
        of_part.bias += outputs;
        of_part.multiplier += outputs;
        of_part.shift += outputs;
        weights += outputs * params->inputs;
    }
}

void nf_dsp_clamp_parts(const nf_linear_params *params, const nf_linear_part *parts, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        const nf_linear_params part = params_of(params, &parts[i]);
        nf_dsp_linear_clamp(&part, parts[i].y);
    }
}
