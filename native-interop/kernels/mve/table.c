#include "../table.h"
#include "mve.h"

const nf_kernels NF_TABLE_OF(mve) = {
    NF_SCALAR_TABLE(mve),
    NF_OWN(mve, quantize_s16),
    NF_OWN(mve, linear_s8),
    NF_OWN(mve, conv1d_s8),
    NF_OWN(mve, depthwise_conv1d_s8),
    NF_OWN(mve, attention_s8),
    NF_OWN(mve, add_s8),
    NF_OWN(mve, mean_s8),
};
