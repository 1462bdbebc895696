/* The kernels: what the engine calls for each operator, and the hook for a vendor's own. What they compute, to the bit: NUMERICS.md.
 * They know nothing of images: all pointers are valid, all shapes fit, all constants are in range; the engine proved it when the
 * image was opened. How to replace one: kernels/README.md. */
#ifndef NANOFORMER_KERNELS_H
#define NANOFORMER_KERNELS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Constants of `n` channels, one array after the other in the image. */
typedef struct nf_channel_constants {
    const int32_t *bias; /* folded; the offset for quantize */
    const int32_t *multiplier;
    const int32_t *shift;
} nf_channel_constants;

/* Working memory that a kernel may use during a call, 16-byte aligned. It may be empty: a kernel that wants more than it gets takes a
 * slower way to the same bytes. */
typedef struct nf_scratch {
    uint8_t *bytes;
    uint32_t size;
} nf_scratch;

/* NUMERICS 3.1: x int16 [rows * step][input_columns] -> y int8 [rows][columns]. */
typedef struct nf_quantize_params {
    int32_t rows, columns;
    int32_t input_columns, first, step;
    int32_t zero_point;
} nf_quantize_params;

/* NUMERICS 3.2: x int8 [tokens][inputs], rows `input_stride` bytes apart, weights int8 [outputs][inputs]. The value of token t, output n
 * is stored at y[t * token_stride + n * output_stride], so that a transposed result costs nothing. */
typedef struct nf_linear_params {
    int32_t tokens, inputs, outputs;
    int32_t input_stride, token_stride, output_stride;
    int32_t output_zero_point, low, high;
    /* 1 when x, tokens, inputs, outputs and scratch are those of the call before and nobody has written to the scratch since: what that
     * call made of x there can be used again. A kernel need not look at it. */
    int32_t same_input;
    /* The same weights and constants as MODEL-IMAGE.md packs them, an even number of outputs; null when the image is not packed. A kernel
     * need not look at it. */
    const int32_t *packed;
} nf_linear_params;

/* Where a linear layer of one token goes: the value of output n to y[n * output_stride]. linear_one_s8 does several layers over the one
 * token: each has `outputs` rows of weights and of constants behind the last one's, and its part says where it goes. */
typedef struct nf_linear_part {
    int8_t *y;
    int32_t output_zero_point, output_stride;
} nf_linear_part;

/* NUMERICS 3.3: x int8 [samples][channels], weights int8 [outputs][kernel][channels] -> y int8 [output_samples][outputs].
 * NUMERICS 3.9 (depthwise): weights int8 [kernel][channels]; `outputs` equals `channels`. */
typedef struct nf_conv1d_params {
    int32_t samples, channels, outputs, output_samples;
    int32_t kernel, stride, pad_left;
    int32_t input_zero_point, output_zero_point, low, high;
    const int32_t *packed; /* as in nf_linear_params */
} nf_conv1d_params;

/* NUMERICS 3.4: a int8 [rows][inner], b int8 [columns][inner] (the right operand, transposed), rows of a, b and y `a_stride`, `b_stride`
 * and `y_stride` bytes apart -> y int8 [rows][columns]. */
typedef struct nf_matmul_params {
    int32_t rows, inner, columns;
    int32_t a_stride, b_stride, y_stride;
    int32_t a_zero_point, b_zero_point, output_zero_point;
    int32_t multiplier, shift;
} nf_matmul_params;

/* NUMERICS 3.5: x int8 [rows][columns] -> y int8 [rows][columns]; x and y may be the same. The table holds all that multiplier and shift
 * say; they are for kernels that compute the exponentials themselves. */
typedef struct nf_softmax_params {
    int32_t rows, columns;
    const int32_t *exponentials; /* [256]: e(0), e(-1), ... */
    int32_t multiplier, shift;
} nf_softmax_params;

