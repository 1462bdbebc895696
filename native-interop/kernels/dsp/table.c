#include "../table.h"
#include "dsp.h"

const nf_kernels NF_TABLE_OF(dsp) = {
    NF_SCALAR_TABLE(dsp),       NF_OWN(dsp, quantize_s16), NF_OWN(dsp, linear_s8),
    NF_OWN(dsp, linear_one_s8), NF_OWN(dsp, conv1d_s8),    NF_OWN(dsp, depthwise_conv1d_s8),
    NF_OWN(dsp, softmax_s8),    NF_OWN(dsp, attention_s8), NF_OWN(dsp, attention_one_s8),
    NF_OWN(dsp, add_s8),        NF_OWN(dsp, mean_s8),
};
