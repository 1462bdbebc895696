/* Kernels for Xtensa cores with MAC16: ESP32, ESP32-S3. */
#ifndef NANOFORMER_KERNELS_XTENSA_H
#define NANOFORMER_KERNELS_XTENSA_H

#include "portable/portable.h"

void nf_xtensa_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                         const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_xtensa_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                         const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_xtensa_attention_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key,
                            const int8_t *value, int8_t *y, nf_scratch scratch);
void nf_xtensa_add_s8(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y);

#endif
