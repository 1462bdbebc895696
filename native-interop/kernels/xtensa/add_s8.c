/* A sum is one linear form of both inputs, except for the roundings on the way; where they could decide, the scalar kernel does. */
#include "../scalar/scalar.h"
#include "xtensa.h"

#define BITS 20 /* behind the point */
#define LEFT_SHIFT 20
#define MAX_SCALES (7 << BITS) /* of both together: 255 times that, and a zero point, stay below 2^31 */
#define CUT 512                /* what the scales' cut-off bits can make of two inputs */

/* add.S knows the order of the fields. */
typedef struct add_scales {
    int32_t scale_1, scale_2, centre;
    uint32_t mask, limit; /* the fraction's bits; below the limit it is too near to a tie */
    int32_t low, high;
} add_scales;

/* Groups of four; returns where in x1 it ended: at a group that it has left alone. */
const int8_t *nf_xtensa_add(const add_scales *scales, const int8_t *x1, const int8_t *x2, int8_t *y, int32_t groups);

/* An input's factor, of MAX_SCALES or more where it cannot be had. */
static int32_t scale_of(int32_t multiplier, int32_t shift, int32_t last_multiplier, int32_t last_shift)
{
    const int32_t down = 62 - LEFT_SHIFT - BITS - shift - last_shift;
    if (shift > 0 || down > 62) {
        return MAX_SCALES;
    }
    const int64_t scale = ((int64_t)multiplier * last_multiplier) >> down;
    return scale < MAX_SCALES ? (int32_t)scale : MAX_SCALES;
}

static int set_scales(add_scales *scales, const nf_add_params *params)
{
    if (params->shift < -31 || params->shift > -10) {
        return 0;
    }
    scales->scale_1 = scale_of(params->multiplier_1, params->shift_1, params->multiplier, params->shift);
    scales->scale_2 = scale_of(params->multiplier_2, params->shift_2, params->multiplier, params->shift);
    if (scales->scale_1 + scales->scale_2 >= MAX_SCALES) {
        return 0;
    }

    /* Each input is rounded by 1 at most, the last product by 1/2. */
    const int32_t unsure = CUT + (3 << (params->shift > -BITS ? BITS + params->shift : 0));
    scales->centre = (1 << (BITS - 1)) + params->zero_point * (1 << BITS) - params->zero_point_1 * scales->scale_1 -
                     params->zero_point_2 * scales->scale_2 + unsure;
    scales->mask = (1u << BITS) - 1;
    scales->limit = 2 * (uint32_t)unsure;
    scales->low = params->low;
    scales->high = params->high;
    return 1;
}

static void exactly(const nf_add_params *params, int32_t count, const int8_t *x1, const int8_t *x2, int8_t *y)
{
    nf_add_params part = *params;
    part.count = count;
    nf_scalar_add_s8(&part, x1, x2, y);
}

void nf_xtensa_add_s8(const nf_add_params *params, const int8_t *x1, const int8_t *x2, int8_t *y)
{
    add_scales scales;
    if (!set_scales(&scales, params)) {
        nf_scalar_add_s8(params, x1, x2, y);
        return;
    }
    int32_t done = 0;
    while (done < params->count) {
        const int32_t groups = (params->count - done) / 4;
        done = (int32_t)(nf_xtensa_add(&scales, x1 + done, x2 + done, y + done, groups) - x1);
        const int32_t left = params->count - done, part = left < 4 ? left : 4;
        exactly(params, part, x1 + done, x2 + done, y + done);
        done += part;
    }
}
