/* The Helium kernels: Armv8.1-M with the integer vector extension. */
#ifndef NANOFORMER_KERNELS_MVE_H
#define NANOFORMER_KERNELS_MVE_H

#include "nanoformer/kernels.h"

void nf_mve_quantize_s16(const nf_quantize_params *params, const nf_channel_constants *constants, const int16_t *x,
                         int8_t *y);
void nf_mve_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                      const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_mve_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                      const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_mve_attention_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key, const int8_t *value,
                         int8_t *y, nf_scratch scratch);
void nf_mve_add_s8(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y);
void nf_mve_mean_s8(const nf_mean_params *params, const int8_t *x, int8_t *y);

#endif
