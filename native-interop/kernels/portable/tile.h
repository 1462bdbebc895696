/* Some rows of weights times some tokens: the core of every matrix product of the portable backend.
 *
 * Tokens go in pairs, one int32 for two values, lower + (upper << NF_LANE_BITS): multiplied by a weight, it gives the products of both. The
 * sums of a pair are lanes of one wider sum. How they are kept apart is the matter of tile_wide.h, where a register pair or a register of 64
 * bits takes sums of 64, and of tile_narrow.h. */
#ifndef NANOFORMER_KERNELS_PORTABLE_TILE_H
#define NANOFORMER_KERNELS_PORTABLE_TILE_H

#include "../fixed_point.h"
#include "nanoformer/kernels.h"

#if UINTPTR_MAX > 0xFFFFFFFF || (defined(__ARM_ARCH) && __ARM_ARCH >= 7 && defined(__ARM_FEATURE_CLZ))
#include "tile_wide.h"
#else
#include "tile_narrow.h"
#endif

#define NF_TILE_TOKENS (2 * NF_TILE_PAIRS)

/* What a tile of tokens takes in scratch: what is added to each token's sums, four times; then the pairs, [inputs][NF_TILE_PAIRS]. */
#define NF_TILE_WORDS(inputs) (NF_TILE_TOKENS + NF_TILE_PAIRS * (inputs))

typedef struct nf_tile_rows {
    int32_t four_biases[NF_TILE_ROWS];
    nf_scale scales[NF_TILE_ROWS];
} nf_tile_rows;

typedef struct nf_tile_product {
    const int32_t *tokens; /* tiles of them, the last of which may have some once more */
    int32_t token_count;   /* at least NF_TILE_TOKENS */
    const int8_t *weights; /* NF_TILE_ROWS rows of `inputs` values, `weight_stride` apart */
    int32_t weight_stride, inputs;
    const nf_tile_rows *rows;
    int8_t *y; /* y[token * token_stride + row * output_stride] */
    int32_t token_stride, output_stride;
    int32_t sixes; /* tokens that a backend of its own has laid by sixes, before the tiles; else 0 */
} nf_tile_product;

#define NF_TILE_MAX_BIAS (1 << 28)   /* leaves room for a sum of ... */
#define NF_TILE_MAX_INPUTS (1 << 12) /* ... this many products of 255 * 255 */

/* Whether a tile holds such constants: no left shift, no sum beyond 2^29. */
static inline int nf_tile_fits(int32_t bias, int32_t shift, int32_t inputs)
{
    return (uint32_t)(bias + NF_TILE_MAX_BIAS) <= 2u * NF_TILE_MAX_BIAS && nf_scale_fits(shift) &&
           inputs <= NF_TILE_MAX_INPUTS;
}

/* The first of the tokens or rows of a tile of `size` from the i-th on: what is left over is the end of a whole tile, done once more. */
static inline int32_t nf_tile_first(int32_t i, int32_t size, int32_t count)
{
    return i + size <= count ? i : count - size;
}

/* Saturated to int8. */
typedef void nf_tile_multiplier(const nf_tile_product *product);

nf_tile_multiplier nf_tile_multiply;

/* Lays rows of x, `stride` apart, side by side. Each token's sums are those with (weight - zero_point). */
void nf_tile_interleave(const int8_t *x, int32_t stride, int32_t inputs, int32_t zero_point, int32_t *tokens);

/* The sum of `count` values. */
int32_t nf_tile_sum(const int8_t *x, int32_t count);

#endif
