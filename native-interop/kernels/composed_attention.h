/* Attention out of a matmul and a softmax, row by row: for tables without an attention of their own, and for the rows that one of
 * those leaves over. */
#ifndef NANOFORMER_KERNELS_COMPOSED_ATTENTION_H
#define NANOFORMER_KERNELS_COMPOSED_ATTENTION_H

#include "nanoformer/kernels.h"

/* The keys that a query sees: [first, end). */
typedef struct nf_key_range {
    int32_t first, end;
} nf_key_range;

static inline nf_key_range nf_keys_of(const nf_attention_params *params, int32_t query)
{
    const int32_t end = query + params->after + 1;
    return (nf_key_range){
        .first = query > params->before ? query - params->before : 0,
        .end = end < params->keys ? end : params->keys,
    };
}

/* Queries from `first_query` on. Scratch: at least `keys` bytes. */
void nf_composed_attention_s8(const nf_kernels *kernels, const nf_attention_params *params, int32_t first_query,
                              const int8_t *query, const int8_t *key, const int8_t *value, int8_t *y,
                              nf_scratch scratch);

#endif
