/* The packed section: it is where its footer says, and holds nothing but what the weights and constants say. */
#include "image.h"

#define MAGIC 0x4B434150u /* "PACK" */
#define MAX_SHIFT 16
#define MAX_BIAS (1 << 29)

typedef struct packed_footer {
    uint32_t magic, offset, bytes, reserved;
} packed_footer;

/* What is packed of an operator. */
typedef struct source {
    const int8_t *weights;    /* [outputs][inputs] */
    const int32_t *constants; /* [3][outputs] */
    uint32_t inputs, outputs;
    int32_t zero_points[3]; /* of each third of the outputs */
} source;

/* False when the kind has no linear layer, or none whose outputs come in pairs. */
static bool find_source(const nf_model *model, const nf_operator *op, source *s)
{
    const bool is_attention = op->kind == NF_ATTENTION || op->kind == NF_LINEAR_ATTENTION;
    if (op->kind != NF_CONV1D && op->kind != NF_LINEAR && !(is_attention && op->parameters[1] % 2 == 0)) {
        return false;
    }

    const nf_tensor *weights = &nf_tensors(model)[op->weights];
    s->weights = (const int8_t *)model->image + weights->offset;
    s->constants = (const int32_t *)(const void *)(model->image + nf_tensors(model)[op->constants].offset);
    s->inputs = weights->columns;
    s->outputs = weights->rows;
    for (uint32_t i = 0; i < 3; i++) {
        s->zero_points[i] = is_attention ? op->parameters[2 + i] : nf_tensors(model)[op->output].zero_point;
    }
    return true;
}

/* 0 when a constant is not such as the dsp kernels take. */
static uint32_t bytes_of(const source *s)
{
    const uint32_t paired = s->outputs & ~1u;
    for (uint32_t n = 0; n < paired; n++) {
        const int32_t bias = s->constants[n], shift = s->constants[2 * s->outputs + n];
        if (shift >= 0 || shift < -MAX_SHIFT || bias >= MAX_BIAS || bias <= -MAX_BIAS) {
            return 0;
        }
    }
    return paired / 2 * nf_packed_pair_bytes(s->inputs);
}

/* One output of the pair at `pair`: its constants; its columns 0, 2, 1, 3, 4, 6 ... doubled, each four in front of or behind the other's. */
static bool holds_output(const int32_t *pair, const source *s, uint32_t n)
{
    const int32_t *constants = s->constants + n, *packed = pair + 2 + n % 2 * 3;
    const int32_t shift = -constants[2 * s->outputs], zero_point = s->zero_points[3 * n / s->outputs];
    if (pair[n % 2] != 2 * constants[0] || packed[0] != constants[s->outputs] ||
        packed[1] != (2 * zero_point + 1) * (1 << (shift - 1)) || packed[2] != shift) {
        return false;
    }

    const int16_t *values = (const int16_t *)(const void *)(pair + NF_PACKED_CONSTANTS) + n % 2 * 4;
    const int8_t *weights = s->weights + n * s->inputs;
    for (uint32_t i = 0; i < ((s->inputs + 3) & ~3u); i++) {
        const uint32_t column = (i & ~3u) | (i << 1 & 2u) | (i >> 1 & 1u);
        if (values[i + (i & ~3u)] != (column < s->inputs ? 2 * weights[column] : 0)) {
            return false;
        }
    }
    return true;
}

static bool holds(const uint8_t *packed, const source *s)
{
    for (uint32_t n = 0; n < (s->outputs & ~1u); n++) {
        if (!holds_output((const int32_t *)(const void *)packed, s, n)) {
            return false;
        }
        packed += n % 2 * nf_packed_pair_bytes(s->inputs);
    }
    return true;
}

/* A table of where each operator's part is, 0 for none; then the parts, in order and without gaps. */
static bool section_fits(const nf_model *model, const uint8_t *section, uint32_t bytes)
{
    const nf_program window = nf_window_program(model);
    const uint32_t *table = (const uint32_t *)(const void *)section;
    const uint32_t table_bytes = nf_round_up(4 * window.count);
    uint32_t end = table_bytes;

    for (uint32_t i = 0; i < table_bytes / 4 && end <= bytes; i++) {
        source s;
        const bool has_source = i < window.count && find_source(model, &window.operators[i], &s);
        const uint32_t part = has_source ? bytes_of(&s) : 0;
        if (table[i] != (part == 0 ? 0 : end) || part > bytes - end || (part != 0 && !holds(section + end, &s))) {
            return false;
        }
        end += part;
    }
    return end == bytes;
}

/* Whether a step may read what is packed of the operator in its place in the window program. */
static bool is_packed_for(const nf_model *model, const nf_operator *step, const nf_operator *window)
{
    source own, packed;
    if (!find_source(model, step, &own)) {
        return true;
    }

    bool same =
        find_source(model, window, &packed) && step->weights == window->weights && step->constants == window->constants;
    for (uint32_t i = 0; same && i < 3; i++) {
        same = own.zero_points[i] == packed.zero_points[i];
    }
    return same;
}

static bool are_steps_packed(const nf_model *model)
{
    const nf_program window = nf_window_program(model), step = nf_step_program(model);
    bool packed = step.count == window.count;

    for (uint32_t i = 0; packed && i < step.count; i++) {
        packed = is_packed_for(model, &step.operators[i], &window.operators[i]);
    }
    return packed;
}

nf_status nf_validate_packed(nf_model *model)
{
    const uint32_t end = model->image_bytes - (uint32_t)sizeof(packed_footer);
    const packed_footer *footer = (const packed_footer *)(const void *)(model->image + end);
    if (footer->magic != MAGIC) {
        return NF_OK;
    }
    if (footer->reserved != 0 || !nf_in_range(footer->offset, footer->bytes, NF_HEADER_BYTES, end) ||
        footer->offset + footer->bytes != end || !section_fits(model, model->image + footer->offset, footer->bytes)) {
        return NF_ERROR_BAD_TABLE;
    }
    model->packed = model->image + footer->offset;
    model->steps_are_packed = are_steps_packed(model);
    return NF_OK;
}
