#include "../table.h"
#include "portable.h"

const nf_kernels NF_TABLE_OF(portable) = {
    NF_SCALAR_TABLE(portable),   NF_OWN(portable, linear_s8),  NF_OWN(portable, linear_one_s8),
    NF_OWN(portable, conv1d_s8), NF_OWN(portable, softmax_s8), NF_OWN(portable, attention_s8),
    NF_OWN(portable, add_s8),
};
