/* Lanes of 16 bits in sums of 32: after each two products the upper lane is taken out. Both run on beside it, modulo 2^32, and yield the lower
 * lane in the end. */
#ifndef NANOFORMER_KERNELS_PORTABLE_TILE_NARROW_H
#define NANOFORMER_KERNELS_PORTABLE_TILE_NARROW_H

#include <stdint.h>

#define NF_LANE_ROWS 2 /* of a tile's rows at a time */
#if defined(__riscv)
#define NF_TILE_ROWS 4
#define NF_TILE_PAIRS 2
#else /* what 16 registers hold */
#define NF_TILE_ROWS 2
#define NF_TILE_PAIRS 1
#endif
#define NF_LANE_BITS 16

/* Two products are in -32,512..32,768, and with these in 0..65,280 and in -32,513..32,767. */
#define NF_LOWER_START 32512
#define NF_UPPER_START (-1)

static inline int32_t nf_lower_lane_offset(int32_t inputs)
{
    return (inputs + 1) / 2 * NF_LOWER_START;
}

static inline int32_t nf_upper_lane_offset(int32_t inputs)
{
    return (inputs + 1) / 2 * NF_UPPER_START;
}

/* Two products of a pair and a row. */
static inline void nf_add_lanes(uint32_t *both, int32_t *upper, int32_t pair0, int32_t weight0, int32_t pair1,
                                int32_t weight1)
{
    const uint32_t sum = (uint32_t)(weight0 * pair0) + (uint32_t)(weight1 * pair1) + NF_LOWER_START +
                         ((uint32_t)NF_UPPER_START << NF_LANE_BITS);
    *both += sum;
    *upper += (int32_t)sum >> NF_LANE_BITS;
}

/* lanes[row][token] = weights times tokens and an offset. */
static inline void nf_tile_lanes(const int32_t *tokens, const int8_t *weights, int32_t stride, int32_t inputs,
                                 int32_t lanes[NF_LANE_ROWS][2 * NF_TILE_PAIRS])
{
    uint32_t both[NF_LANE_ROWS][NF_TILE_PAIRS] = {0};
    int32_t upper[NF_LANE_ROWS][NF_TILE_PAIRS] = {0};

#pragma GCC unroll 2
    for (const int8_t *end = weights + (inputs & ~1); weights != end; weights += 2, tokens += 2 * NF_TILE_PAIRS) {
        const int8_t *w = weights;
#pragma GCC unroll 4
        for (int32_t row = 0; row < NF_LANE_ROWS; row++, w += stride) {
            const int32_t weight0 = w[0], weight1 = w[1];
#pragma GCC unroll 4
            for (int32_t pair = 0; pair < NF_TILE_PAIRS; pair++) {
                nf_add_lanes(&both[row][pair], &upper[row][pair], tokens[pair], weight0, tokens[NF_TILE_PAIRS + pair],
                             weight1);
            }
        }
    }
    if (inputs % 2 != 0) {
#pragma GCC unroll 4
        for (int32_t row = 0; row < NF_LANE_ROWS; row++, weights += stride) {
#pragma GCC unroll 4
            for (int32_t pair = 0; pair < NF_TILE_PAIRS; pair++) {
                nf_add_lanes(&both[row][pair], &upper[row][pair], tokens[pair], *weights, 0, 0);
            }
        }
    }
#pragma GCC unroll 4
    for (int32_t row = 0; row < NF_LANE_ROWS; row++) {
#pragma GCC unroll 4
        for (int32_t pair = 0; pair < NF_TILE_PAIRS; pair++) {
            const uint32_t upper_lane = (uint32_t)upper[row][pair] << NF_LANE_BITS;
            lanes[row][2 * pair] = (int32_t)(both[row][pair] - upper_lane);
            lanes[row][2 * pair + 1] = upper[row][pair];
        }
    }
}

#endif
