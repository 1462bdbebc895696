/* Attention is composed of the matmul and the softmax, which looks exponentials up where CMSIS-NN computes each of them twice. */
#define NF_COMPOSED_ATTENTION 1
#include "../table.h"
#include "cmsis_nn.h"

const nf_kernels NF_TABLE_OF(cmsis_nn) = {
    NF_SCALAR_TABLE(cmsis_nn),   NF_OWN(cmsis_nn, linear_s8),
    NF_OWN(cmsis_nn, conv1d_s8), NF_OWN(cmsis_nn, depthwise_conv1d_s8),
    NF_OWN(cmsis_nn, matmul_s8), NF_OWN(cmsis_nn, add_s8),
};
