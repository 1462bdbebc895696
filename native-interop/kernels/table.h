/* How a backend's table is made: of the scalar kernels and, over them, its own (dsp/table.c).
 *
 * A firmware that knows its models links a table with no more than they need. It says what, then includes the backend's:
 *
 *   #define NF_TABLE my_kernels
 *   #define NF_TABLE_OPERATORS (1u << NF_QUANTIZE | 1u << NF_LINEAR | 1u << NF_SOFTMAX)
 *   #define NF_TABLE_STREAMS 1
 *   #include "dsp/table.c"
 *
 * A backend without an attention of its own defines NF_COMPOSED_ATTENTION as 1. */
#ifndef NANOFORMER_KERNELS_TABLE_H
#define NANOFORMER_KERNELS_TABLE_H

#include <stddef.h>

#include "scalar/scalar.h"

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Woverride-init" /* a backend's own kernels stand behind the scalar ones */
#endif

#if defined(NF_TABLE)

#if !defined(NF_TABLE_STREAMS)
#define NF_TABLE_STREAMS 0
#endif
#if !defined(NF_COMPOSED_ATTENTION)
#define NF_COMPOSED_ATTENTION 0
#endif

#define NF_TABLE_OF(backend) NF_TABLE
extern const nf_kernels NF_TABLE;

#define NF_HAS(NAME) ((NF_TABLE_OPERATORS >> NF_##NAME & 1u) != 0)
#define NF_KIND(number, NAME, name, stream, calls) [number] = NF_HAS(NAME) ? &nf_kind_##name : NULL,
static const nf_kind *const table_kinds[NF_KINDS] = {NF_OPERATORS(NF_KIND)};
#define NF_TABLE_KINDS table_kinds
#if NF_TABLE_STREAMS
#define NF_STEP_KIND(number, NAME, name, stream, calls) [number] = NF_HAS(NAME) ? NF_STEP_KIND_##stream(name) : NULL,
static const nf_kind *const table_step_kinds[NF_KINDS] = {NF_OPERATORS(NF_STEP_KIND)};
#define NF_TABLE_STEP_KINDS table_step_kinds
#else
#define NF_TABLE_STEP_KINDS NULL
#endif

/* The kernels that the operators call, a bit each. */
#define NF_KERNEL_NUMBER(kernel, ...) NF_NUMBER_OF_##kernel,
enum { NF_KERNELS(NF_KERNEL_NUMBER, NF_KERNEL_NUMBER) NF_KERNEL_COUNT };
#define NF_CALL(kernel) (1u << NF_NUMBER_OF_##kernel)
#define NF_CALLS_OF(number, NAME, name, stream, calls) | (NF_HAS(NAME) ? (calls) : 0u)
enum { NF_CALLS = 0u NF_OPERATORS(NF_CALLS_OF) };
#define NF_IS_CALLED(kernel) ((NF_CALLS & NF_CALL(kernel)) != 0)

/* Beside them those of a single token, and those that attention is composed of. */
enum {
    NF_LINKED = NF_CALLS | (NF_TABLE_STREAMS && NF_IS_CALLED(linear_s8) ? NF_CALL(linear_one_s8) : 0u) |
                (NF_TABLE_STREAMS && NF_IS_CALLED(attention_s8) ? NF_CALL(attention_one_s8) : 0u) |
                (NF_COMPOSED_ATTENTION && NF_IS_CALLED(attention_s8) ? NF_CALL(matmul_s8) | NF_CALL(softmax_s8) : 0u)
};
#define NF_IF_LINKED(kernel, function) ((NF_LINKED & NF_CALL(kernel)) != 0 ? function : NULL)

#else

#define NF_TABLE_OF(backend) nf_kernels_##backend
#define NF_TABLE_KINDS nf_all_kinds
#define NF_TABLE_STEP_KINDS nf_all_step_kinds
#define NF_IF_LINKED(kernel, function) function

#endif

#define NF_SCALAR_ENTRY(kernel, ...) .kernel = NF_IF_LINKED(kernel, nf_scalar_##kernel),
#define NF_NO_ENTRY(kernel, ...)
#define NF_SCALAR_TABLE(backend)                                                                                       \
    NF_KERNELS(NF_SCALAR_ENTRY, NF_NO_ENTRY).name = #backend, .kinds = NF_TABLE_KINDS, .step_kinds = NF_TABLE_STEP_KINDS
#define NF_OWN(backend, kernel) .kernel = NF_IF_LINKED(kernel, nf_##backend##_##kernel)

#endif
