#include "linear_by_tiles.h"
#include "portable.h"

void nf_portable_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                           const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    static const nf_tiling tiling = {.multiply = nf_tile_multiply};
    nf_linear_by_tiles(&tiling, params, constants, x, weights, y, scratch);
}
