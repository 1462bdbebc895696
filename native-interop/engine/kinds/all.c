#include "../image.h"

const nf_kind *const nf_all_kinds[NF_KINDS] = {
    [NF_QUANTIZE] = &nf_kind_quantize,
    [NF_CONV1D] = &nf_kind_conv1d,
    [NF_LINEAR] = &nf_kind_linear,
    [NF_ATTENTION] = &nf_kind_attention,
    [NF_ADD] = &nf_kind_add,
    [NF_MEAN] = &nf_kind_mean,
    [NF_SOFTMAX] = &nf_kind_softmax,
    [NF_DEPTHWISE_CONV1D] = &nf_kind_depthwise_conv1d,
    [NF_LOOKUP] = &nf_kind_lookup,
    [NF_LAYER_NORM] = &nf_kind_layer_norm,
    [NF_LINEAR_ATTENTION] = &nf_kind_linear_attention,
    [NF_LAST] = &nf_kind_last,
    [NF_ATTENTION_POOL] = &nf_kind_attention_pool,
    [NF_CONCAT] = &nf_kind_concat,
    [NF_DISTANCE] = &nf_kind_distance,
};

const nf_kind *const nf_all_step_kinds[NF_KINDS] = {
    [NF_QUANTIZE] = &nf_kind_quantize,
    [NF_CONV1D] = &nf_kind_conv1d_step,
    [NF_LINEAR] = &nf_kind_linear,
    [NF_ATTENTION] = &nf_kind_attention_step,
    [NF_ADD] = &nf_kind_add,
    [NF_MEAN] = &nf_kind_mean_step,
    [NF_SOFTMAX] = &nf_kind_softmax,
    [NF_DEPTHWISE_CONV1D] = &nf_kind_depthwise_conv1d_step,
    [NF_LOOKUP] = &nf_kind_lookup,
    [NF_LAYER_NORM] = &nf_kind_layer_norm,
    [NF_LINEAR_ATTENTION] = &nf_kind_linear_attention_step,
    [NF_LAST] = &nf_kind_last,
    [NF_CONCAT] = &nf_kind_concat,
};
