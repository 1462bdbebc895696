/* What the kernels of this folder tell CMSIS-NN in the same way. */
#ifndef NANOFORMER_KERNELS_CMSIS_NN_ARGUMENTS_H
#define NANOFORMER_KERNELS_CMSIS_NN_ARGUMENTS_H

#include <arm_nnfunctions.h>

#include "nanoformer/kernels.h"

#if defined(CMSIS_NN_USE_SINGLE_ROUNDING)
#error "NUMERICS.md rounds twice: build CMSIS-NN without CMSIS_NN_USE_SINGLE_ROUNDING"
#endif

/* CMSIS-NN's structures lack const here and there; it only reads through these pointers. */
static inline int32_t *nf_unconst(const int32_t *values)
{
    return (int32_t *)(uintptr_t)values;
}

static inline cmsis_nn_per_channel_quant_params nf_channel_quantization(const nf_channel_constants *constants)
{
    return (cmsis_nn_per_channel_quant_params){
        .multiplier = nf_unconst(constants->multiplier),
        .shift = nf_unconst(constants->shift),
    };
}

static inline cmsis_nn_context nf_context_of(nf_scratch scratch)
{
    return (cmsis_nn_context){.buf = scratch.bytes, .size = (int32_t)scratch.size};
}

#endif
