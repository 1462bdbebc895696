#ifndef NANOFORMER_KERNELS_SCALAR_DOT_H
#define NANOFORMER_KERNELS_SCALAR_DOT_H

#include <stdint.h>

static inline int32_t nf_dot_s8(int32_t sum, const int8_t *a, const int8_t *b, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

#endif
