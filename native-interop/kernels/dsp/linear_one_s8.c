#include "linear.h"

/* One token, straight from the int8 weights. */
void nf_dsp_linear_one_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                          const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    const int32_t inputs = params->inputs, paired = params->outputs & ~1;
    nf_dsp_vector_linear job;
    if ((((uintptr_t)weights | (uint32_t)inputs) & 3u) != 0 || paired == 0 || scratch.size < 2u * (uint32_t)inputs) {
        nf_dsp_linear_s8(params, constants, x, weights, y, scratch);
        return;
    }

    nf_dsp_widen_vector((int16_t *)(void *)scratch.bytes, x, inputs, 0);
    job.output_stride = params->output_stride;
    job.zero_point = params->output_zero_point;
    job.weights_end = weights + paired * inputs;
    job.columns = inputs;
    job.x = (int16_t *)(void *)scratch.bytes;
    for (int32_t output = 0; output < paired; output += 2) {
        job.bias = constants->bias + output;
        job.multiplier = constants->multiplier + output;
        job.shift = constants->shift + output;
        job.y = y + output * params->output_stride;
        job.weights = weights + output * inputs;
        const int8_t *stopped = nf_dsp_vector_linear_run(&job);
        if (stopped == job.weights_end) {
            break;
        }
        output = (stopped - weights) / inputs;
        nf_dsp_linear_portably(params, constants, x, weights, y, output, 2);
    }
    if (paired < params->outputs) {
        nf_dsp_linear_portably(params, constants, x, weights, y, paired, 1);
    }
    if (params->low > -128 || params->high < 127) {
        nf_dsp_linear_clamp(params, y);
    }
}
