/* Kernels for RISC-V RV32IM: those of the portable backend, with the product of a tile in assembly. */
#ifndef NANOFORMER_KERNELS_RV32_H
#define NANOFORMER_KERNELS_RV32_H

#include "portable/portable.h"
#include "portable/tile.h"

nf_linear_s8_kernel nf_rv32_linear_s8;
nf_conv1d_s8_kernel nf_rv32_conv1d_s8;
nf_attention_s8_kernel nf_rv32_attention_s8;

/* multiply.S. Of tokens by sixes, 64 inputs make no sum that its lane would not hold, and fewer than 12 would not pay. */
#define NF_SIX_MIN_INPUTS 12
#define NF_SIX_MAX_INPUTS 64
nf_tile_multiplier nf_rv32_multiply;

#endif
