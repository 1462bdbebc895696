/* What attention over a window, in a stream, and linear attention share. */
#ifndef NANOFORMER_ENGINE_KINDS_ATTENTION_H
#define NANOFORMER_ENGINE_KINDS_ATTENTION_H

#include "../kind.h"

typedef struct nf_attention {
    int32_t heads, head_columns, query_zero_point, key_zero_point, value_zero_point;
    int32_t score_multiplier, score_shift, score_zero_point, context_multiplier, context_shift;
    int32_t before, after;
} nf_attention;

#define NF_ATTENTION_RANGES                                                                                            \
    NF_COUNT NF_COUNT NF_ZERO_POINT NF_ZERO_POINT NF_ZERO_POINT NF_MULTIPLIER NF_SHIFT NF_ZERO_POINT NF_MULTIPLIER     \
        NF_SHIFT NF_REACH NF_REACH

/* Of the operator at work. Asked again between kernels: nothing of it is to wait on the stack. */
static inline const nf_attention *nf_attention_of(const nf_context *c)
{
    return nf_parameters(c->op);
}

enum { NF_QUERY, NF_KEY, NF_VALUE };

/* Linear layers from the tokens at x to queries, keys and values, whose rows of weights follow one another. */
typedef struct nf_projection {
    nf_linear_params params;
    const int8_t *x;
    nf_scratch scratch;
} nf_projection;

/* To `columns` columns of each, row by row. The caller sets the output's zero point. */
void nf_start_projection(nf_projection *p, const nf_context *c, uint32_t tokens, int32_t columns, const int8_t *x,
                         uint32_t scratch_used);

/* The columns of a part from `column` on. */
void nf_project(const nf_context *c, nf_projection *p, uint32_t part, uint32_t column, int8_t *y);

/* Of a window; a stream changes some. */
void nf_set_attention_params(nf_attention_params *params, const nf_context *c);

/* One head behind its projections, by the kernel for it or composed of others. */
void nf_attend(const nf_kernels *kernels, const nf_attention_params *params, const int8_t *query, const int8_t *key,
               const int8_t *value, int8_t *y, nf_scratch scratch);

bool nf_attention_has_kernels(const nf_kernels *k);

#endif
