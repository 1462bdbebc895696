/* Four int8 values in a register; addresses need no alignment. */
#ifndef NANOFORMER_KERNELS_DSP_PACKED_H
#define NANOFORMER_KERNELS_DSP_PACKED_H

#include <stdint.h>

static inline uint32_t nf_dsp_load4(const int8_t *values)
{
    uint32_t word;
    __builtin_memcpy(&word, values, sizeof word);
    return word;
}

static inline void nf_dsp_store4(int8_t *values, uint32_t word)
{
    __builtin_memcpy(values, &word, sizeof word);
}

#endif