/* NUMERICS 3.6, one head behind its projections, whatever `heads` says: query int8 [queries][head_columns], key int8
 * [keys][head_columns] with rows `key_stride` bytes apart, value int8, transposed, [head_columns][keys] with rows `value_stride` bytes
 * apart -> y int8 [queries][head_columns], rows `output_stride` bytes apart.
 * Query i sees the keys from i - before to i + after that exist. In a stream, one query sees all keys, in whatever order they lie.
 * Scratch: at least `keys` bytes. attention_one_s8 does a single query that sees all keys, for all heads at once: query and y int8
 * [heads][head_columns]; a head's rows of keys begin head_columns behind the last one's, its values behind the last one's rows. */
typedef struct nf_attention_params {
    int32_t queries, keys, heads, head_columns;
    int32_t key_stride, value_stride, output_stride;
    int32_t before, after;
    int32_t query_zero_point, key_zero_point, value_zero_point;
    int32_t score_multiplier, score_shift, score_zero_point;
    int32_t context_multiplier, context_shift, output_zero_point;
    const int32_t *exponentials; /* as in nf_softmax_params */
    int32_t softmax_multiplier, softmax_shift;
} nf_attention_params;

/* NUMERICS 3.12, one head behind its projections: query, key, value int8 [tokens][head_columns]; `state` is M [head_columns][head_columns],
 * then Z [head_columns], and goes on from what it holds -> y int8 [tokens][head_columns], rows `output_stride` bytes apart. */
typedef struct nf_linear_attention_params {
    int32_t tokens, head_columns, output_stride;
    int32_t query_zero_point, key_zero_point, value_zero_point;
    int32_t multiplier, shift, output_zero_point;
    int32_t causal, decay;
} nf_linear_attention_params;

/* NUMERICS 3.7: x1, x2 int8 [count] -> y int8 [count]; y may be x1 or x2. */
typedef struct nf_add_params {
    int32_t count;
    int32_t zero_point_1, multiplier_1, shift_1;
    int32_t zero_point_2, multiplier_2, shift_2;
    int32_t zero_point, multiplier, shift, low, high;
} nf_add_params;

/* NUMERICS 3.8: x int8 [rows][columns] -> y int8 [columns]. */
typedef struct nf_mean_params {
    int32_t rows, columns;
    int32_t input_zero_point, output_zero_point;
    int32_t multiplier, shift;
} nf_mean_params;

/* NUMERICS 3.11: x int8 [rows][columns], gamma int8 [columns] -> y int8 [rows][columns]; y may be x. */
typedef struct nf_layer_norm_params {
    int32_t rows, columns;
    uint32_t epsilon;
    int32_t output_zero_point, low, high;
} nf_layer_norm_params;

/* NUMERICS 3.14 behind the softmax: weights int8 [rows], x int8 [rows][columns] -> y int8 [columns]. */
typedef struct nf_weighted_mean_params {
    int32_t rows, columns;
    int32_t input_zero_point, output_zero_point;
    int32_t multiplier, shift;
} nf_weighted_mean_params;

/* NUMERICS 3.15, one of the two: x int8 [rows][columns] -> y int8, rows `output_stride` bytes apart. */
typedef struct nf_rescale_params {
    int32_t rows, columns, output_stride;
    int32_t input_zero_point, output_zero_point;
    int32_t multiplier, shift;
} nf_rescale_params;

/* NUMERICS 3.16: x1, x2 int8 [rows][columns], x2 already `lag` rows on -> y int8 [outputs], outputs 1 or `columns`. */
typedef struct nf_distance_params {
    int32_t rows, columns, outputs;
    int32_t norm;
    int32_t zero_point_1, multiplier_1, shift_1;
    int32_t zero_point_2, multiplier_2, shift_2;
    int32_t bits;
    int32_t zero_point, multiplier, shift;
} nf_distance_params;

/* NUMERICS 3.10 has no parameters but those of lookup_s8: x int8 [count], table int8 [256] -> y int8 [count]; y may be x. */

