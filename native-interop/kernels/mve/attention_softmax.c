/* Scores to weights. Of keys that a query does not see, the score is the lowest there is, so never above the maximum; it does not count in
 * the sum; and there is no weight. */
#include <arm_mve.h>
#include <stddef.h>

#include "../composed_attention.h"
#include "stretch.h"

/* Where `seen`, of all keys, lies in the stretch. */
static nf_key_range in_stretch(const nf_mve_stretch *s, nf_key_range seen)
{
    return (nf_key_range){.first = seen.first - s->first, .end = seen.end - s->first};
}

/* Lowest values of a key that is not seen; values of the next key lie `step` bytes further. */
static void hide(const nf_mve_stretch *s, nf_key_range seen, int8_t *values, int32_t step)
{
    for (int32_t k = 0; k < seen.first; k++) {
        values[k * step] = INT8_MIN;
    }
    for (int32_t k = seen.end; k < s->keys; k++) {
        values[k * step] = INT8_MIN;
    }
}

void nf_mve_pad_scores(const nf_mve_stretch *s)
{
    vst1q_s8(s->scores + s->keys / NF_LANES * NF_LANES * NF_LANES, vdupq_n_s8(INT8_MIN));
}

void nf_mve_softmax_of(const nf_mve_stretch *s)
{
    nf_mve_softmax_four(s->scores, s->keys, s->params->exponentials, s->weights, s->padded, NULL);
}

void nf_mve_softmax_of_seen(const nf_mve_stretch *s)
{
    int32_t unseen[NF_LANES] = {0};

    for (int32_t t = 0; t < s->queries; t++) {
        const nf_key_range seen = in_stretch(s, nf_keys_of(s->params, s->query + t));
        unseen[t] = s->keys - (seen.end - seen.first);
        hide(s, seen, s->scores + t, NF_LANES);
    }
    nf_mve_softmax_four(s->scores, s->keys, s->params->exponentials, s->weights, s->padded, unseen);
    for (int32_t t = 0; t < s->queries; t++) {
        hide(s, in_stretch(s, nf_keys_of(s->params, s->query + t)), s->weights + t * s->padded, 1);
    }
}
