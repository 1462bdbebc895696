/* Scores and context as products of rows, for shapes that attention_fours.c does not know, masks, streams and tails. */
#include "product.h"
#include "stretch.h"

static int32_t sum_of(const int8_t *x, int32_t count)
{
    int32_t sum = 0;
    __asm__ volatile("dlstp.8 lr, %[count]\n"
                     "1: vldrb.8 q0, [%[x]], #16\n"
                     "vaddva.s8 %[sum], q0\n"
                     "letp lr, 1b\n"
                     : [x] "+r"(x), [sum] "+Te"(sum)
                     : [count] "r"(count)
                     : "q0", "lr", "memory");
    return sum;
}

/* The sum of (x - x_zero_point) * (row - row_zero_point) is that of x * row, a bias of each row, -x_zero_point times its sum, and a
 * correction of each x, -row_zero_point times the sum of (x - x_zero_point). */
static void biases(const int8_t *rows, int32_t stride, int32_t count, int32_t values, int32_t x_zero_point,
                   int32_t *bias)
{
    for (int32_t n = 0; n < count; n++) {
        bias[n] = -x_zero_point * sum_of(rows + n * stride, values);
    }
}

static void corrections(const int8_t *x, int32_t stride, int32_t values, int32_t tokens, int32_t x_zero_point,
                        int32_t row_zero_point, int32_t correction[NF_LANES])
{
    for (int32_t t = 0; t < tokens; t++) {
        correction[t] = -row_zero_point * (sum_of(x + t * stride, values) - values * x_zero_point);
    }
}

static void fill(int32_t value, int32_t values[NF_LANES])
{
    for (int32_t i = 0; i < NF_LANES; i++) {
        values[i] = value;
    }
}

static void scores_of_any_shape(const nf_mve_stretch *s, const int8_t *query, int32_t tokens)
{
    const nf_attention_params *p = s->params;
    const int32_t columns = p->head_columns;
    int32_t multiplier[NF_LANES], shift[NF_LANES], correction[NF_LANES];

    fill(p->score_multiplier, multiplier);
    fill(p->score_shift, shift);
    corrections(query, columns, columns, tokens, p->query_zero_point, p->key_zero_point, correction);
    const nf_mve_product product = {
        .x = query,
        .weights = s->key,
        .y = s->scores,
        .tokens = tokens,
        .rows = s->keys,
        .inner = columns,
        .x_stride = columns,
        .weight_stride = p->key_stride,
        .token_stride = 1,
        .output_stride = NF_LANES,
        .bias = s->key_bias,
        .multiplier = multiplier,
        .shift = shift,
        .correction = correction,
        .zero_point = p->score_zero_point,
        .low = INT8_MIN,
        .high = INT8_MAX,
    };
    nf_mve_product_run(&product);
}

void nf_mve_context_of_any(const nf_mve_stretch *s, int8_t *y, int32_t tokens)
{
    const nf_attention_params *p = s->params;
    int32_t multiplier[NF_LANES], shift[NF_LANES], correction[NF_LANES];

    fill(p->context_multiplier, multiplier);
    fill(p->context_shift, shift);
    corrections(s->weights, s->padded, s->keys, tokens, NF_WEIGHT_ZERO_POINT, p->value_zero_point, correction);
    const nf_mve_product product = {
        .x = s->weights,
        .weights = s->value,
        .y = y,
        .tokens = tokens,
        .rows = p->head_columns,
        .inner = s->keys,
        .x_stride = s->padded,
        .weight_stride = p->value_stride,
        .token_stride = p->output_stride,
        .output_stride = 1,
        .bias = s->value_bias,
        .multiplier = multiplier,
        .shift = shift,
        .correction = correction,
        .zero_point = p->output_zero_point,
        .low = INT8_MIN,
        .high = INT8_MAX,
    };
    nf_mve_product_run(&product);
}

void nf_mve_key_biases(const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    biases(s->key, p->key_stride, s->keys, p->head_columns, p->query_zero_point, s->key_bias);
}

void nf_mve_value_biases(const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    biases(s->value, p->value_stride, p->head_columns, s->keys, NF_WEIGHT_ZERO_POINT, s->value_bias);
}

void nf_mve_attend_any(const nf_mve_stretch *s, const int8_t *query, int8_t *y, int32_t tokens)
{
    nf_mve_pad_scores(s);
    scores_of_any_shape(s, query, tokens);
    nf_mve_softmax_of(s);
    nf_mve_context_of_any(s, y, tokens);
}
