#include "dsp.h"

void nf_dsp_widen(int16_t *out, const int8_t *x, int32_t stride, int32_t rows, int32_t columns, uint32_t offset,
                  int32_t doubled)
{
    const int32_t fours = nf_dsp_fours_of(rows, columns), widened = nf_dsp_round_up4(columns);
    nf_dsp_internal *const widen = nf_dsp_widening(x, stride, columns, doubled);

    if (fours > 0) {
        nf_dsp_widen_fours(out, x, stride, fours, columns, offset, doubled);
    }
    for (int32_t row = fours; row < rows; row += 2) {
        const int8_t *first = x + row * stride;
        nf_dsp_widen_two(out + row * widened, first, row + 1 < rows ? first + stride : first, columns, offset, widen);
    }
}
