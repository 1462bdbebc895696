/* Kernels that hand their work to CMSIS-NN, and to the scalar kernels what its interface cannot express (README.md). */
#ifndef NANOFORMER_KERNELS_CMSIS_NN_H
#define NANOFORMER_KERNELS_CMSIS_NN_H

#include "nanoformer/kernels.h"

nf_linear_s8_kernel nf_cmsis_nn_linear_s8;
nf_conv1d_s8_kernel nf_cmsis_nn_conv1d_s8;
nf_depthwise_conv1d_s8_kernel nf_cmsis_nn_depthwise_conv1d_s8;
nf_matmul_s8_kernel nf_cmsis_nn_matmul_s8;
nf_add_s8_kernel nf_cmsis_nn_add_s8;

#endif
