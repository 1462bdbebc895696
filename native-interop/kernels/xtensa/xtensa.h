/* Kernels for Xtensa cores with MAC16: ESP32, ESP32-S3. */
#ifndef NANOFORMER_KERNELS_XTENSA_H
#define NANOFORMER_KERNELS_XTENSA_H

#include "portable/portable.h"

nf_linear_s8_kernel nf_xtensa_linear_s8;
nf_conv1d_s8_kernel nf_xtensa_conv1d_s8;
nf_attention_s8_kernel nf_xtensa_attention_s8;
nf_add_s8_kernel nf_xtensa_add_s8;

#endif
