#include "attention.h"
#include "composed_attention.h"
#include "packed.h"
#include "scalar/scalar.h"

/* What attention is composed of where the fast way does not go. */
static const nf_kernels parts = {.matmul_s8 = nf_scalar_matmul_s8, .softmax_s8 = nf_dsp_softmax_s8};

/* Scratch of a head, in this order. The scores of the first of two queries lie where their shares will be. */
typedef struct head_scratch {
    int8_t *second_scores; /* [keys] */
    int16_t *keys;         /* widened, doubled [keys][columns] */
    int16_t *values;       /* widened, doubled [columns][keys] */
    int16_t *shares;       /* widened, of two queries [2][keys] */
    int32_t *exponentials; /* [keys] */
    int16_t *queries;      /* widened [2][columns]; lies in what the first scores leave of shares, and beyond */
    uint32_t size;
} head_scratch;

static head_scratch scratch_of(const nf_attention_params *params, uint8_t *bytes)
{
    const int32_t keys = nf_dsp_round_up4(params->keys), columns = nf_dsp_round_up4(params->head_columns);
    head_scratch s;
    s.second_scores = (int8_t *)bytes;
    s.keys = (int16_t *)(void *)(bytes + keys);
    s.values = s.keys + keys * columns;
    s.shares = s.values + keys * columns;
    s.exponentials = (int32_t *)(void *)(s.shares + 2 * keys);
    s.queries = s.shares + keys / 2;
    const int32_t shares_end = 8 * keys, queries_end = keys + 4 * columns;
    s.size = (uint32_t)(keys + 4 * keys * columns + (shares_end > queries_end ? shares_end : queries_end));
    return s;
}

static void clear_shares(int16_t *shares, int32_t from, int32_t to)
{
    for (int32_t key = from; key < to; key += 4) {
        nf_dsp_store4((int8_t *)(shares + 2 * key), 0);
        nf_dsp_store4((int8_t *)(shares + 2 * key + 2), 0);
    }
}

/* A tile whose two rows share one multiplier and have no bias. Field by field: cheaper than clearing it first. */
static void start(nf_dsp_tile *tile, int32_t multiplier, int32_t shift, int32_t zero_point)
{
    tile->stride = 1;
    tile->strides = 3;
    tile->multiplier = tile->multiplier_2 = multiplier;
    tile->rounding = tile->rounding_2 = nf_dsp_rounding(zero_point, shift);
    tile->shift = tile->shift_2 = -shift;
    for (int i = 0; i < 4; i++) {
        tile->bias[i] = tile->bias_2[i] = 0;
    }
}

static void set_operands(nf_dsp_tile *tile, int16_t *rows, const int16_t *tokens, int32_t count, int32_t columns)
{
    const int32_t widened = nf_dsp_round_up4(columns);
    tile->rows = rows;
    tile->tokens = tokens;
    tile->fours_end = tokens + nf_dsp_fours_of(count, columns) * widened;
    tile->tokens_end = tokens + ((count + 1) & ~1) * widened;
    nf_dsp_tile_prepare(tile, widened / 4);
}

/* Scores of one query of a pair -> widened shares, 0 where it sees no key. */
static void soften(const nf_attention_params *params, const head_scratch *s, int32_t query, int8_t *scores,
                   int16_t *shares)
{
    const nf_key_range range = nf_keys_of(params, query);
    const int32_t from = range.first & ~3, to = nf_dsp_round_up4(range.end);

    nf_dsp_fill_groups(scores, from, range.first, range.end, to);
    nf_dsp_softmax_row(scores + from, (to - from) / 4, params->exponentials, s->exponentials, shares + 2 * from,
                       range.first - from, to - range.end, 0);
    clear_shares(shares, 0, from);
    clear_shares(shares, to, nf_dsp_round_up4(params->keys));
}

/* All queries by all keys; what a query does not see gets no share. */
__attribute__((noinline)) static void attend(const nf_attention_params *params, const head_scratch *s,
                                             const int8_t *query, const int8_t *key, const int8_t *value, int8_t *y)
{
    const int32_t columns = params->head_columns, keys = params->keys;
    int8_t *first_scores = (int8_t *)s->shares;
    const uint32_t offset = nf_dsp_pair(-params->query_zero_point);
    nf_dsp_internal *widen_query = nf_dsp_widening(query, columns, columns, 0);
    const int all = params->before >= keys && params->after >= keys && keys % 4 == 0;
    nf_dsp_tile score, context;

    start(&score, params->score_multiplier, params->score_shift, params->score_zero_point);
    set_operands(&score, s->queries, s->keys, keys, columns);
    start(&context, params->context_multiplier, params->context_shift, params->output_zero_point);
    set_operands(&context, s->shares, s->values, columns, keys);
    score.y = first_scores;
    score.row_stride = s->second_scores - first_scores;

    nf_dsp_widen(s->keys, key, params->key_stride, keys, columns, nf_dsp_pair(-params->key_zero_point), 1);
    nf_dsp_widen(s->values, value, params->value_stride, columns, keys, nf_dsp_pair(-params->value_zero_point), 1);
    for (int32_t i = 0; i < params->queries; i += 2) {
        const int32_t next = i + 1 < params->queries; /* an odd last query is its own partner */

        nf_dsp_widen_two(s->queries, query + i * columns, query + (i + next) * columns, columns, offset, widen_query);
        nf_dsp_tile_rows(&score);
        if (all) {
            nf_dsp_softmax_row(first_scores, keys / 4, params->exponentials, s->exponentials, s->shares, 0, 0, 0);
            nf_dsp_softmax_row(s->second_scores, keys / 4, params->exponentials, s->exponentials, s->shares + 4, 0, 0,
                               0);
        } else {
            soften(params, s, i, first_scores, s->shares);
            soften(params, s, i + next, s->second_scores, s->shares + 4);
        }

        context.y = y + i * params->output_stride;
        context.row_stride = next * params->output_stride;
        nf_dsp_tile_rows(&context);
    }
}

void nf_dsp_attention_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key, const int8_t *value,
                         int8_t *y, nf_scratch scratch)
{
    const int32_t columns = params->head_columns;
    const head_scratch s = scratch_of(params, scratch.bytes);
    const int fits = columns % 2 == 0 && columns <= NF_DSP_MAX_HEAD_COLUMNS && scratch.size >= s.size &&
                     nf_dsp_is_fast_shift(params->score_shift) && nf_dsp_is_fast_shift(params->context_shift);
    if (fits) {
        attend(params, &s, query, key, value, y);
        return;
    }
    nf_composed_attention_s8(&parts, params, 0, query, key, value, y, scratch);
}
