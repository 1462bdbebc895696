/* Scores and context as products of rows, for shapes that attention_fours.c does not know, and for what it leaves over. */
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

static void biases(const int8_t *rows, int32_t stride, int32_t count, int32_t values, int32_t zero_point, int32_t *bias)
{
    const int32_t fours = count / NF_LANES;

    if (fours > 0) {
        nf_mve_biases_of_fours(rows, stride, fours, values, -zero_point, bias);
    }
    for (int32_t n = fours * NF_LANES; n < count; n++) {
        bias[n] = -zero_point * sum_of(rows + n * stride, values);
    }
}

/* Only rows of 8 values do without, but for those behind the last four. */
void nf_mve_key_biases(const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    const bool without = nf_mve_scores_fit(p) && p->head_columns == 8 && p->key_stride == 8;
    const int32_t from = without ? p->keys & -NF_LANES : 0;
    biases(s->key + from * p->key_stride, p->key_stride, p->keys - from, p->head_columns, p->query_zero_point,
           s->key_bias + from);
}

void nf_mve_value_biases(const nf_mve_stretch *s, bool fits)
{
    const nf_attention_params *p = s->params;
    const int8_t *value = s->value + s->value_first;
    const int32_t last = p->head_columns - NF_LANES;

    biases(value, p->value_stride, p->head_columns, s->values, NF_WEIGHT_ZERO_POINT, s->value_bias);
    if (fits && p->head_columns % NF_LANES != 0) {
        biases(value + last * p->value_stride, p->value_stride, NF_LANES, s->values, NF_WEIGHT_ZERO_POINT,
               s->value_bias + (p->head_columns & -NF_LANES));
    }
}

/* The sum of (x - x_zero_point) * (row - row_zero_point) is that of x * row, a bias of each row, -x_zero_point times its sum, and a
 * correction of each x, -row_zero_point times the sum of (x - x_zero_point). */
static void corrections(const int8_t *x, int32_t stride, int32_t values, int32_t tokens, int32_t x_zero_point,
                        int32_t row_zero_point, int32_t correction[NF_LANES])
{
    for (int32_t t = 0; t < tokens; t++) {
        correction[t] = -row_zero_point * (sum_of(x + t * stride, values) - values * x_zero_point);
    }
}

/* What product_rows looks up for four rows. It lies in the part of the room that the product leaves alone. */
typedef struct constants {
    int32_t multiplier[NF_LANES], shift[NF_LANES], correction[NF_LANES], bias[NF_LANES];
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

/* Rows from `from` on, `product` is that of row 0; the next four go to y + y_step. */
static void run_fours(nf_mve_product *product, int32_t from, int32_t rows, const int32_t *bias, constants *shared,
                      int32_t y_step)
{
    product->weights += from * product->weight_stride;
    product->y += from / NF_LANES * y_step;
    for (int32_t row = from; row < rows; row += NF_LANES) {
        const int32_t count = rows - row < NF_LANES ? rows - row : NF_LANES;
        for (int32_t i = 0; i < count; i++) {
            shared->bias[i] = bias[nf_mve_place_of_row(row + i, rows)];
        }
        nf_mve_product_rows(product, 0, count, 0, product->tokens);
        product->weights += NF_LANES * product->weight_stride;
        product->y += y_step;
    }
}

/* Filled in functions of their own: what the compiler builds on the way is not to lie beneath the kernel. Field by field: cheaper than
 * clearing it first. */
__attribute__((noinline)) static constants *fill_scores(nf_mve_product *product, const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    const int32_t columns = p->head_columns;
    constants *const shared = constants_in(s->weights, p->score_multiplier, p->score_shift);
    corrections(s->x, columns, columns, s->queries, p->query_zero_point, p->key_zero_point, shared->correction);
    product->x = s->x;
    product->weights = s->key + s->first * p->key_stride;
    product->y = s->scores;
    product->tokens = s->queries;
    product->inner = columns;
    product->x_stride = columns;
    product->weight_stride = p->key_stride;
    product->token_stride = NF_LANES;
    product->output_stride = 1;
    product->bias = shared->bias;
    product->multiplier = shared->multiplier;
    product->shift = shared->shift;
    product->constants_step = 0;
    product->correction = shared->correction;
    product->zero_point = p->score_zero_point;
    product->low = INT8_MIN;
    product->high = INT8_MAX;
    return shared;
}

void nf_mve_scores_of_any(const nf_mve_stretch *s, int32_t from)
{
    nf_mve_product *const product = &s->calls->product;
    constants *const shared = fill_scores(product, s);
    run_fours(product, from, s->keys, s->key_bias + s->first, shared, NF_LANES * NF_LANES);
}

__attribute__((noinline)) static constants *fill_context(nf_mve_product *product, const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    constants *const shared = constants_in(s->scores, p->context_multiplier, p->context_shift);
    corrections(s->weights, s->padded, s->values, s->queries, NF_WEIGHT_ZERO_POINT, p->value_zero_point,
                shared->correction);
    product->x = s->weights;
    product->weights = s->value + s->value_first;
    product->y = s->y;
    product->tokens = s->queries;
    product->inner = s->values;
    product->x_stride = s->padded;
    product->weight_stride = p->value_stride;
    product->token_stride = p->output_stride;
    product->output_stride = 1;
    product->bias = shared->bias;
    product->multiplier = shared->multiplier;
    product->shift = shared->shift;
    product->constants_step = 0;
    product->correction = shared->correction;
    product->zero_point = p->output_zero_point;
    product->low = INT8_MIN;
    product->high = INT8_MAX;
    return shared;
}

void nf_mve_context_of_any(const nf_mve_stretch *s)
{
    nf_mve_product *const product = &s->calls->product;
    constants *const shared = fill_context(product, s);
    run_fours(product, 0, s->params->head_columns, s->value_bias, shared, NF_LANES);
}
