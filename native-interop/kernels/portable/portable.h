/* Blocked C for 32-bit cores that have no kernels of their own. */
#ifndef NANOFORMER_KERNELS_PORTABLE_H
#define NANOFORMER_KERNELS_PORTABLE_H

#include "nanoformer/kernels.h"

nf_linear_s8_kernel nf_portable_linear_s8;
nf_linear_one_s8_kernel nf_portable_linear_one_s8;
nf_conv1d_s8_kernel nf_portable_conv1d_s8;
nf_attention_s8_kernel nf_portable_attention_s8;
nf_softmax_s8_kernel nf_portable_softmax_s8;
nf_add_s8_kernel nf_portable_add_s8;

/* One row; x and y may be the same. */
void nf_portable_softmax_row(int32_t columns, const int32_t *exponentials, const int8_t *x, int8_t *y);

#endif
