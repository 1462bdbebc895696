#include "../composed_attention.h"
#include "../scalar/scalar.h"
#include "mve.h"
#include "product.h"
#include "stretch.h"

/* With little scratch. */
static const nf_kernels portable = {.matmul_s8 = nf_scalar_matmul_s8, .softmax_s8 = nf_scalar_softmax_s8};

static void attend_all(const nf_mve_stretch *s, const int8_t *query, int8_t *y)
{
    const nf_attention_params *p = s->params;
    const bool fits = nf_mve_scores_fit(s);
    const bool is_whole = fits && p->queries % NF_LANES == 0;
    int32_t done = 0;

    if (!is_whole) {
        nf_mve_key_biases(s);
    }
    if (!is_whole || !nf_mve_context_fits(s)) {
        nf_mve_value_biases(s);
    }
    if (fits) {
        done = nf_mve_attend_fours(s, query, y);
    }
    for (; done < p->queries; done += NF_LANES) {
        const int32_t left = p->queries - done;
        nf_mve_attend_any(s, query + done * p->head_columns, y + done * p->output_stride,
                          left < NF_LANES ? left : NF_LANES);
    }
}

/* Each query sees its own stretch of the keys. */
static void attend_each(const nf_mve_stretch *all, const int8_t *query, int8_t *y)
{
    const nf_attention_params *p = all->params;
    nf_mve_stretch seen = *all;

    nf_mve_key_biases(all);
    for (int32_t i = 0; i < p->queries; i++) {
        const nf_key_range range = nf_keys_of(p, i);
        seen.key = all->key + range.first * p->key_stride;
        seen.key_bias = all->key_bias + range.first;
        seen.value = all->value + range.first;
        seen.keys = range.end - range.first;
        nf_mve_value_biases(&seen);
        nf_mve_attend_any(&seen, query + i * p->head_columns, y + i * p->output_stride, 1);
    }
}

void nf_mve_attention_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key, const int8_t *value,
                         int8_t *y, nf_scratch scratch)
{
    const int32_t padded = (params->keys + NF_TILE_VALUES - 1) / NF_TILE_VALUES * NF_TILE_VALUES;
    const int32_t part = NF_LANES * padded;

    if (scratch.size < (uint32_t)(3 * part + (int32_t)sizeof(int32_t) * params->head_columns)) {
        nf_composed_attention_s8(&portable, params, 0, query, key, value, y, scratch);
        return;
    }
    int8_t *room = (int8_t *)scratch.bytes;
    const nf_mve_stretch all = {
        .params = params,
        .key = key,
        .value = value,
        .keys = params->keys,
        .scores = room,
        .weights = room + part,
        .padded = padded,
        .key_bias = (int32_t *)(void *)(room + 2 * part),
        .value_bias = (int32_t *)(void *)(room + 3 * part),
    };
    if (params->before >= params->queries - 1 && params->after >= params->keys - 1) {
        attend_all(&all, query, y);
    } else {
        attend_each(&all, query, y);
    }
}
