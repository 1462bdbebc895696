/* What the kernels of the dsp backend share. */
#ifndef NANOFORMER_KERNELS_DSP_H
#define NANOFORMER_KERNELS_DSP_H

#include "nanoformer/kernels.h"
#include "tile.h"
#include "vector.h"

nf_quantize_s16_kernel nf_dsp_quantize_s16;
nf_linear_s8_kernel nf_dsp_linear_s8;
nf_linear_one_s8_kernel nf_dsp_linear_one_s8;
nf_conv1d_s8_kernel nf_dsp_conv1d_s8;
nf_depthwise_conv1d_s8_kernel nf_dsp_depthwise_conv1d_s8;
nf_softmax_s8_kernel nf_dsp_softmax_s8;
nf_attention_s8_kernel nf_dsp_attention_s8;
nf_attention_one_s8_kernel nf_dsp_attention_one_s8;
nf_add_s8_kernel nf_dsp_add_s8;
nf_mean_s8_kernel nf_dsp_mean_s8;

/* Values of -128..127 narrowed to low..high. */
void nf_dsp_clamp(int8_t *y, int32_t count, int32_t low, int32_t high);

/* widen.S */
nf_dsp_internal nf_dsp_widen_pair, nf_dsp_widen_pair_eights, nf_dsp_widen_pair_sixteens;
nf_dsp_internal nf_dsp_widen_pair_doubled, nf_dsp_widen_pair_doubled_eights, nf_dsp_widen_pair_doubled_sixteens;
void nf_dsp_widen_two(int16_t *out, const int8_t *a, const int8_t *b, int32_t columns, uint32_t offset,
                      nf_dsp_internal *widen);
void nf_dsp_widen_fours(int16_t *out, const int8_t *x, int32_t stride, int32_t rows, int32_t columns, uint32_t offset,
                        int32_t doubled);
void nf_dsp_widen_vector_doubled(int16_t *out, const int8_t *x, int32_t columns, uint32_t offset);

/* widen.c: by fours as far as they go, then by pairs. An odd last row is its own partner. */
void nf_dsp_widen(int16_t *out, const int8_t *x, int32_t stride, int32_t rows, int32_t columns, uint32_t offset,
                  int32_t doubled);

/* tile.S */
void nf_dsp_tile_prepare(nf_dsp_tile *tile, int32_t groups);
void nf_dsp_tile_rows(const nf_dsp_tile *tile);

/* vector.S */
void nf_dsp_vector_prepare(nf_dsp_vector *job, int32_t columns);
void nf_dsp_vector_run(const nf_dsp_vector *job);

/* softmax_row.S */
void nf_dsp_softmax_row(const int8_t *scores, int32_t groups, const int32_t *table, int32_t *exponentials, int16_t *out,
                        int32_t before, int32_t after, int32_t alone);

/* How to widen rows of `columns` columns that lie `stride` apart. */
static inline nf_dsp_internal *nf_dsp_widening(const int8_t *rows, int32_t stride, int32_t columns, int doubled)
{
    if (((((uintptr_t)rows | (uint32_t)stride) & 3u) | ((uint32_t)columns & 7u)) != 0) {
        return doubled ? nf_dsp_widen_pair_doubled : nf_dsp_widen_pair;
    }
    if (columns % 16 != 0) {
        return doubled ? nf_dsp_widen_pair_doubled_eights : nf_dsp_widen_pair_eights;
    }
    return doubled ? nf_dsp_widen_pair_doubled_sixteens : nf_dsp_widen_pair_sixteens;
}

/* How many of these rows tile.S takes by fours. */
static inline int32_t nf_dsp_fours_of(int32_t rows, int32_t columns)
{
    return columns >= 4 ? rows & ~3 : 0;
}

/* SMMULR: the upper half of a 64-bit product, rounded. For a doubled operand, the doubling high multiply of NUMERICS 2.1. */
static inline int32_t nf_dsp_high_mul(int32_t doubled, int32_t b)
{
    int32_t product;
    __asm__("smmulr %0, %1, %2" : "=r"(product) : "r"(doubled), "r"(b));
    return product;
}

/* SMMLAR: the same, plus c. */
static inline int32_t nf_dsp_high_mul_add(int32_t doubled, int32_t b, int32_t c)
{
    int32_t sum;
    __asm__("smmlar %0, %1, %2, %3" : "=r"(sum) : "r"(doubled), "r"(b), "r"(c));
    return sum;
}

static inline int8_t nf_dsp_saturate8(int32_t x)
{
    int32_t y;
    __asm__("ssat %0, #8, %1" : "=r"(y) : "r"(x));
    return (int8_t)y;
}

/* Shifts the five-instruction epilogue takes. */
static inline int nf_dsp_is_fast_shift(int32_t shift)
{
    return shift < 0 && shift >= -MAX_TILE_SHIFT;
}

/* Half for the rounding, and the zero point, in units of what is shifted. */
static inline int32_t nf_dsp_rounding(int32_t zero_point, int32_t shift)
{
    return (2 * zero_point + 1) * (1 << (-shift - 1));
}

static inline int32_t nf_dsp_round_up4(int32_t x)
{
    return (x + 3) & ~3;
}

#endif
