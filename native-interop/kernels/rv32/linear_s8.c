#include "portable/linear_by_tiles.h"
#include "rv32.h"

/* By sixes as many as can be, what is left by fours; the last ones of either may overlap those before. */
static int32_t sixes_of(int32_t tokens, int32_t inputs)
{
    if (tokens < 6 || inputs < NF_SIX_MIN_INPUTS || inputs > NF_SIX_MAX_INPUTS) {
        return 0;
    }
    const int32_t fours = (6 - tokens % 6) % 6 / 2;
    return (tokens - 4 * fours + 5) / 6 * 6;
}

/* Two triples, three words per input: first + (second << 21) of both, then of both what is added to its word shifted right by 11, where the
 * first leaves its sign, to make it third + (second << 10). */
static int32_t *lay_six(const int8_t *x, int32_t stride, int32_t inputs, int32_t *tokens)
{
    for (int32_t triple = 0; triple < 2; triple++, x += 3 * stride) {
        const int8_t *first = x, *second = x + stride, *third = second + stride;
        int32_t *word = tokens + triple;
        int16_t *half = (int16_t *)(void *)(tokens + 2) + triple;
#pragma GCC unroll 4
        for (const int8_t *end = first + inputs; first != end; word += 3, half += 6) {
            const int32_t lower = *first++;
            *word = lower + *second++ * (1 << 21);
            *half = (int16_t)(*third++ - (lower >> 31));
        }
    }
    return tokens + 3 * inputs;
}

void nf_rv32_linear_s8(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
                       const int8_t *weights, int8_t *y, nf_scratch scratch)
{
    static const nf_tiling tiling = {.multiply = nf_rv32_multiply, .sixes_of = sixes_of, .lay_six = lay_six};
    nf_linear_by_tiles(&tiling, params, constants, x, weights, y, scratch);
}
