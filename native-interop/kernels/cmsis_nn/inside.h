/* A convolution in three parts: output rows that read padding before the input, rows that read the input alone, rows that read padding
 * behind it. CMSIS-NN pads with its input offset, which our folded biases leave at 0, so it gets the rows in the middle. */
#ifndef NANOFORMER_KERNELS_CMSIS_NN_INSIDE_H
#define NANOFORMER_KERNELS_CMSIS_NN_INSIDE_H

#include <stdbool.h>

#include "nanoformer/kernels.h"

typedef void nf_convolution(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                            const int8_t *weights, int8_t *y, nf_scratch scratch);

/* A convolution without padding. False: nothing was done that counts. */
typedef bool nf_inside_convolution(const nf_conv1d_params *params, const nf_channel_constants *constants,
                                   const int8_t *x, const int8_t *weights, int8_t *y, nf_scratch scratch);

void nf_convolve_in_parts(nf_inside_convolution *inside, nf_convolution *any, const nf_conv1d_params *params,
                          const nf_channel_constants *constants, const int8_t *x, const int8_t *weights, int8_t *y,
                          nf_scratch scratch);

#endif
