/* Kernels for RISC-V RV32IM. */
#ifndef NANOFORMER_KERNELS_RV32_H
#define NANOFORMER_KERNELS_RV32_H

#include "portable/portable.h"

void nf_rv32_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                       const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_rv32_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                       const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_rv32_attention_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key,
                          const int8_t *value, int8_t *y, nf_scratch scratch);

#endif
