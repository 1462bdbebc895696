#include "../table.h"
#include "rv32.h"

const nf_kernels NF_TABLE_OF(rv32) = {
    NF_SCALAR_TABLE(rv32),      NF_OWN(rv32, linear_s8),      NF_OWN(portable, linear_one_s8), NF_OWN(rv32, conv1d_s8),
    NF_OWN(rv32, attention_s8), NF_OWN(portable, softmax_s8), NF_OWN(portable, add_s8),
};
