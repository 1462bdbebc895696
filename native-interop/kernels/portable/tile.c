#include "tile.h"

#if defined(NF_LANE_INPUTS)
/* The parts of long rows but the last, of which lanes would not hold more: what they yield goes to the corrections. Returns how many inputs
 * that were. */
__attribute__((noinline)) static int32_t add_parts(const nf_tile_product *product, const int8_t *weights,
                                                   const int32_t *tile,
                                                   int32_t four_corrections[NF_LANE_ROWS][NF_TILE_TOKENS])
{
    const int32_t *tokens = tile + NF_TILE_TOKENS;
    int32_t done = 0;

    for (; product->inputs - done > NF_LANE_INPUTS; done += NF_LANE_INPUTS, tokens += NF_TILE_PAIRS * NF_LANE_INPUTS) {
        int32_t lanes[NF_LANE_ROWS][NF_TILE_TOKENS];
        nf_tile_lanes(tokens, weights + done, product->weight_stride, NF_LANE_INPUTS, lanes);
        for (int32_t row = 0; row < NF_LANE_ROWS; row++) {
            for (int32_t t = 0; t < NF_TILE_TOKENS; t++) {
                four_corrections[row][t] = 4 * lanes[row][t] + (done == 0 ? tile[t] : four_corrections[row][t]);
            }
        }
    }
    return done;
}
#endif

/* The rows from `first` on that share their lanes. */
static inline void multiply_rows(const nf_tile_product *product, const int32_t *tile, int32_t first, int8_t *y)
{
    const int8_t *weights = product->weights + first * product->weight_stride;
    const int32_t token_stride = product->token_stride;
    const int32_t *four_corrections = tile;
    int32_t lanes[NF_LANE_ROWS][NF_TILE_TOKENS], done = 0, next_corrections = 0;
#if defined(NF_LANE_INPUTS)
    int32_t corrections[NF_LANE_ROWS][NF_TILE_TOKENS];
    if (product->inputs > NF_LANE_INPUTS) {
        done = add_parts(product, weights, tile, corrections);
        four_corrections = corrections[0];
        next_corrections = NF_TILE_TOKENS;
    }
#endif
    nf_tile_lanes(tile + NF_TILE_WORDS(done), weights + done, product->weight_stride, product->inputs - done, lanes);

#pragma GCC unroll 4
    for (int32_t row = 0; row < NF_LANE_ROWS; row++, four_corrections += next_corrections) {
        const nf_scale scale = product->rows->scales[first + row];
        const uint32_t four_biases = (uint32_t)product->rows->four_biases[first + row];
        int8_t *out = y;
#pragma GCC unroll 4
        for (int32_t t = 0; t < NF_TILE_TOKENS; t++, out += token_stride) {
            const uint32_t four_sums = four_biases + (uint32_t)four_corrections[t] + 4u * (uint32_t)lanes[row][t];
            *out = (int8_t)nf_saturate8(nf_scaled((int32_t)four_sums, scale));
        }
        y += product->output_stride;
    }
}

void nf_tile_multiply(const nf_tile_product *product)
{
    const int32_t *tile = product->tokens;

    for (int32_t t = 0; t < product->token_count; t += NF_TILE_TOKENS, tile += NF_TILE_WORDS(product->inputs)) {
        int8_t *y = product->y + nf_tile_first(t, NF_TILE_TOKENS, product->token_count) * product->token_stride;
#pragma GCC unroll 1
        for (int32_t row = 0; row < NF_TILE_ROWS; row += NF_LANE_ROWS) {
            multiply_rows(product, tile, row, y + row * product->output_stride);
        }
    }
}

void nf_tile_interleave(const int8_t *x, int32_t stride, int32_t inputs, int32_t zero_point, int32_t *tokens)
{
    for (int32_t pair = 0; pair < NF_TILE_PAIRS; pair++, x += 2 * stride) {
        const int8_t *lower = x, *upper = x + stride;
        int32_t *out = tokens + NF_TILE_TOKENS + pair, *corrections = tokens + 2 * pair;
        int32_t sums[] = {0, 0};
        if (zero_point == 0) {
#pragma GCC unroll 4
            for (const int8_t *end = lower + inputs; lower != end; out += NF_TILE_PAIRS) {
                *out = *lower++ + *upper++ * (1 << NF_LANE_BITS);
            }
        } else {
#pragma GCC unroll 4
            for (const int8_t *end = lower + inputs; lower != end; out += NF_TILE_PAIRS) {
                const int32_t a = *lower++, b = *upper++;
                *out = a + b * (1 << NF_LANE_BITS);
                sums[0] += a;
                sums[1] += b;
            }
        }
        corrections[0] = -4 * (zero_point * sums[0] + nf_lower_lane_offset(inputs));
        corrections[1] = -4 * (zero_point * sums[1] + nf_upper_lane_offset(inputs));
    }
}

int32_t nf_tile_sum(const int8_t *x, int32_t count)
{
    int32_t sum = 0;
#pragma GCC unroll 4
    for (const int8_t *end = x + count; x != end; x++) {
        sum += *x;
    }
    return sum;
}
