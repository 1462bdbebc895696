/* What a linear layer of many tokens and of one share. */
#ifndef NANOFORMER_KERNELS_DSP_LINEAR_H
#define NANOFORMER_KERNELS_DSP_LINEAR_H

#include "dsp.h"

/* What the fast ways do not cover: `outputs` outputs from the output `from` on. */
void nf_dsp_linear_portably(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                            const int8_t *weights, int8_t *y, int32_t from, int32_t outputs);

/* The fast ways store -128..127. */
void nf_dsp_linear_clamp(const nf_linear_params *params, int8_t *y);

#endif
