#include "softmax_row.h"

#include "../softmax_scale.h"

/* (a + 1)(b + 1) - ab - 1 and the product's rounding, at most: what lower halves of a share's factors add to the product of the upper ones. */
#define LEFT_OUT ((1u << 15) + (1u << 16) + 2u)

static int16_t exact_share(const nf_softmax_scale *scale, int32_t exponential)
{
    const uint32_t share = (uint32_t)nf_high_mul(scale->reciprocal, exponential);
    const uint32_t value = (share + (1u << (scale->shift - 1))) >> scale->shift;
    return (int16_t)(value > 255 ? 255 : value);
}

void nf_xtensa_softmax_row(const int8_t *scores, int32_t count, const int32_t *table, int32_t *exponentials,
                           int16_t *shares)
{
    const nf_softmax_scale exact = nf_softmax_scale_of(nf_xtensa_exponentials(scores, count, table, exponentials));
    const nf_xtensa_share_scale scale = {
        .multiplier = (uint32_t)exact.reciprocal >> 15,
        .half = 1u << (exact.shift - 1),
        .mask = (1u << exact.shift) - 1,
        .limit = (1u << exact.shift) - LEFT_OUT,
        .shift = (uint32_t)exact.shift,
    };
    const int32_t *const end = exponentials + ((count + 3) & ~3);
    const int32_t *e = exponentials;
    for (;;) {
        const int32_t *stopped = nf_xtensa_shares(&scale, e, (int32_t)(end - e) / 4, shares);
        if (stopped == end) {
            return;
        }
        shares += stopped - e;
        for (int32_t i = 0; i < 4; i++) {
            *shares++ = exact_share(&exact, stopped[i]);
        }
        e = stopped + 4;
    }
}
