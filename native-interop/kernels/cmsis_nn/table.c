#include "../scalar/scalar.h"
#include "cmsis_nn.h"

/* Attention is composed of the matmul and the softmax, which looks exponentials up where CMSIS-NN computes each of them twice. */
const nf_kernels nf_kernels_cmsis_nn = {
    .name = "cmsis_nn",
    .kinds = nf_all_kinds,
    .step_kinds = nf_all_step_kinds,
    .quantize_s16 = nf_scalar_quantize_s16,
    .linear_s8 = nf_cmsis_nn_linear_s8,
    .conv1d_s8 = nf_cmsis_nn_conv1d_s8,
    .depthwise_conv1d_s8 = nf_cmsis_nn_depthwise_conv1d_s8,
    .matmul_s8 = nf_cmsis_nn_matmul_s8,
    .softmax_s8 = nf_scalar_softmax_s8,
    .linear_attention_s8 = nf_scalar_linear_attention_s8,
    .add_s8 = nf_cmsis_nn_add_s8,
    .mean_s8 = nf_scalar_mean_s8,
    .lookup_s8 = nf_scalar_lookup_s8,
    .layer_norm_s8 = nf_scalar_layer_norm_s8,
    .weighted_mean_s8 = nf_scalar_weighted_mean_s8,
    .rescale_s8 = nf_scalar_rescale_s8,
    .distance_s8 = nf_scalar_distance_s8,
};
