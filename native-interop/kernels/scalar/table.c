#define NF_COMPOSED_ATTENTION 1
#include "../table.h"

const nf_kernels NF_TABLE_OF(scalar) = {NF_SCALAR_TABLE(scalar)};
