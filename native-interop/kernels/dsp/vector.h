/* Arguments of vector.S, for C and assembly. */
#ifndef NANOFORMER_KERNELS_DSP_VECTOR_H
#define NANOFORMER_KERNELS_DSP_VECTOR_H

/* Offsets in nf_dsp_vector. */
#define VECTOR_ROWS_END 20
#define VECTOR_NEXT 24
#define VECTOR_RESTART 28
#define VECTOR_ENTRY 40 /* and the one behind four columns */
#define VECTOR_X_END 48
#define VECTOR_ODD 52
#define VECTOR_FRAME 56 /* bytes of it that are copied */

#ifndef __ASSEMBLER__
#include <stddef.h>
#include <stdint.h>

/* Rows of int8 times one widened vector, with one multiplier for all and no bias; x holds twice the true values. */
typedef struct nf_dsp_vector {
    int8_t *y;                           /* room for an even number of results */
    int32_t multiplier, rounding, shift; /* as in nf_dsp_tile */
    int32_t step;                        /* from the end of a pair of rows to the next: 2 * stride - columns */
    const int8_t *rows_end;              /* behind the last whole pair */
    uint32_t next;                       /* set by nf_dsp_vector_prepare, as are zeros and entries */
    const int16_t *x;
    int32_t zeros[2];
    uint32_t entry, inner_entry;
    const int16_t *x_end;
    int32_t odd; /* 2 * stride when a row is left over, else 0 */
    const int8_t *rows;
    int32_t stride;
    uint32_t offset; /* added to both halves of a widened pair of columns */
} nf_dsp_vector;

_Static_assert(offsetof(nf_dsp_vector, next) == VECTOR_NEXT && offsetof(nf_dsp_vector, x) == VECTOR_RESTART &&
                   offsetof(nf_dsp_vector, entry) == VECTOR_ENTRY && offsetof(nf_dsp_vector, odd) == VECTOR_ODD &&
                   offsetof(nf_dsp_vector, rows) == VECTOR_FRAME,
               "the frame in assembly differs");
#endif

#endif
