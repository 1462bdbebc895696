/* The backends of this build. NF_WITH_... come from CMake, by core. */
#include <stddef.h>

#include "nanoformer/kernels.h"

const nf_kernels *const nf_kernels_built[] = {
#if defined(NF_WITH_MVE)
    &nf_kernels_mve,
#endif
#if defined(NF_WITH_DSP)
    &nf_kernels_dsp,
#endif
#if defined(NF_WITH_RV32)
    &nf_kernels_rv32,
#endif
#if defined(NF_WITH_XTENSA)
    &nf_kernels_xtensa,
#endif
#if defined(NF_WITH_CMSIS_NN)
    &nf_kernels_cmsis_nn,
#endif
    &nf_kernels_portable, &nf_kernels_scalar, NULL,
};
