/* Kernels that hand their work to CMSIS-NN, and to the scalar kernels what its interface cannot express (README.md). */
#ifndef NANOFORMER_KERNELS_CMSIS_NN_H
#define NANOFORMER_KERNELS_CMSIS_NN_H

#include "nanoformer/kernels.h"

void nf_cmsis_nn_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                           const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_cmsis_nn_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                           const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_cmsis_nn_depthwise_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants,
                                     const int8_t *x, const int8_t *weights, int8_t *y, nf_scratch scratch);
void nf_cmsis_nn_matmul_s8(const nf_matmul_params *params, const int8_t *a, const int8_t *b, int8_t *y,
                           nf_scratch scratch);
void nf_cmsis_nn_add_s8(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y);

#endif
