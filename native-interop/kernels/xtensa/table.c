#include "../table.h"
#include "xtensa.h"

const nf_kernels NF_TABLE_OF(xtensa) = {
    NF_SCALAR_TABLE(xtensa),      NF_OWN(xtensa, linear_s8), NF_OWN(xtensa, conv1d_s8),
    NF_OWN(xtensa, attention_s8), NF_OWN(xtensa, add_s8),    NF_OWN(portable, softmax_s8),
};
