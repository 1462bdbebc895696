/* The portable kernels, nf_scalar_quantize_s16 and so on: what a table has where its backend has no own. */
#ifndef NANOFORMER_KERNELS_SCALAR_H
#define NANOFORMER_KERNELS_SCALAR_H

#include "nanoformer/kernels.h"

#define NF_DECLARE_SCALAR(kernel, ...) nf_##kernel##_kernel nf_scalar_##kernel;
#define NF_NOT_SCALAR(kernel, ...)
NF_KERNELS(NF_DECLARE_SCALAR, NF_NOT_SCALAR)

#endif
