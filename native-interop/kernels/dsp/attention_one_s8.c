#include "attention.h"
#include "composed_attention.h"
#include "scalar/scalar.h"

/* What attention is composed of where the fast way does not go. */
static const nf_kernels parts = {.matmul_s8 = nf_scalar_matmul_s8, .softmax_s8 = nf_dsp_softmax_s8};

static void start(nf_dsp_vector *job, int32_t multiplier, int32_t shift, int32_t zero_point, int32_t rows_zero_point)
{
    job->multiplier = multiplier;
    job->rounding = nf_dsp_rounding(zero_point, shift);
    job->shift = -shift;
    job->offset = nf_dsp_pair(-rows_zero_point);
}

/* `rows` rows of `columns` values, `stride` apart. */
static void set_shape(nf_dsp_vector *job, int32_t rows, int32_t stride, int32_t columns)
{
    job->step = 2 * stride - columns;
    job->odd = rows % 2 * 2 * stride;
    job->stride = stride;
    nf_dsp_vector_prepare(job, columns);
}

static void multiply(nf_dsp_vector *job, const int8_t *rows, int32_t pairs_bytes)
{
    job->rows = rows;
    job->rows_end = rows + pairs_bytes;
    nf_dsp_vector_run(job);
}

/* Keys by columns of the values are read up to the next multiple of four: the shares there are 0, and their rows are that long. */
static int fits(const nf_attention_params *params, int32_t all_columns, const int8_t *key, const int8_t *value,
                nf_scratch scratch)
{
    const uint32_t lengths =
        (uint32_t)params->head_columns | (uint32_t)params->key_stride | (uint32_t)params->value_stride;
    const int aligned = ((lengths | (uintptr_t)key | (uintptr_t)value) & 3u) == 0;
    const uint32_t keys = (uint32_t)nf_dsp_round_up4(params->keys);
    const uint32_t columns = (uint32_t)all_columns;

    return aligned && params->head_columns <= NF_DSP_MAX_HEAD_COLUMNS && scratch.size >= 7 * keys + 2 * columns &&
           nf_dsp_is_fast_shift(params->score_shift) && nf_dsp_is_fast_shift(params->context_shift);
}

/* Whole heads of `all_columns` columns together, straight from the int8 keys and values. Scratch: exponentials int32 [keys], shares int16
 * [keys], the query widened and doubled, scores int8 [keys]; keys rounded up to fours. */
__attribute__((noinline)) static void attend(const nf_attention_params *params, int32_t all_columns,
                                             const int8_t *query, const int8_t *key, const int8_t *value, int8_t *y,
                                             uint8_t *scratch)
{
    const int32_t columns = params->head_columns;
    const int32_t keys = params->keys, padded = nf_dsp_round_up4(keys);
    const int32_t key_bytes = (keys & ~1) * params->key_stride, value_bytes = columns * params->value_stride;
    int32_t *exponentials = (int32_t *)(void *)scratch;
    int16_t *shares = (int16_t *)(void *)(exponentials + padded), *widened = shares + padded;
    int8_t *scores = (int8_t *)(widened + all_columns);
    nf_dsp_vector score, context;

    nf_dsp_widen_vector_doubled(widened, query, all_columns, nf_dsp_pair(-params->query_zero_point));
    start(&score, params->score_multiplier, params->score_shift, params->score_zero_point, params->key_zero_point);
    set_shape(&score, keys, params->key_stride, columns);
    score.y = scores;
    score.x = widened;
    start(&context, params->context_multiplier, params->context_shift, params->output_zero_point,
          params->value_zero_point);
    set_shape(&context, columns, params->value_stride, padded);
    context.y = y;
    context.x = shares;
    context.x_end = shares + padded;

    for (const int8_t *end = key + all_columns; key < end; key += columns) {
        score.x_end = score.x + columns;
        multiply(&score, key, key_bytes);
        nf_dsp_fill_groups(scores, 0, 0, keys, padded);
        nf_dsp_softmax_row(scores, padded / 4, params->exponentials, exponentials, shares, 0, padded - keys, 1);
        multiply(&context, value, value_bytes);
        score.x += columns;
        context.y += columns;
        value += value_bytes;
    }
}

void nf_dsp_attention_one_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key,
                             const int8_t *value, int8_t *y, nf_scratch scratch)
{
    const int32_t columns = params->head_columns, all_columns = params->heads * columns;
    const int all_fit = fits(params, all_columns, key, value, scratch);
    const int one_fits = all_fit || fits(params, columns, key, value, scratch);
    const int32_t at_once = all_fit ? all_columns : columns;

    for (int32_t first = 0; first < all_columns; first += at_once) {
        const int8_t *values = value + first * params->value_stride;
        if (one_fits) {
            attend(params, at_once, query + first, key + first, values, y + first, scratch.bytes);
        } else {
            nf_composed_attention_s8(&parts, params, 0, query + first, key + first, values, y + first, scratch);
        }
    }
}
