#include "dsp.h"

void nf_dsp_widen(int16_t *out, const int8_t *x, int32_t stride, int32_t rows, int32_t columns, uint32_t offset,
                  int32_t doubled)
{
    const int32_t fours = nf_dsp_fours_of(rows, columns), even = rows & ~1, widened = nf_dsp_round_up4(columns);

    if (fours > 0) {
        nf_dsp_widen_fours(out, x, stride, fours, columns, offset, doubled);
    }
    if (fours < even) {
        nf_dsp_widen_rows(out + fours * widened, x + fours * stride, stride, even - fours, columns, offset,
                          nf_dsp_widening(x, stride, columns, doubled));
    }
    if (even < rows) {
        nf_dsp_widen_rows(out + even * widened, x + even * stride, 0, 2, columns, offset,
                          nf_dsp_widening(x + even * stride, 0, columns, doubled));
    }
}
