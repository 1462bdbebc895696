/* The Helium kernels: Armv8.1-M with the integer vector extension. */
#ifndef NANOFORMER_KERNELS_MVE_H
#define NANOFORMER_KERNELS_MVE_H

#include "nanoformer/kernels.h"

nf_quantize_s16_kernel nf_mve_quantize_s16;
nf_linear_s8_kernel nf_mve_linear_s8;
nf_conv1d_s8_kernel nf_mve_conv1d_s8;
nf_depthwise_conv1d_s8_kernel nf_mve_depthwise_conv1d_s8;
nf_attention_s8_kernel nf_mve_attention_s8;
nf_add_s8_kernel nf_mve_add_s8;
nf_mean_s8_kernel nf_mve_mean_s8;

#endif
