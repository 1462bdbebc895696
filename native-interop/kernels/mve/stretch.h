/* Attention of one head, four queries at a time. */
#ifndef NANOFORMER_KERNELS_MVE_STRETCH_H
#define NANOFORMER_KERNELS_MVE_STRETCH_H

#include <stdbool.h>

#include "attention.h"
#include "nanoformer/kernels.h"

#define NF_LANES 4
#define NF_WEIGHT_ZERO_POINT (-128)

/* Up to four queries and the stretch of keys that they see, at least in part, and where everything is kept. */
typedef struct nf_mve_stretch {
    const nf_attention_params *params;
    const int8_t *key, *value; /* from key 0 on */
    const int8_t *x;           /* of these queries, as y */
    int8_t *y;
    int32_t query, queries;
    int32_t first, keys;
    int8_t *scores;      /* [keys, rounded up to NF_LANES][NF_LANES] */
    int8_t *weights;     /* [NF_LANES][padded] */
    int32_t padded;      /* all keys, rounded up to whole vectors */
    int32_t *key_bias;   /* [all keys] */
    int32_t *value_bias; /* [head columns], of the stretch */
} nf_mve_stretch;

/* Any number of columns, keys and queries (attention_any.c). They need the biases: of keys for the scores, of values for the context. */
void nf_mve_key_biases(const nf_mve_stretch *s);
void nf_mve_value_biases(const nf_mve_stretch *s);
void nf_mve_scores_of_any(const nf_mve_stretch *s);
void nf_mve_context_of_any(const nf_mve_stretch *s);

/* Four queries of the usual shapes (attention_fours.c). What fits all keys fits every stretch of whole vectors. */
bool nf_mve_scores_fit(const nf_attention_params *params);
bool nf_mve_context_fits(const nf_attention_params *params);
void nf_mve_scores_of_four(const nf_mve_stretch *s);
void nf_mve_context_of_four(const nf_mve_stretch *s);

/* All queries, a multiple of four that see all keys, where scores and context fit. */
void nf_mve_attend_fours(const nf_mve_stretch *s);

/* attention_softmax.c. First, when the keys are not a multiple of NF_LANES, scores beyond the last of them: they never are the maximum, and
 * the softmax overwrites them. Then scores to weights; the queries see all of the stretch, or not. */
void nf_mve_pad_scores(const nf_mve_stretch *s);
void nf_mve_softmax_of(const nf_mve_stretch *s);
void nf_mve_softmax_of_seen(const nf_mve_stretch *s);

#endif