/* Every kernel once: its entry in the table, then its parameters. What a backend has no KERNEL of its own for is the scalar one. An
 * OPTIONAL one may be null: attention is then composed of matmul_s8 and softmax_s8, and a single token or query, as streams have it, is
 * left to linear_s8 or attention_s8. */
#define NF_KERNELS(KERNEL, OPTIONAL)                                                                                   \
    KERNEL(quantize_s16, const nf_quantize_params *params, const nf_channel_constants *constants, const int16_t *x,    \
           int8_t *y)                                                                                                  \
    KERNEL(linear_s8, const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,          \
           const int8_t *weights, int8_t *y, nf_scratch scratch)                                                       \
    OPTIONAL(linear_one_s8, const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,    \
             const int8_t *weights, const nf_linear_part *parts, int32_t count, nf_scratch scratch)                    \
    KERNEL(conv1d_s8, const nf_conv1d_params *params, const nf_channel_constants *constants, const int8_t *x,          \
           const int8_t *weights, int8_t *y, nf_scratch scratch)                                                       \
    KERNEL(depthwise_conv1d_s8, const nf_conv1d_params *params, const nf_channel_constants *constants,                 \
           const int8_t *x, const int8_t *weights, int8_t *y, nf_scratch scratch)                                      \
    KERNEL(matmul_s8, const nf_matmul_params *params, const int8_t *a, const int8_t *b, int8_t *y, nf_scratch scratch) \
    KERNEL(softmax_s8, const nf_softmax_params *params, const int8_t *x, int8_t *y)                                    \
    OPTIONAL(attention_s8, const nf_attention_params *params, const int8_t *query, const int8_t *key,                  \
             const int8_t *value, int8_t *y, nf_scratch scratch)                                                       \
    OPTIONAL(attention_one_s8, const nf_attention_params *params, const int8_t *query, const int8_t *key,              \
             const int8_t *value, int8_t *y, nf_scratch scratch)                                                       \
    KERNEL(linear_attention_s8, const nf_linear_attention_params *params, const int8_t *query, const int8_t *key,      \
           const int8_t *value, int32_t *state, int8_t *y)                                                             \
    KERNEL(add_s8, const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y)                         \
    KERNEL(mean_s8, const nf_mean_params *params, const int8_t *x, int8_t *y)                                          \
    KERNEL(lookup_s8, int32_t count, const int8_t *table, const int8_t *x, int8_t *y)                                  \
    KERNEL(layer_norm_s8, const nf_layer_norm_params *params, const nf_channel_constants *constants, const int8_t *x,  \
           const int8_t *gamma, int8_t *y)                                                                             \
    KERNEL(weighted_mean_s8, const nf_weighted_mean_params *params, const int8_t *weights, const int8_t *x, int8_t *y) \
    KERNEL(rescale_s8, const nf_rescale_params *params, const int8_t *x, int8_t *y)                                    \
    KERNEL(distance_s8, const nf_distance_params *params, const int8_t *x1, const int8_t *x2, int8_t *y)

/* Every kind of operator once: its number in an image (MODEL-IMAGE.md), its names, its form in a stream (SAME: as in a window; OWN: one
 * that remembers, nf_kind_..._step; NONE), and the kernels it calls. */
