/* What linear_one.S leaves to C. */
#ifndef NANOFORMER_KERNELS_DSP_LINEAR_ONE_H
#define NANOFORMER_KERNELS_DSP_LINEAR_ONE_H

#include "nanoformer/kernels.h"

/* Part by part, the portable way. */
nf_linear_one_s8_kernel nf_dsp_linear_each;

void nf_dsp_clamp_parts(const nf_linear_params *params, const nf_linear_part *parts, int32_t count);

#endif
