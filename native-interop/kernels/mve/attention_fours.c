/* Four whole queries at once, for heads of 8 or 16 columns: their vectors stay in registers (four_rows.S). */
#include <stddef.h>

#include "product.h"
#include "stretch.h"

typedef void four_rows(const nf_mve_four *four);

/* What computes the scores of four queries at once; null when the head has not the shape for it. */
static four_rows *scores_in_fours(const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;

    if (p->key_stride != p->head_columns || s->keys % 2 != 0 || p->score_shift >= 0) {
        return NULL;
    }
    return p->head_columns == 8 ? nf_mve_four_rows_8 : p->head_columns == 16 ? nf_mve_four_rows_16 : NULL;
}

bool nf_mve_scores_fit(const nf_mve_stretch *s)
{
    return scores_in_fours(s) != NULL;
}

static void fill_scores(nf_mve_four *four, const nf_mve_stretch *s, const int8_t *query)
{
    static const uint16_t offsets[2 * NF_LANES] = {0, 4, 1, 5, 2, 6, 3, 7};
    const nf_attention_params *p = s->params;
    four->x = query;
    four->x_stride = p->head_columns;
    four->rows = s->key;
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

bool nf_mve_context_fits(const nf_mve_stretch *s)
{
    const nf_attention_params *p = s->params;
    const bool one_vector = s->keys == NF_TILE_VALUES && p->value_stride == NF_TILE_VALUES;
    const bool fits = p->head_columns % 2 == 0 && p->context_shift < 0 && 3 * p->output_stride < UINT16_MAX;
    return one_vector && fits;
}

static void fill_context(nf_mve_four *four, const nf_mve_stretch *s, int8_t *y)
{
    const nf_attention_params *p = s->params;
    four->x = s->weights;
    four->x_stride = s->padded;
    four->rows = s->value;
    four->row_pairs = p->head_columns / 2;
    four->y = y;
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

int32_t nf_mve_attend_fours(const nf_mve_stretch *s, const int8_t *query, int8_t *y)
{
    const nf_attention_params *p = s->params;
    four_rows *score = scores_in_fours(s);
    const bool context_fits = nf_mve_context_fits(s);
    nf_mve_four scores, contexts;
    int32_t i;

    fill_scores(&scores, s, query);
    fill_context(&contexts, s, y);
    for (i = 0; i + NF_LANES <= p->queries; i += NF_LANES) {
        nf_mve_pad_scores(s);
        score(&scores);
        nf_mve_softmax_of(s);
        if (context_fits) {
            nf_mve_four_rows_16(&contexts);
        } else {
            nf_mve_context_of_any(s, contexts.y, NF_LANES);
        }
        scores.x += NF_LANES * p->head_columns;
        contexts.y += NF_LANES * p->output_stride;
    }
    return i;
}
