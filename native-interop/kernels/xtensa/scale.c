#include "dots.h"

#define MAX_SHIFT 13
#define MAX_SUM (1u << 21)
#define LOW_BITS 11
#define MIDDLE_BITS 10

/* The lowest bits of x as a number with a sign. */
static int32_t signed_bits(int32_t x, int32_t bits)
{
    return (int32_t)((uint32_t)x << (32 - bits)) >> (32 - bits);
}

int nf_xtensa_set_scale(nf_xtensa_scale *scale, int32_t columns, uint32_t bound, int32_t multiplier, int32_t shift,
                        int32_t zero_point)
{
    const int32_t right = -shift, one = 1 << MIDDLE_BITS;

    /* The sum times 2^10 and the zero point together stay below 2^31. */
    if (right < 1 || right > MAX_SHIFT || bound > MAX_SUM - (130u << right)) {
        return 0;
    }
    const int32_t low = signed_bits(multiplier, LOW_BITS), rest = (multiplier >> LOW_BITS) + (low < 0);
    const int32_t middle = signed_bits(rest, MIDDLE_BITS);

    scale->pieces[0] = low;
    scale->pieces[1] = middle;
    scale->pieces[2] = (rest - middle) >> MIDDLE_BITS;
    scale->centre = one / 2 + ((1 << (right - 1)) + zero_point * (1 << right)) * one;
    scale->centre_of_negative = scale->centre - one;
    scale->shift = right + MIDDLE_BITS;
    scale->groups = (columns + 3) / 4;
    return 1;
}
