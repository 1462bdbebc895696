#include "composed_attention.h"

/* One query: a row of scores, their softmax, the weighted values. */
static void attend(const nf_kernels *kernels, const nf_attention_params *params, const int8_t *query, const int8_t *key,
                   const int8_t *value, int32_t keys, int8_t *y, nf_scratch scratch)
{
    nf_matmul_params product = {
        .rows = 1,
        .inner = params->head_columns,
        .columns = keys,
        .b_stride = params->key_stride,
        .a_zero_point = params->query_zero_point,
        .b_zero_point = params->key_zero_point,
        .output_zero_point = params->score_zero_point,
        .multiplier = params->score_multiplier,
        .shift = params->score_shift,
    };
    const nf_softmax_params softmax = {
        .rows = 1,
        .columns = keys,
        .exponentials = params->exponentials,
        .multiplier = params->softmax_multiplier,
        .shift = params->softmax_shift,
    };
    int8_t *scores = (int8_t *)scratch.bytes;
    const uint32_t used = ((uint32_t)keys + 15u) & ~15u;
    const nf_scratch rest = {.bytes = scratch.bytes + used, .size = scratch.size > used ? scratch.size - used : 0};

    kernels->matmul_s8(&product, query, key, scores, rest);
    kernels->softmax_s8(&softmax, scores, scores);

    product.inner = keys;
    product.columns = params->head_columns;
    product.b_stride = params->value_stride;
    product.a_zero_point = -128;
    product.b_zero_point = params->value_zero_point;
    product.output_zero_point = params->output_zero_point;
    product.multiplier = params->context_multiplier;
    product.shift = params->context_shift;
    kernels->matmul_s8(&product, scores, value, y, rest);
}

void nf_composed_attention_s8(const nf_kernels *kernels, const nf_attention_params *params, int32_t first_query,
                              const int8_t *query, const int8_t *key, const int8_t *value, int8_t *y,
                              nf_scratch scratch)
{
    for (int32_t row = first_query; row < params->queries; row++) {
        const nf_key_range range = nf_keys_of(params, row);
        attend(kernels, params, query + row * params->head_columns, key + range.first * params->key_stride,
               value + range.first, range.end - range.first, y + row * params->output_stride, scratch);
    }
}
