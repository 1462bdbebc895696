/* The kernels as NUMERICS.md writes them: one value after the other, in 64 bits, without a thought for speed. */
#ifndef NANOFORMER_TESTS_BACKENDS_FORMULAS_H
#define NANOFORMER_TESTS_BACKENDS_FORMULAS_H

#include "nanoformer/kernels.h"

extern const nf_kernels formulas;

#endif
