/* Attention of one head, four queries at a time. */
#ifndef NANOFORMER_KERNELS_MVE_STRETCH_H
#define NANOFORMER_KERNELS_MVE_STRETCH_H

#include <stdbool.h>

#include "attention.h"
#include "nanoformer/kernels.h"
#include "product.h"

#define NF_WEIGHT_ZERO_POINT (-128)

/* Arguments of the assembly. They are kept in scratch, not beneath it on the stack. */
typedef struct nf_mve_calls {
    union {
        nf_mve_four scores; /* of the context, too, where its own has no room */
        nf_mve_product product;
    };
    nf_mve_four context;
    nf_mve_softmax softmax;
} nf_mve_calls;

_Static_assert(sizeof(nf_mve_product) <= sizeof(nf_mve_four), "has room for the first only");

/* Four queries, or one, the stretch of keys that they see, at least in part, in whole fours up to the last key, the stretch of values around it
 * in whole vectors, and where everything is kept. */
typedef struct nf_mve_stretch {
    const nf_attention_params *params;
    const int8_t *key, *value; /* from key 0 on */
    const int8_t *x;           /* of these queries, as y */
    int8_t *y;
    int32_t query, queries;
    int32_t first, keys;
    int32_t value_first, values;
    int8_t *scores;      /* [keys / NF_LANES, rounded up][NF_LANES queries][NF_LANES keys] */
    int8_t *weights;     /* [NF_LANES][padded], of the stretch of values */
    int32_t padded;      /* all keys, rounded up to whole vectors */
    int32_t *key_bias;   /* [all keys] */
    int32_t *value_bias; /* [head columns, rounded up to NF_LANES], of the stretch */
    nf_mve_calls *calls; /* all of it for nf_mve_attend_fours, else the first four only */
} nf_mve_stretch;

/* Of each row, -zero_point times its sum: of all keys, where the scores want them; of the values of the stretch. In paired order but for the
 * rows behind the last four; where the context fits, those are two, and the last four of all in paired order. */
void nf_mve_key_biases(const nf_mve_stretch *s);
void nf_mve_value_biases(const nf_mve_stretch *s, bool fits);
static inline int32_t nf_mve_place_of_row(int32_t row, int32_t rows)
{
    return row < (rows & -NF_LANES) ? NF_PAIRED(row) : row;
}

/* Any number of columns and keys, any shift (attention_any.c); the scores from the key `from` on, a multiple of NF_LANES. */
void nf_mve_scores_of_any(const nf_mve_stretch *s, int32_t from);
void nf_mve_context_of_any(const nf_mve_stretch *s);

/* The usual shapes (attention_fours.c). What fits all keys fits every stretch of whole vectors. A single query is taken four times. */
bool nf_mve_scores_fit(const nf_attention_params *params);
bool nf_mve_context_fits(const nf_attention_params *params, const int8_t *y);
void nf_mve_scores_of_four(const nf_mve_stretch *s);
void nf_mve_context_of_four(const nf_mve_stretch *s);

/* All queries, where scores and context fit, all see all keys, and nothing is left over. */
bool nf_mve_are_regular(const nf_attention_params *params);
void nf_mve_attend_fours(const nf_mve_stretch *s);

/* attend_8x16.S: heads of 8 columns over 16 keys that all queries see, as small windows have them. */
bool nf_mve_is_8x16(const nf_attention_params *params, const int8_t *y);
void nf_mve_attend_8x16(const nf_attention_params *params, const int8_t *query, const int8_t *key, const int8_t *value,
                        int8_t *y);

/* attention_softmax.c. First, when the keys are not a multiple of NF_LANES, scores beyond the last of them: they never are the maximum, and
 * the softmax overwrites them. Then scores to weights; the queries see all of the stretch, or not. Values that are not in the stretch of
 * keys, up to a whole vector, have no weight. */
void nf_mve_pad_scores(const nf_mve_stretch *s);
void nf_mve_pad_weights(const nf_mve_stretch *s);
void nf_mve_fill_softmax(nf_mve_softmax *softmax, const nf_mve_stretch *s, const int32_t *unseen);
void nf_mve_softmax_of(const nf_mve_stretch *s);
void nf_mve_softmax_of_seen(const nf_mve_stretch *s);

#endif
