/* Four whole queries at once, for heads of 8 or 16 columns: their vectors stay in registers (four_rows.S). */
#include <arm_mve.h>
#include <stddef.h>

#include "product.h"
#include "stretch.h"

typedef void four_rows(const nf_mve_four *four);

bool nf_mve_scores_fit(const nf_attention_params *p)
{
    const bool has_width = p->head_columns == 8 || p->head_columns == 16;
    return has_width && p->key_stride == p->head_columns && p->keys % 2 == 0 && p->score_shift < 0;
}

static four_rows *score_of(const nf_attention_params *p)
{
    return p->head_columns == 8 ? nf_mve_four_rows_8 : nf_mve_four_rows_16;
}

static void fill_scores(nf_mve_four *four, const nf_mve_stretch *s)
{
    static const uint16_t offsets[2 * NF_LANES] = {0, 4, 1, 5, 2, 6, 3, 7};
    const nf_attention_params *p = s->params;
    four->x = s->x;
    four->x_stride = p->head_columns;
    four->rows = s->key + s->first * p->key_stride;
    four->row_pairs = s->keys / 2;
    four->y = s->scores;
    four->y_step = 2 * NF_LANES;
    four->zero_point = p->score_zero_point;
    four->multiplier = p->score_multiplier;
    four->x_zero_point = p->query_zero_point;
    four->shift = p->score_shift;
    four->row_zero_point = p->key_zero_point;
    vst1q_u16(four->offsets, vld1q_u16(offsets));
}

bool nf_mve_context_fits(const nf_attention_params *p)
{
    const bool one_vector = p->keys == NF_TILE_VALUES && p->value_stride == NF_TILE_VALUES;
    const bool fits = p->head_columns % 2 == 0 && p->context_shift < 0 && 3 * p->output_stride < UINT16_MAX;
    return one_vector && fits;
}

static void fill_context(nf_mve_four *four, const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    four->x = s->weights;
    four->x_stride = s->padded;
    four->rows = s->value;
    four->row_pairs = p->head_columns / 2;
    four->y = s->y;
    four->y_step = 2;
    four->zero_point = p->output_zero_point;
    four->multiplier = p->context_multiplier;
    four->x_zero_point = NF_WEIGHT_ZERO_POINT;
    four->shift = p->context_shift;
    four->row_zero_point = p->value_zero_point;
    for (int32_t t = 0; t < NF_LANES; t++) {
        four->offsets[2 * t] = (uint16_t)(t * p->output_stride);
        four->offsets[2 * t + 1] = (uint16_t)(t * p->output_stride + 1);
    }
}

void nf_mve_scores_of_four(const nf_mve_stretch *s)
{
    nf_mve_four scores;
    fill_scores(&scores, s);
    score_of(s->params)(&scores);
}

void nf_mve_context_of_four(const nf_mve_stretch *s)
{
    nf_mve_four context;
    fill_context(&context, s);
    nf_mve_four_rows_16(&context);
}

void nf_mve_attend_fours(const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    four_rows *const score = score_of(p);
    nf_mve_four scores, context;

    fill_scores(&scores, s);
    fill_context(&context, s);
    for (int32_t i = 0; i < p->queries; i += NF_LANES) {
        score(&scores);
        nf_mve_softmax_four(s->scores, s->keys, p->exponentials, s->weights, s->padded, NULL);
        nf_mve_four_rows_16(&context);
        scores.x += NF_LANES * p->head_columns;
        context.y += NF_LANES * p->output_stride;
    }
}
