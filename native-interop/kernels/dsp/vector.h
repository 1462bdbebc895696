/* Arguments of vector.S, for C and assembly. */
#ifndef NANOFORMER_KERNELS_DSP_VECTOR_H
#define NANOFORMER_KERNELS_DSP_VECTOR_H

/* Offsets in the frame. */
#define VECTOR_Y 0 /* of the uniform epilogue */
#define VECTOR_BEHIND 28
#define VECTOR_COLUMNS 32
#define VECTOR_RESTART 40
#define VECTOR_INNER_ENTRY 56
#define VECTOR_X_END 60
#define VECTOR_FINISH 64
#define VECTOR_BYTES 72

#ifndef __ASSEMBLER__
#include <stdint.h>

/* An even number of int8 rows, one behind the other, times one widened token; columns a multiple of 4. */
typedef struct nf_dsp_vector_linear {
    const int32_t *bias, *multiplier, *shift;
    int8_t *y;
    int32_t output_stride, zero_point;
    const int8_t *weights_end;
    int32_t columns;
    const int16_t *x;
    const int8_t *weights;
} nf_dsp_vector_linear;

/* The same with one multiplier for all rows and no bias; x holds twice the true values. */
typedef struct nf_dsp_vector_uniform {
    int8_t *y;
    int32_t output_stride;
    int32_t multiplier, rounding, shift; /* as in nf_dsp_tile */
    int32_t step;                        /* from the end of a pair of rows to the next: 2 * stride - columns */
    const int8_t *rows_end;              /* first row behind the last pair */
    int32_t columns;
    const int16_t *x;
    const int8_t *rows;
    const int8_t *second_row;
    uint32_t offset; /* added to both halves of a widened pair of columns */
} nf_dsp_vector_uniform;
#endif

#endif
