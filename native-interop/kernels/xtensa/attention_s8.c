#include "../composed_attention.h"
#include "../scalar/scalar.h"
#include "dots.h"
#include "softmax_row.h"
#include "xtensa.h"

static const nf_kernels row_by_row = {.matmul_s8 = nf_scalar_matmul_s8, .softmax_s8 = nf_scalar_softmax_s8};

/* Scratch of a head, in this order. */
typedef struct head_scratch {
    int32_t *exponentials; /* [keys] */
    int16_t *keys;         /* widened [keys][columns] */
    int16_t *values;       /* widened [columns][keys] */
    int16_t *query;        /* widened [columns] */
    int16_t *shares;       /* [keys + 4]: a row that begins late may end in a group behind */
    int8_t *scores;        /* [keys] */
    uint32_t size;
} head_scratch;

static head_scratch scratch_of(const nf_attention_params *params, uint8_t *bytes)
{
    const int32_t keys = nf_xtensa_round_up4(params->keys), columns = nf_xtensa_round_up4(params->head_columns);
    head_scratch s;
    s.exponentials = (int32_t *)(void *)bytes;
    s.keys = (int16_t *)(s.exponentials + keys);
    s.values = s.keys + params->keys * columns;
    s.query = s.values + params->head_columns * keys;
    s.shares = s.query + columns;
    s.scores = (int8_t *)(s.shares + keys + 4);
    s.size =
        (uint32_t)(4 * keys + 2 * (params->keys * columns + params->head_columns * keys + columns + keys + 4) + keys);
    return s;
}

/* The largest difference of an int8 to a zero point. */
static uint32_t reach(int32_t zero_point)
{
    return (uint32_t)(zero_point < 0 ? 127 - zero_point : 128 + zero_point);
}

static int set_scales(const nf_attention_params *params, nf_xtensa_scale *score, nf_xtensa_scale *context)
{
    const uint32_t score_bound =
        reach(params->query_zero_point) * reach(params->key_zero_point) * (uint32_t)params->head_columns;
    /* Shares add up to 256, except for what rounding adds to each. */
    const uint32_t context_bound = reach(params->value_zero_point) * (260u + (uint32_t)params->keys);

    return nf_xtensa_set_scale(score, params->head_columns, score_bound, params->score_multiplier, params->score_shift,
                               params->score_zero_point) &&
           nf_xtensa_set_scale(context, params->keys, context_bound, params->context_multiplier, params->context_shift,
                               params->output_zero_point);
}

static void clear(int16_t *shares, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        shares[i] = 0;
    }
}

/* Apart, so that its registers take no stack below the composed attention. */
__attribute__((noinline)) static void attend(const nf_attention_params *params, const head_scratch *s,
                                             const nf_xtensa_scale *score, const nf_xtensa_scale *context,
                                             const int8_t *query, const int8_t *key, const int8_t *value, int8_t *y)
{
    const int32_t columns = params->head_columns, keys = params->keys;
    const int32_t key_columns = nf_xtensa_round_up4(columns);

    nf_xtensa_widen_from(s->keys, key, params->key_stride, keys, columns, -params->key_zero_point);
    nf_xtensa_widen_from(s->values, value, params->value_stride, columns, keys, -params->value_zero_point);
    for (int32_t i = 0; i < params->queries; i++) {
        const nf_key_range range = nf_keys_of(params, i);
        const int32_t count = range.end - range.first;
        if (count < keys) {
            clear(s->shares, nf_xtensa_round_up4(keys));
        }
        nf_xtensa_widen_from(s->query, query + i * columns, 0, 1, columns, -params->query_zero_point);
        nf_xtensa_dots(score, s->query, s->keys + range.first * key_columns, count, s->scores, 1);
        nf_xtensa_softmax_row(s->scores, count, params->exponentials, s->exponentials, s->shares + range.first);
        nf_xtensa_dots(context, s->shares, s->values, columns, y + i * params->output_stride, 1);
    }
}

void nf_xtensa_attention_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key,
                            const int8_t *value, int8_t *y, nf_scratch scratch)
{
    const head_scratch s = scratch_of(params, scratch.bytes);
    nf_xtensa_scale score, context;

    if (scratch.size >= s.size && set_scales(params, &score, &context)) {
        attend(params, &s, &score, &context, query, key, value, y);
        return;
    }
    nf_composed_attention_s8(&row_by_row, params, 0, query, key, value, y, scratch);
}
