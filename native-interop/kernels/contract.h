/* The kernels every backend provides. What they compute, to the bit: NUMERICS.md. They know nothing of images: all pointers
 * are valid, all shapes fit, all constants are in range; the engine proved it when the image was opened. */
#ifndef NANOFORMER_KERNELS_CONTRACT_H
#define NANOFORMER_KERNELS_CONTRACT_H

#include <stdint.h>

/* Constants of `n` channels, one array after the other in the image. */
typedef struct nf_channel_constants {
    const int32_t *bias; /* folded; the offset for quantize */
    const int32_t *multiplier;
    const int32_t *shift;
} nf_channel_constants;

/* NUMERICS 3.1: x int16 [rows][columns] -> y int8 [rows][columns]. */
typedef struct nf_quantize_params {
    int32_t rows, columns;
    int32_t zero_point;
} nf_quantize_params;

void nf_quantize_s16(const nf_quantize_params *params, const nf_channel_constants *constants, const int16_t *x,
                     int8_t *y);

/* NUMERICS 3.2: x int8 [tokens][inputs], weights int8 [outputs][inputs]. The value of token t, output n is stored at
 * y[t * token_stride + n * output_stride], so that a transposed result costs nothing. */
typedef struct nf_linear_params {
    int32_t tokens, inputs, outputs;
    int32_t token_stride, output_stride;
    int32_t output_zero_point, low, high;
} nf_linear_params;

void nf_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                  const int8_t *weights, int8_t *y);

/* NUMERICS 3.3: x int8 [samples][channels], weights int8 [outputs][kernel][channels] -> y int8 [output_samples][outputs]. */
typedef struct nf_conv1d_params {
    int32_t samples, channels, outputs, output_samples;
    int32_t kernel, stride, pad_left;
    int32_t input_zero_point, output_zero_point, low, high;
} nf_conv1d_params;

void nf_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                  const int8_t *weights, int8_t *y);

/* NUMERICS 3.9: x int8 [samples][channels], weights int8 [kernel][channels] -> y int8 [output_samples][channels].
 * `outputs` equals `channels`. */
void nf_depthwise_conv1d_s8(const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,
                            const int8_t *weights, int8_t *y);

/* NUMERICS 3.4: a int8 [rows][inner], b int8 [columns][inner] (the right operand, transposed) -> y int8 [rows][columns]. */
typedef struct nf_matmul_params {
    int32_t rows, inner, columns;
    int32_t a_zero_point, b_zero_point, output_zero_point;
    int32_t multiplier, shift;
} nf_matmul_params;

void nf_matmul_s8(const nf_matmul_params *params, const int8_t *a, const int8_t *b, int8_t *y);

/* NUMERICS 3.5: x int8 [rows][columns] -> y int8 [rows][columns]; x and y may be the same. exponentials int32 [256]. */
void nf_softmax_s8(int32_t rows, int32_t columns, const int32_t *exponentials, const int8_t *x, int8_t *y);

/* NUMERICS 3.7: x1, x2 int8 [count] -> y int8 [count]; y may be x1 or x2. */
typedef struct nf_add_params {
    int32_t count;
    int32_t zero_point_1, multiplier_1, shift_1;
    int32_t zero_point_2, multiplier_2, shift_2;
    int32_t zero_point, multiplier, shift, low, high;
} nf_add_params;

void nf_add_s8(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y);

/* NUMERICS 3.8: x int8 [rows][columns] -> y int8 [columns]. */
typedef struct nf_mean_params {
    int32_t rows, columns;
    int32_t input_zero_point, output_zero_point;
    int32_t multiplier, shift;
} nf_mean_params;

void nf_mean_s8(const nf_mean_params *params, const int8_t *x, int8_t *y);

#endif
