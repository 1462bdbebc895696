#include "../fixed_point.h"
#include "dsp.h"

/* One channel, its constants in registers. */
typedef struct channel {
    int32_t rows, input_step, output_step;
    int32_t offset, multiplier, shift, zero_point;
} channel;

/* Offset and value are within 2^17, so twice their difference fits. */
static void quantize_fast(const channel *c, const int16_t *x, int8_t *y)
{
    const int32_t rounding = nf_dsp_rounding(c->zero_point, c->shift), shift = -c->shift;

    for (int32_t row = c->rows; row > 0; row--, x += c->input_step, y += c->output_step) {
        const int32_t doubled = (*x - c->offset) * 2;
        *y = nf_dsp_saturate8(nf_dsp_high_mul_add(doubled, c->multiplier, rounding + (doubled >> 31)) >> shift);
    }
}

static void quantize(const channel *c, const int16_t *x, int8_t *y)
{
    for (int32_t row = c->rows; row > 0; row--, x += c->input_step, y += c->output_step) {
        *y = nf_store(nf_requantize(*x - c->offset, c->multiplier, c->shift), c->zero_point, -128, 127);
    }
}

void nf_dsp_quantize_s16(const nf_quantize_params *params, const nf_channel_constants *constants, const int16_t *x,
                         int8_t *y)
{
    x += (params->step - 1) * params->input_columns + params->first;
    for (int32_t i = 0; i < params->columns; i++) {
        const channel c = {
            .rows = params->rows,
            .input_step = params->step * params->input_columns,
            .output_step = params->columns,
            .offset = constants->bias[i],
            .multiplier = constants->multiplier[i],
            .shift = constants->shift[i],
            .zero_point = params->zero_point,
        };
        if (nf_dsp_is_fast_shift(c.shift)) {
            quantize_fast(&c, x + i, y + i);
        } else {
            quantize(&c, x + i, y + i);
        }
    }
}
