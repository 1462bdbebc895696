/* Four queries at once against rows of keys and values: those of 8 or 16 values in four_rows.S, longer ones in four_tiles.S. */
#include <arm_mve.h>
#include <stddef.h>

#include "product.h"
#include "stretch.h"

#define LONGEST (NF_TILE_VECTORS * NF_TILE_VALUES)

static int32_t whole_vectors(int32_t count)
{
    return (count + NF_TILE_VALUES - 1) & -NF_TILE_VALUES;
}

/* Rows of four_rows.S; of the others, queries are read in whole vectors, which has them copied to where the weights will be. */
static bool is_short(const nf_attention_params *p)
{
    return p->key_stride == p->head_columns && (p->head_columns == 8 || p->head_columns == NF_TILE_VALUES);
}

static bool is_copied(const nf_attention_params *p)
{
    return !is_short(p) && p->head_columns % NF_TILE_VALUES != 0;
}

bool nf_mve_scores_fit(const nf_attention_params *p)
{
    const int32_t columns = whole_vectors(p->head_columns);
    return p->score_shift < 0 && columns <= LONGEST && (!is_copied(p) || columns <= whole_vectors(p->keys));
}

bool nf_mve_are_regular(const nf_attention_params *p)
{
    return !is_copied(p) && (p->queries | p->keys | p->head_columns) % NF_LANES == 0;
}

bool nf_mve_context_fits(const nf_attention_params *p, const int8_t *y)
{
    const bool is_even = ((uintptr_t)y | (uintptr_t)p->output_stride | (uintptr_t)p->head_columns) % 2 == 0;
    return is_even && p->head_columns >= NF_LANES && p->keys <= LONGEST && p->context_shift < 0 &&
           NF_LANES * p->output_stride <= UINT16_MAX;
}

bool nf_mve_is_8x16(const nf_attention_params *p, const int8_t *y)
{
    const bool has_shape = p->head_columns == 8 && p->key_stride == 8 && p->keys == 16 && p->value_stride == 16;
    return has_shape && p->queries % NF_LANES == 0 && p->score_shift < 0 && nf_mve_context_fits(p, y);
}

static nf_mve_four_rows *score_of(const nf_attention_params *p)
{
    if (!is_short(p)) {
        return nf_mve_four_tiles;
    }
    return p->head_columns == 8 ? nf_mve_scores_8 : nf_mve_scores_16;
}

static nf_mve_four_rows *context_of(const nf_mve_stretch *s)
{
    const bool is_vector = s->values == NF_TILE_VALUES && s->params->value_stride == NF_TILE_VALUES;
    return is_vector ? nf_mve_context_16 : nf_mve_four_tiles;
}

/* Two values each, of x `step` apart. */
static void set_offsets(nf_mve_four *four, int32_t step)
{
    const uint16x8_t lanes = vidupq_n_u16(0, 1);
    const uint16x8_t x = vmulq_n_u16(vshrq_n_u16(lanes, 1), (uint16_t)step);
    vst1q_u16(four->offsets, vaddq_u16(x, vshlq_n_u16(vandq_u16(lanes, vdupq_n_u16(1)), 1)));
}

/* The queries at x, filled up to whole vectors. */
static const int8_t *copied(const nf_mve_stretch *s, const int8_t *x)
{
    const nf_attention_params *p = s->params;
    const int8x16_t fill = vdupq_n_s8((int8_t)p->query_zero_point);
    int8_t *to = s->weights;

    for (int32_t t = 0; t < s->queries; t++, x += p->head_columns) {
        for (int32_t c = 0; c < p->head_columns; c += NF_TILE_VALUES, to += NF_TILE_VALUES) {
            const mve_pred16_t lanes = vctp8q((uint32_t)(p->head_columns - c));
            vst1q_s8(to, vpselq_s8(vldrbq_z_s8(x + c, lanes), fill, lanes));
        }
    }
    return s->weights;
}

static void fill_scores(nf_mve_four *four, const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    const int32_t x_stride = is_short(p) ? p->head_columns : whole_vectors(p->head_columns);
    four->x = s->x;
    four->x_stride = s->queries == 1 ? 0 : x_stride;
    four->rows = s->key + s->first * p->key_stride;
    four->bias = s->key_bias + s->first;
    four->y = s->scores;
    four->zero_point = p->score_zero_point;
    four->multiplier = p->score_multiplier;
    four->shift = p->score_shift;
    four->x_zero_point = p->query_zero_point;
    four->row_zero_point = p->key_zero_point;
    four->rows_end = four->rows + (s->keys & -NF_LANES) * p->key_stride;
    set_offsets(four, NF_LANES);
    four->y_step = NF_LANES * NF_LANES;
    four->row_stride = p->key_stride;
    four->values = p->head_columns;
}

static void fill_context(nf_mve_four *four, const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    four->x = s->weights;
    four->x_stride = s->queries == 1 ? 0 : s->padded;
    four->rows = s->value + s->value_first;
    four->bias = s->value_bias;
    four->y = s->y;
    four->zero_point = p->output_zero_point;
    four->multiplier = p->context_multiplier;
    four->shift = p->context_shift;
    four->x_zero_point = NF_WEIGHT_ZERO_POINT;
    four->row_zero_point = p->value_zero_point;
    four->rows_end = four->rows + (p->head_columns & -NF_LANES) * p->value_stride;
    set_offsets(four, s->queries == 1 ? 0 : p->output_stride);
    four->y_step = NF_LANES;
    four->row_stride = p->value_stride;
    four->values = s->values;
}

/* To the last two columns of an odd number of pairs, with two that were there before. */
static void move_to_last_pair(nf_mve_four *context, const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    const int32_t column = p->head_columns - NF_LANES;

    context->rows = s->value + s->value_first + column * p->value_stride;
    context->rows_end = context->rows + NF_LANES * p->value_stride;
    context->bias = s->value_bias + (p->head_columns & -NF_LANES);
    context->y = s->y + column;
}

void nf_mve_scores_of_four(const nf_mve_stretch *s)
{
    nf_mve_four *const scores = &s->calls->scores;
    fill_scores(scores, s);
    if (is_copied(s->params)) {
        scores->x = copied(s, s->x);
    }
    score_of(s->params)(scores);
}

void nf_mve_context_of_four(const nf_mve_stretch *s)
{
    nf_mve_four *const context = &s->calls->scores;
    fill_context(context, s);
    context_of(s)(context);
    if (s->params->head_columns % NF_LANES != 0) {
        move_to_last_pair(context, s);
        context_of(s)(context);
    }
}

void nf_mve_attend_fours(const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    nf_mve_four_rows *const score = score_of(p), *const weigh = context_of(s);
    nf_mve_calls *const calls = s->calls;

    fill_scores(&calls->scores, s);
    fill_context(&calls->context, s);
    nf_mve_fill_softmax(&calls->softmax, s, NULL);
    if (s->values % NF_TILE_VALUES != 0) {
        nf_mve_pad_weights(s);
    }
    for (int32_t i = 0; i < p->queries; i += NF_LANES) {
        score(&calls->scores);
        nf_mve_softmax_four(&calls->softmax);
        weigh(&calls->context);
        calls->scores.x += NF_LANES * p->head_columns;
        calls->context.y += NF_LANES * p->output_stride;
    }
}
