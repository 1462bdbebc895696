#include "../convolution.h"
#include "dsp.h"

void nf_dsp_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                      const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    nf_convolve_by(nf_dsp_linear_s8, params, constants, x, weights, y, scratch);
}
