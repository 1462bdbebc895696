#include "../composed_attention.h"
#include "../scalar/scalar.h"
#include "mve.h"
#include "product.h"
#include "stretch.h"

/* With little scratch. */
__attribute__((noinline)) static void attend_portably(const nf_attention_params *params, const int8_t *query,
                                                      const int8_t *key, const int8_t *value, int8_t *y,
                                                      nf_scratch scratch)
{
    static const nf_kernels portable = {.matmul_s8 = nf_scalar_matmul_s8, .softmax_s8 = nf_scalar_softmax_s8};
    nf_composed_attention_s8(&portable, params, 0, query, key, value, y, scratch);
}

static bool sees_all(const nf_attention_params *p)
{
    return p->before >= p->queries - 1 && p->after >= p->keys - 1;
}

/* To the keys that the queries see, in whole vectors up to the last key. True when the stretch is another one now. */
static bool move(nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    const int32_t seen_end = nf_keys_of(p, s->query + s->queries - 1).end;
    const int32_t whole_end = (seen_end + NF_TILE_VALUES - 1) / NF_TILE_VALUES * NF_TILE_VALUES;
    const int32_t first = nf_keys_of(p, s->query).first / NF_TILE_VALUES * NF_TILE_VALUES;
    const int32_t keys = (whole_end < p->keys ? whole_end : p->keys) - first;
    const bool moves = first != s->first || keys != s->keys;

    s->first = first;
    s->keys = keys;
    return moves;
}

static void attend_group(nf_mve_stretch *s, bool is_masked, bool scores_fit, bool context_fits)
{
    if (s->keys % NF_LANES != 0) {
        nf_mve_pad_scores(s);
    }
    if (scores_fit) {
        nf_mve_scores_of_four(s);
    } else {
        nf_mve_scores_of_any(s);
    }
    if (is_masked) {
        nf_mve_softmax_of_seen(s);
    } else {
        nf_mve_softmax_of(s);
    }
    if (context_fits) {
        nf_mve_context_of_four(s);
    } else {
        nf_mve_context_of_any(s);
    }
}

/* Four queries at a time, one to three in the end. The stretch has no keys yet. */
static void attend(nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    const bool scores_fit = nf_mve_scores_fit(p), context_fits = nf_mve_context_fits(p);
    const bool has_tail = p->queries % NF_LANES != 0, is_masked = !sees_all(p);

    if (!scores_fit || has_tail) {
        nf_mve_key_biases(s);
    }
    for (; s->query < p->queries; s->query += NF_LANES) {
        const int32_t left = p->queries - s->query;
        const bool is_four = left >= NF_LANES;
        s->queries = is_four ? NF_LANES : left;
        if (move(s) && (!context_fits || has_tail)) {
            nf_mve_value_biases(s);
        }
        attend_group(s, is_masked, is_four && scores_fit, is_four && context_fits);
        s->x += NF_LANES * p->head_columns;
        s->y += NF_LANES * p->output_stride;
    }
}

void nf_mve_attention_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key, const int8_t *value,
                         int8_t *y, nf_scratch scratch)
{
    const int32_t padded = (params->keys + NF_TILE_VALUES - 1) / NF_TILE_VALUES * NF_TILE_VALUES;
    const int32_t part = NF_LANES * padded;
    int8_t *room = (int8_t *)scratch.bytes;

    if (scratch.size < (uint32_t)(3 * part + (int32_t)sizeof(int32_t) * params->head_columns)) {
        attend_portably(params, query, key, value, y, scratch);
        return;
    }
    nf_mve_stretch s = {
        .params = params,
        .key = key,
        .value = value,
        .x = query,
        .y = y,
        .scores = room,
        .weights = room + part,
        .padded = padded,
        .key_bias = (int32_t *)(void *)(room + 2 * part),
        .value_bias = (int32_t *)(void *)(room + 3 * part),
    };
    if (sees_all(params) && params->queries % NF_LANES == 0 && nf_mve_scores_fit(params) &&
        nf_mve_context_fits(params)) {
        s.keys = params->keys;
        nf_mve_attend_fours(&s);
    } else {
        attend(&s);
    }
}
