/* Blocked C for 32-bit cores that have no kernels of their own. */
#ifndef NANOFORMER_KERNELS_PORTABLE_H
#define NANOFORMER_KERNELS_PORTABLE_H

#include "nanoformer/kernels.h"

void nf_portable_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                           const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_portable_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                           const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_portable_attention_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key,
                              const int8_t *value, int8_t *y, nf_scratch scratch);
void nf_portable_softmax_s8(const nf_softmax_params *params, const int8_t *x, int8_t *y);
void nf_portable_add_s8(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y);

#endif
