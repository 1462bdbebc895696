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

/* Constants of a product with one multiplier; they lie in the part of the room that the product leaves alone. */
typedef struct constants {
    int32_t multiplier[NF_LANES], shift[NF_LANES], correction[NF_LANES];
} constants;

_Static_assert(sizeof(constants) <= NF_LANES * NF_TILE_VALUES, "fits the scores and the weights of the fewest keys");

static constants *constants_in(int8_t *room, int32_t multiplier, int32_t shift)
{
    constants *c = (constants *)(void *)room;
    for (int32_t i = 0; i < NF_LANES; i++) {
        c->multiplier[i] = multiplier;
        c->shift[i] = shift;
    }
    return c;
}

/* Filled in functions of their own: what the compiler builds on the way is not to lie beneath the product. Field by field: cheaper than
 * clearing it first. */
__attribute__((noinline)) static void fill_scores(nf_mve_product *product, const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    const int32_t columns = p->head_columns;
    constants *const shared = constants_in(s->weights, p->score_multiplier, p->score_shift);
    corrections(s->x, columns, columns, s->queries, p->query_zero_point, p->key_zero_point, shared->correction);
    product->x = s->x;
    product->weights = s->key + s->first * p->key_stride;
    product->y = s->scores;
    product->tokens = s->queries;
    product->rows = s->keys;
    product->inner = columns;
    product->x_stride = columns;
    product->weight_stride = p->key_stride;
    product->token_stride = 1;
    product->output_stride = NF_LANES;
    product->bias = s->key_bias + s->first;
    product->multiplier = shared->multiplier;
    product->shift = shared->shift;
    product->constants_step = 0;
    product->correction = shared->correction;
    product->zero_point = p->score_zero_point;
    product->low = INT8_MIN;
    product->high = INT8_MAX;
}

void nf_mve_scores_of_any(const nf_mve_stretch *s)
{
    nf_mve_product product;
    fill_scores(&product, s);
    nf_mve_product_run(&product);
}

__attribute__((noinline)) static void fill_context(nf_mve_product *product, const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    constants *const shared = constants_in(s->scores, p->context_multiplier, p->context_shift);
    corrections(s->weights, s->padded, s->keys, s->queries, NF_WEIGHT_ZERO_POINT, p->value_zero_point,
                shared->correction);
    product->x = s->weights;
    product->weights = s->value + s->first;
    product->y = s->y;
    product->tokens = s->queries;
    product->rows = p->head_columns;
    product->inner = s->keys;
    product->x_stride = s->padded;
    product->weight_stride = p->value_stride;
    product->token_stride = p->output_stride;
    product->output_stride = 1;
    product->bias = s->value_bias;
    product->multiplier = shared->multiplier;
    product->shift = shared->shift;
    product->constants_step = 0;
    product->correction = shared->correction;
    product->zero_point = p->output_zero_point;
    product->low = INT8_MIN;
    product->high = INT8_MAX;
}

void nf_mve_context_of_any(const nf_mve_stretch *s)
{
    nf_mve_product product;
    fill_context(&product, s);
    nf_mve_product_run(&product);
}

void nf_mve_key_biases(const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    biases(s->key, p->key_stride, p->keys, p->head_columns, p->query_zero_point, s->key_bias);
}

void nf_mve_value_biases(const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    biases(s->value + s->first, p->value_stride, p->head_columns, s->keys, NF_WEIGHT_ZERO_POINT, s->value_bias);
}
