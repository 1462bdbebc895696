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

int nf_xtensa_set_row(nf_xtensa_row *row, int32_t columns, int32_t bias, uint32_t bound, int32_t multiplier, int32_t shift,
                      int32_t zero_point)
{
    const int32_t right = -shift;
    const uint32_t offset = bias < 0 ? 0u - (uint32_t)bias : (uint32_t)bias;

    /* The sum, times 2^10 when it is scaled, and the zero point together stay below 2^31. */
    if (right < 1 || right > MAX_SHIFT || offset > MAX_SUM || offset + bound > MAX_SUM - (130u << right)) {
        return 0;
    }
    const int32_t low = signed_bits(multiplier, LOW_BITS), rest = (multiplier >> LOW_BITS) + (low < 0);
    const int32_t middle = signed_bits(rest, MIDDLE_BITS);
    const int32_t one = 1 << MIDDLE_BITS;

    row->bias = bias;
    row->pieces[0] = low;
    row->pieces[1] = middle;
    row->pieces[2] = (rest - middle) >> MIDDLE_BITS;
    row->centre = one / 2 + ((1 << (right - 1)) + zero_point * (1 << right)) * one;
    row->centre_of_negative = row->centre - one;
    row->shift = right + MIDDLE_BITS;
    row->groups = (columns + 3) / 4;
    return 1;
}
