#include "portable/attention_by_tiles.h"
#include "rv32.h"

void nf_rv32_attention_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key,
                          const int8_t *value, int8_t *y, nf_scratch scratch)
{
    nf_attention_by_tiles(nf_rv32_multiply, params, query, key, value, y, scratch);
}
