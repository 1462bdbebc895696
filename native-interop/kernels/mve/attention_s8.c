#include <stddef.h>

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

/* To the keys that the queries see. True when the stretch of values is another one now. */
static bool move(nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    const int32_t seen_first = nf_keys_of(p, s->query).first, seen_end = nf_keys_of(p, s->query + s->queries - 1).end;
    const int32_t whole_end = (seen_end + NF_LANES - 1) & -NF_LANES;
    const int32_t vectors_end = (seen_end + NF_TILE_VALUES - 1) & -NF_TILE_VALUES;
    const int32_t value_first = seen_first & -NF_TILE_VALUES;
    const int32_t values = (vectors_end < p->keys ? vectors_end : p->keys) - value_first;
    const bool moves = value_first != s->value_first || values != s->values;

    s->first = seen_first & -NF_LANES;
    s->keys = (whole_end < p->keys ? whole_end : p->keys) - s->first;
    s->value_first = value_first;
    s->values = values;
    return moves;
}

static void score(const nf_mve_stretch *s, bool fits)
{
    const int32_t done = fits ? s->keys & -NF_LANES : 0;

    if (s->keys % NF_LANES != 0) {
        nf_mve_pad_scores(s);
    }
    if (done > 0) {
        nf_mve_scores_of_four(s);
    }
    if (done < s->keys) {
        nf_mve_scores_of_any(s, done);
    }
}

/* Four queries at a time; the last four may have had some before. Fewer than four one by one. The stretch has no keys yet. */
__attribute__((noinline)) static void attend(nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    const bool scores_fit = nf_mve_scores_fit(p), context_fits = nf_mve_context_fits(p, s->y), is_masked = !sees_all(p);
    const int8_t *const x = s->x;
    int8_t *const y = s->y;

    s->queries = p->queries < NF_LANES ? 1 : NF_LANES;
    for (int32_t query = 0; query < p->queries; query += s->queries) {
        s->query = query < p->queries - s->queries ? query : p->queries - s->queries;
        s->x = x + s->query * p->head_columns;
        s->y = y + s->query * p->output_stride;
        if (move(s)) {
            nf_mve_value_biases(s, context_fits);
        }
        score(s, scores_fit);
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
}

/* Bytes of scores, of weights and of the biases of keys each; and of all that attention wants to have. */
static int32_t part_of(const nf_attention_params *params)
{
    return NF_LANES * ((params->keys + NF_TILE_VALUES - 1) & -NF_TILE_VALUES);
}

static uint32_t room_for(const nf_attention_params *params, size_t calls)
{
    const int32_t columns = (params->head_columns + NF_LANES - 1) & -NF_LANES; /* a last pair has biases of its own */
    return (uint32_t)(3 * part_of(params)) + (uint32_t)columns * sizeof(int32_t) + (uint32_t)calls;
}

/* Not inline, so that its stretch does not lie beneath the other ways. */
__attribute__((noinline)) static void attend_in(const nf_attention_params *params, const int8_t *query,
                                                const int8_t *key, const int8_t *value, int8_t *y, nf_scratch scratch)
{
    const int32_t part = part_of(params);
    int8_t *room = (int8_t *)scratch.bytes;
    nf_mve_stretch s = {
        .params = params,
        .key = key,
        .value = value,
        .x = query,
        .y = y,
        .scores = room,
        .weights = room + part,
        .padded = part / NF_LANES,
        .key_bias = (int32_t *)(void *)(room + 2 * part),
        .value_bias = (int32_t *)(void *)(room + 3 * part),
        .calls = (nf_mve_calls *)(void *)(room + room_for(params, 0)),
    };
    nf_mve_key_biases(&s);
    if (scratch.size >= room_for(params, sizeof(nf_mve_calls)) && sees_all(params) && nf_mve_are_regular(params) &&
        nf_mve_scores_fit(params) && nf_mve_context_fits(params, y)) {
        s.keys = s.values = params->keys;
        s.queries = NF_LANES;
        nf_mve_value_biases(&s, true);
        nf_mve_attend_fours(&s);
    } else {
        attend(&s);
    }
}

void nf_mve_attention_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key, const int8_t *value,
                         int8_t *y, nf_scratch scratch)
{
    if (sees_all(params) && nf_mve_is_8x16(params, y)) {
        nf_mve_attend_8x16(params, query, key, value, y);
    } else if (scratch.size >= room_for(params, sizeof(nf_mve_four))) {
        attend_in(params, query, key, value, y, scratch);
    } else {
        attend_portably(params, query, key, value, y, scratch);
    }
}
