/* Attention of one head, four queries at a time. */
#ifndef NANOFORMER_KERNELS_MVE_STRETCH_H
#define NANOFORMER_KERNELS_MVE_STRETCH_H

#include <arm_mve.h>
#include <stdbool.h>

#include "attention.h"
#include "nanoformer/kernels.h"

#define NF_LANES 4
#define NF_WEIGHT_ZERO_POINT (-128)

/* A stretch of keys that some queries see completely, and where everything is kept. */
typedef struct nf_mve_stretch {
    const nf_attention_params *params;
    const int8_t *key, *value;
    int32_t keys;
    int8_t *scores;      /* [keys, rounded up to NF_LANES][NF_LANES] */
    int8_t *weights;     /* [NF_LANES][padded] */
    int32_t padded;      /* keys, rounded up to whole vectors */
    int32_t *key_bias;   /* [keys] */
    int32_t *value_bias; /* [head columns] */
} nf_mve_stretch;

/* Any number of columns and keys, up to four queries (attention_any.c). They need the biases of keys and values. */
void nf_mve_key_biases(const nf_mve_stretch *s);
void nf_mve_value_biases(const nf_mve_stretch *s);
void nf_mve_attend_any(const nf_mve_stretch *s, const int8_t *query, int8_t *y, int32_t queries);
void nf_mve_context_of_any(const nf_mve_stretch *s, int8_t *y, int32_t queries);

/* The usual shapes (attention_fours.c). */
bool nf_mve_scores_fit(const nf_mve_stretch *s);
bool nf_mve_context_fits(const nf_mve_stretch *s);

/* Whole groups of four queries, of a stretch whose scores fit; returns how many queries were done. */
int32_t nf_mve_attend_fours(const nf_mve_stretch *s, const int8_t *query, int8_t *y);

/* Scores beyond the last key never are the maximum; the softmax overwrites them. */
static inline void nf_mve_pad_scores(const nf_mve_stretch *s)
{
    if (s->keys % NF_LANES != 0) {
        vst1q_s8(s->scores + s->keys / NF_LANES * NF_LANES * NF_LANES, vdupq_n_s8(INT8_MIN));
    }
}

/* Scores to weights. */
static inline void nf_mve_softmax_of(const nf_mve_stretch *s)
{
    nf_mve_softmax_four(s->scores, s->keys, s->params->exponentials, s->weights, s->padded);
}

#endif
