/* Lanes of a sum of 64 bits, for cores that multiply and add so wide. */
#ifndef NANOFORMER_KERNELS_PORTABLE_TILE_WIDE_H
#define NANOFORMER_KERNELS_PORTABLE_TILE_WIDE_H

#include <stdint.h>

#define NF_TILE_ROWS 2
#define NF_LANE_ROWS 2
#define NF_TILE_PAIRS 2
#define NF_LANE_BITS 23
#define NF_LANE_INPUTS 256

/* That number of products is in -127 * 2^15..2^22, and with this in 0..255 * 2^15. */
#define NF_LANE_START (127 << 15)

/* What nf_tile_lanes leaves in the lanes beside the sums. */
static inline int32_t nf_lower_lane_offset(int32_t inputs)
{
    return (inputs + NF_LANE_INPUTS - 1) / NF_LANE_INPUTS * NF_LANE_START;
}

static inline int32_t nf_upper_lane_offset(int32_t inputs)
{
    (void)inputs;
    return 0;
}

/* lanes[row][token] = weights times tokens and an offset; inputs <= NF_LANE_INPUTS. */
static inline void nf_tile_lanes(const int32_t *tokens, const int8_t *weights, int32_t stride, int32_t inputs,
                                 int32_t lanes[NF_LANE_ROWS][2 * NF_TILE_PAIRS])
{
    int64_t a0 = NF_LANE_START, a1 = NF_LANE_START, b0 = NF_LANE_START, b1 = NF_LANE_START;
    const int8_t *a = weights, *b = a + stride;

    for (const int8_t *end = a + (inputs & ~3); a != end; a += 4, b += 4, tokens += 8) {
#pragma GCC unroll 4
        for (int32_t i = 0; i < 4; i++) { /* one weight at a time: all sums stay in registers */
            const int32_t pair0 = tokens[2 * i], pair1 = tokens[2 * i + 1];
            int64_t weight = a[i];
            a0 += weight * pair0;
            a1 += weight * pair1;
            weight = b[i];
            b0 += weight * pair0;
            b1 += weight * pair1;
        }
    }
    for (const int8_t *end = a + (inputs & 3); a != end; tokens += 2) {
        const int64_t weight_a = *a++, weight_b = *b++;
        a0 += weight_a * tokens[0];
        a1 += weight_a * tokens[1];
        b0 += weight_b * tokens[0];
        b1 += weight_b * tokens[1];
    }
    const int64_t sums[] = {a0, a1, b0, b1};
#pragma GCC unroll 4
    for (int32_t i = 0; i < 4; i++) {
        lanes[i / 2][i % 2 * 2] = (int32_t)sums[i] & ((1 << NF_LANE_BITS) - 1);
        lanes[i / 2][i % 2 * 2 + 1] = (int32_t)(sums[i] >> NF_LANE_BITS);
    }
}

#endif
