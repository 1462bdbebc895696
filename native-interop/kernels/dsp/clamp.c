#include <arm_acle.h>

#include "dsp.h"
#include "packed.h"

/* Four at a time, whose address needs no alignment. */
void nf_dsp_clamp(int8_t *y, int32_t count, int32_t low, int32_t high)
{
    const uint32_t lows = (uint8_t)low * 0x01010101u, highs = (uint8_t)high * 0x01010101u;
    int32_t i = 0;

    for (; i + 4 <= count; i += 4) {
        uint32_t values = nf_dsp_load4(y + i);
        (void)__ssub8((int8x4_t)values, (int8x4_t)lows);
        values = __sel(values, lows);
        (void)__ssub8((int8x4_t)values, (int8x4_t)highs);
        nf_dsp_store4(y + i, __sel(highs, values));
    }
    for (; i < count; i++) {
        y[i] = (int8_t)(y[i] < low ? low : y[i] > high ? high : y[i]);
    }
}
