#include "portable/linear_by_tiles.h"
#include "rv32.h"

void nf_rv32_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                       const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    nf_linear_by_tiles(nf_rv32_multiply, params, constants, x, weights, y, scratch);
}
