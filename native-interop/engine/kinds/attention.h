/* What attention over a window and in a stream share. */
#ifndef NANOFORMER_ENGINE_KINDS_ATTENTION_H
#define NANOFORMER_ENGINE_KINDS_ATTENTION_H

#include "../kind.h"

enum { NF_QUERY, NF_KEY, NF_VALUE };

/* A linear layer from the tokens to queries, keys or values. */
typedef struct nf_projection {
    nf_linear_params params;
    nf_channel_constants constants;
    const int8_t *weights;
    int8_t *y;
} nf_projection;

nf_projection nf_projection_of(const nf_context *c, uint32_t part, int32_t outputs, int32_t token_stride,
                               int32_t output_stride, int8_t *y);

nf_attention_params nf_attention_params_of(const nf_context *c);

/* One head behind its projections, by the kernel for it or composed of others. */
void nf_attend(const nf_kernels *kernels, const nf_attention_params *params, const int8_t *query, const int8_t *key,
               const int8_t *value, int8_t *y, nf_scratch scratch);

bool nf_attention_has_kernels(const nf_kernels *k);

#endif
