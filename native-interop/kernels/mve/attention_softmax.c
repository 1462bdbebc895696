/* Scores to weights. Of keys that a query does not see, the score is the lowest there is, so never above the maximum; it does not count in
 * the sum; and there is no weight. */
#include <arm_mve.h>
#include <stddef.h>

#include "../composed_attention.h"
#include "product.h"
#include "stretch.h"

#define ALL_LOWEST 0x80808080u /* four times INT8_MIN */

static int32_t whole_vectors(int32_t keys)
{
    return (keys + NF_TILE_VALUES - 1) & -NF_TILE_VALUES;
}

/* Lowest values for keys [first, end) of a query; its next four values lie `step` bytes further, every four at a multiple of 4. */
__attribute__((noinline)) static void hide(int8_t *values, int32_t step, int32_t first, int32_t end)
{
    int32_t k = first;

    for (; k < end && k % NF_LANES != 0; k++) {
        values[k / NF_LANES * step + k % NF_LANES] = INT8_MIN;
    }
    for (; k + NF_LANES <= end; k += NF_LANES) {
        *(uint32_t *)(void *)(values + k / NF_LANES * step) = ALL_LOWEST;
    }
    for (; k < end; k++) {
        values[k / NF_LANES * step + k % NF_LANES] = INT8_MIN;
    }
}

void nf_mve_pad_scores(const nf_mve_stretch *s)
{
    vst1q_s8(s->scores + s->keys / NF_LANES * NF_LANES * NF_LANES, vdupq_n_s8(INT8_MIN));
}

/* Of query t, values [0, first) and from `end` on. */
static void hide_weights(const nf_mve_stretch *s, int32_t t, int32_t first, int32_t end)
{
    hide(s->weights + t * s->padded, NF_LANES, 0, first);
    hide(s->weights + t * s->padded, NF_LANES, end, whole_vectors(s->values));
}

void nf_mve_pad_weights(const nf_mve_stretch *s)
{
    for (int32_t t = 0; t < NF_LANES; t++) {
        hide_weights(s, t, 0, s->values);
    }
}

void nf_mve_fill_softmax(nf_mve_softmax *softmax, const nf_mve_stretch *s, const int32_t *unseen)
{
    const uint32_t weights = (uint32_t)(uintptr_t)(s->weights + (s->first - s->value_first)) - sizeof(uint32_t);
    softmax->scores = s->scores;
    softmax->keys = s->keys;
    softmax->exponentials = s->params->exponentials;
    softmax->unseen = unseen;
    vst1q_u32(softmax->weights_at, vaddq_n_u32(vmulq_n_u32(vidupq_n_u32(0, 1), (uint32_t)s->padded), weights));
}

static void run_softmax(const nf_mve_stretch *s, const int32_t *unseen)
{
    nf_mve_softmax softmax;
    nf_mve_fill_softmax(&softmax, s, unseen);
    nf_mve_softmax_four(&softmax);
}

void nf_mve_softmax_of(const nf_mve_stretch *s)
{
    run_softmax(s, NULL);
    if (s->values % NF_TILE_VALUES != 0) {
        nf_mve_pad_weights(s);
    }
}

void nf_mve_softmax_of_seen(const nf_mve_stretch *s)
{
    int32_t unseen[NF_LANES] = {0};

    for (int32_t t = 0; t < s->queries; t++) {
        const nf_key_range seen = nf_keys_of(s->params, s->query + t);
        unseen[t] = s->keys - (seen.end - seen.first);
        hide(s->scores + t * NF_LANES, NF_LANES * NF_LANES, 0, seen.first - s->first);
        hide(s->scores + t * NF_LANES, NF_LANES * NF_LANES, seen.end - s->first, s->keys);
    }
    run_softmax(s, unseen);
    for (int32_t t = 0; t < s->queries; t++) {
        const nf_key_range seen = nf_keys_of(s->params, s->query + t);
        hide_weights(s, t, seen.first - s->value_first, seen.end - s->value_first);
    }
}
