/* The portable kernels, for tables that take some of them over. */
#ifndef NANOFORMER_KERNELS_SCALAR_H
#define NANOFORMER_KERNELS_SCALAR_H

#include "nanoformer/kernels.h"

void nf_scalar_quantize_s16(const nf_quantize_params *params, const nf_channel_constants *constants, const int16_t *x,
                            int8_t *y);
void nf_scalar_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                         const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_scalar_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                         const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_scalar_depthwise_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants,
                                   const int8_t *x, const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_scalar_matmul_s8(const nf_matmul_params *params, const int8_t *a, const int8_t *b, int8_t *y,
                         nf_scratch scratch);
void nf_scalar_softmax_s8(const nf_softmax_params *params, const int8_t *x, int8_t *y);
void nf_scalar_linear_attention_s8(const nf_linear_attention_params *params, const int8_t *query, const int8_t *key,
                                   const int8_t *value, int32_t *state, int8_t *y);
void nf_scalar_add_s8(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y);
void nf_scalar_mean_s8(const nf_mean_params *params, const int8_t *x, int8_t *y);
void nf_scalar_lookup_s8(int32_t count, const int8_t *table, const int8_t *x, int8_t *y);
void nf_scalar_layer_norm_s8(const nf_layer_norm_params *params, const nf_channel_constants *constants, const int8_t *x,
                             const int8_t *gamma, int8_t *y);
void nf_scalar_weighted_mean_s8(const nf_weighted_mean_params *params, const int8_t *weights, const int8_t *x,
                                int8_t *y);
void nf_scalar_rescale_s8(const nf_rescale_params *params, const int8_t *x, int8_t *y);
void nf_scalar_distance_s8(const nf_distance_params *params, const int8_t *x1, const int8_t *x2, int8_t *y);

#endif