#define NF_OPERATORS(OPERATOR)                                                                                         \
    OPERATOR(1, QUANTIZE, quantize, SAME, NF_CALL(quantize_s16))                                                       \
    OPERATOR(2, CONV1D, conv1d, OWN, NF_CALL(conv1d_s8))                                                               \
    OPERATOR(3, LINEAR, linear, SAME, NF_CALL(linear_s8))                                                              \
    OPERATOR(4, ATTENTION, attention, OWN, NF_CALL(linear_s8) | NF_CALL(attention_s8))                                 \
    OPERATOR(5, ADD, add, SAME, NF_CALL(add_s8))                                                                       \
    OPERATOR(6, MEAN, mean, OWN, NF_CALL(mean_s8))                                                                     \
    OPERATOR(7, SOFTMAX, softmax, SAME, NF_CALL(softmax_s8))                                                           \
    OPERATOR(8, DEPTHWISE_CONV1D, depthwise_conv1d, OWN, NF_CALL(depthwise_conv1d_s8))                                 \
    OPERATOR(9, LOOKUP, lookup, SAME, NF_CALL(lookup_s8))                                                              \
    OPERATOR(10, LAYER_NORM, layer_norm, SAME, NF_CALL(layer_norm_s8))                                                 \
    OPERATOR(11, LINEAR_ATTENTION, linear_attention, OWN, NF_CALL(linear_s8) | NF_CALL(linear_attention_s8))           \
    OPERATOR(12, LAST, last, SAME, 0u)                                                                                 \
    OPERATOR(13, ATTENTION_POOL, attention_pool, NONE,                                                                 \
             NF_CALL(linear_s8) | NF_CALL(softmax_s8) | NF_CALL(weighted_mean_s8))                                     \
    OPERATOR(14, CONCAT, concat, SAME, NF_CALL(rescale_s8))                                                            \
    OPERATOR(15, DISTANCE, distance, NONE, NF_CALL(distance_s8))

/* NF_QUANTIZE, NF_CONV1D, ... and one behind the last. */
#define NF_OPERATOR_NUMBER(number, NAME, name, stream, calls) NF_##NAME = number,
enum nf_operator_kind { NF_OPERATORS(NF_OPERATOR_NUMBER) NF_KINDS };

/* What the engine knows of a kind of operator: its checks, and how it calls kernels. nf_kind_quantize, nf_kind_conv1d_step ... */
typedef struct nf_kind nf_kind;
#define NF_DECLARE_KIND(number, NAME, name, stream, calls) extern const nf_kind nf_kind_##name, nf_kind_##name##_step;
NF_OPERATORS(NF_DECLARE_KIND)
#define NF_STEP_KIND_SAME(name) &nf_kind_##name
#define NF_STEP_KIND_OWN(name) &nf_kind_##name##_step
#define NF_STEP_KIND_NONE(name) NULL
extern const nf_kind *const nf_all_kinds[NF_KINDS];
extern const nf_kind *const nf_all_step_kinds[NF_KINDS]; /* in a stream */

/* nf_quantize_s16_kernel, nf_linear_s8_kernel, ... */
#define NF_KERNEL_TYPE(kernel, ...) typedef void nf_##kernel##_kernel(__VA_ARGS__);
NF_KERNELS(NF_KERNEL_TYPE, NF_KERNEL_TYPE)

/* A function for each kernel, and the kinds of operators that call them. All constant: the linker drops what a build's table does not
 * name, and a model that needs what its table lacks is refused with UNSUPPORTED_OPERATOR. */
#define NF_KERNEL_ENTRY(kernel, ...) nf_##kernel##_kernel *kernel;
typedef struct nf_kernels {
    const char *name;
    const nf_kind *const *kinds;      /* [NF_KINDS]: nf_all_kinds, or fewer and null */
    const nf_kind *const *step_kinds; /* the same for streams; null in a build that only runs windows */
    NF_KERNELS(NF_KERNEL_ENTRY, NF_KERNEL_ENTRY)
} nf_kernels;

/* The backends; each is there in builds for cores that can run it. */
extern const nf_kernels nf_kernels_scalar;   /* any core: C that is easy to read */
extern const nf_kernels nf_kernels_portable; /* 32-bit cores: blocked C */
extern const nf_kernels nf_kernels_dsp;      /* Armv7E-M, Armv8-M with the DSP extension */
extern const nf_kernels nf_kernels_mve;      /* Armv8.1-M with Helium */
extern const nf_kernels nf_kernels_rv32;     /* RISC-V RV32IM */
extern const nf_kernels nf_kernels_xtensa;   /* Xtensa with MAC16 */
extern const nf_kernels nf_kernels_cmsis_nn; /* adapter to the public functions of CMSIS-NN */

/* Every backend of this build, fastest first, ended by null. */
extern const nf_kernels *const nf_kernels_built[];

#ifdef __cplusplus
}
#endif

#endif
