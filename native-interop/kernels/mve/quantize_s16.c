#include <stdbool.h>

#include "../scalar/scalar.h"
#include "mve.h"
#include "requantize.h"

#define LANES 8
#define FURTHEST_OFFSET 65535

/* One channel, eight rows per turn: gathered, scaled and scattered. */
static void quantize_channel(const nf_quantize_params *params, int32_t offset, int32_t multiplier, int32_t shift,
                             int32_t rows, const int16_t *x, int8_t *y)
{
    const uint16x8_t lanes = vidupq_n_u16(0, 1);
    const int32_t row = params->step * params->input_columns;
    const uint16x8_t from = vmulq_n_u16(lanes, (uint16_t)row);
    const uint16x8_t to = vmulq_n_u16(lanes, (uint16_t)params->columns);

    for (; rows > 0; rows -= LANES, x += LANES * row, y += LANES * params->columns) {
        const int16x8_t samples = vldrhq_gather_shifted_offset_s16(x, from);
        const int32x4_t even = vsubq_n_s32(vmovlbq_s16(samples), offset);
        const int32x4_t odd = vsubq_n_s32(vmovltq_s16(samples), offset);
        int16x8_t both = vqmovnbq_s32(samples, nf_mve_requantize_right(even, multiplier, shift));
        both = vqmovntq_s32(both, nf_mve_requantize_right(odd, multiplier, shift));
        both = vqaddq_n_s16(both, (int16_t)params->zero_point);
        vstrbq_scatter_offset_s16(y, to, vreinterpretq_s16_s8(vqmovnbq_s16(vreinterpretq_s8_s16(both), both)));
    }
}

static bool is_regular(const nf_quantize_params *params, const nf_channel_constants *constants)
{
    int32_t shift = INT32_MIN;
    for (int32_t c = 0; c < params->columns; c++) {
        shift = constants->shift[c] > shift ? constants->shift[c] : shift;
    }
    return shift < 0 && (LANES - 1) * params->step * params->input_columns <= FURTHEST_OFFSET &&
           (LANES - 1) * params->columns <= FURTHEST_OFFSET;
}

void nf_mve_quantize_s16(const nf_quantize_params *params, const nf_channel_constants *constants, const int16_t *x,
                         int8_t *y)
{
    nf_quantize_params rest = *params;

    if (is_regular(params, constants)) {
        rest.rows = params->rows % LANES;
        const int32_t rows = params->rows - rest.rows;
        const int16_t *latest = x + (params->step - 1) * params->input_columns + params->first;
        for (int32_t c = 0; c < params->columns; c++) {
            quantize_channel(params, constants->bias[c], constants->multiplier[c], constants->shift[c], rows,
                             latest + c, y + c);
        }
        x += rows * params->step * params->input_columns;
        y += rows * params->columns;
    }
    nf_scalar_quantize_s16(&rest, constants, x, y);
}
