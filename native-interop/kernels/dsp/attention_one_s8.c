#include <arm_acle.h>

#include "attention.h"

/* `rows` rows, `stride` apart, from job->rows on; an odd last one is its own partner. */
static void multiply_rows(nf_dsp_vector_uniform *job, int32_t rows, int32_t stride)
{
    job->output_stride = 1;
    job->step = 2 * stride - job->columns;
    job->second_row = job->rows + stride;
    job->rows_end = job->rows + (rows & ~1) * stride;
    if (rows > 1) {
        nf_dsp_vector_uniform_run(job);
    }
    if (rows % 2 != 0) {
        job->y += rows - 1;
        job->output_stride = 0;
        job->step = 0;
        job->rows = job->rows_end;
        job->second_row = job->rows;
        job->rows_end += job->columns;
        nf_dsp_vector_uniform_run(job);
    }
}

static void start(nf_dsp_vector_uniform *job, int32_t multiplier, int32_t shift, int32_t zero_point)
{
    job->multiplier = multiplier;
    job->rounding = nf_dsp_rounding(zero_point, shift);
    job->shift = -shift;
}

static void widen_query(int16_t *out, const int8_t *query, int32_t columns, int32_t zero_point)
{
    int16x2_t *pairs = (int16x2_t *)(void *)out;

    nf_dsp_widen_vector(out, query, columns, nf_dsp_pair(-zero_point));
    for (int32_t i = 0; i < columns / 2; i++) {
        pairs[i] = __sadd16(pairs[i], pairs[i]);
    }
}

/* Keys by columns of the values are read up to the next multiple of four: the shares there are 0, and their rows are that long. */
static int fits(const nf_attention_params *params, const int8_t *key, const int8_t *value, nf_scratch scratch)
{
    const uint32_t lengths =
        (uint32_t)params->head_columns | (uint32_t)params->key_stride | (uint32_t)params->value_stride;
    const int aligned = ((lengths | (uintptr_t)key | (uintptr_t)value) & 3u) == 0;
    const uint32_t keys = (uint32_t)nf_dsp_round_up4(params->keys), columns = (uint32_t)params->head_columns;

    return aligned && columns <= NF_DSP_MAX_HEAD_COLUMNS && scratch.size >= 7 * keys + 2 * columns &&
           nf_dsp_is_fast_shift(params->score_shift) && nf_dsp_is_fast_shift(params->context_shift);
}

/* Straight from the int8 keys and values. */
void nf_dsp_attention_one_s8(const nf_attention_params *params, const int8_t *query, const int8_t *key,
                             const int8_t *value, int8_t *y, nf_scratch scratch)
{
    if (!fits(params, key, value, scratch)) {
        nf_dsp_attention_s8(params, query, key, value, y, scratch);
        return;
    }

    const int32_t keys = nf_dsp_round_up4(params->keys);
    int32_t *exponentials = (int32_t *)(void *)scratch.bytes;
    int16_t *shares = (int16_t *)(void *)(exponentials + keys), *widened = shares + keys;
    int8_t *scores = (int8_t *)(widened + params->head_columns);
    nf_dsp_vector_uniform job;

    widen_query(widened, query, params->head_columns, params->query_zero_point);
    start(&job, params->score_multiplier, params->score_shift, params->score_zero_point);
    job.y = scores;
    job.columns = params->head_columns;
    job.x = widened;
    job.rows = key;
    job.offset = nf_dsp_pair(-params->key_zero_point);
    multiply_rows(&job, params->keys, params->key_stride);

    nf_dsp_fill_groups(scores, 0, 0, params->keys, keys);
    nf_dsp_softmax_row(scores, keys / 4, params->exponentials, exponentials, shares, 0, keys - params->keys, 1);

    start(&job, params->context_multiplier, params->context_shift, params->output_zero_point);
    job.y = y;
    job.columns = keys;
    job.x = shares;
    job.rows = value;
    job.offset = nf_dsp_pair(-params->value_zero_point);
    multiply_rows(&job, params->head_columns, params->value_stride);
}
