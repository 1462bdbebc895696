/* What attention of many queries and of one share. */
#ifndef NANOFORMER_KERNELS_DSP_ATTENTION_H
#define NANOFORMER_KERNELS_DSP_ATTENTION_H

#include "dsp.h"

/* Twice a sum of this many products of (0..255) and (-255..255) fits 32 bits. */
#define NF_DSP_MAX_HEAD_COLUMNS 8192

/* The softmax takes scores [from, to), whole groups of four; those outside of [first, end) only fill them. */
static inline void nf_dsp_fill_groups(int8_t *scores, int32_t from, int32_t first, int32_t end, int32_t to)
{
    for (; from < first; from++) {
        scores[from] = -128;
    }
    for (; end < to; end++) {
        scores[end] = -128;
    }
}

/* The same int16 in both halves. */
static inline uint32_t nf_dsp_pair(int32_t value)
{
    return (uint16_t)value * 0x00010001u;
}

#endif
