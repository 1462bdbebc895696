/* The records of a model image (MODEL-IMAGE.md), laid over its bytes. Internal to the engine. */
#ifndef NANOFORMER_ENGINE_IMAGE_H
#define NANOFORMER_ENGINE_IMAGE_H

#include <stdbool.h>

#include "nanoformer/crc32.h"
#include "nanoformer/engine.h"

#if !defined(_WIN32) && (!defined(__BYTE_ORDER__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
#error "a model image is used in place: the engine needs a little-endian target"
#endif

#define NF_HEADER_BYTES 128u
#define NF_NO_TENSOR 0xFFFFu
#define NF_ALIGNMENT 16u
#define NF_EXPONENTIALS 256u
#define NF_MAX_ROW 511u     /* longest softmax row whose sum keeps 4 leading zero bits */
#define NF_MAX_INPUTS 32768 /* longest dot product whose accumulator cannot wrap */
#define NF_MAX_ROWS 8192    /* longest sum over rows */
#define NF_PARAMETERS 12u
#define NF_NO_ALARM (-32768)
#define NF_RING_HEADER 16u /* in front of a ring: next slot, slots filled */

enum { NF_PLACE_WINDOW, NF_PLACE_ARENA, NF_PLACE_IMAGE, NF_PLACE_STATE };
enum { NF_INT8 = 1, NF_INT16 = 2, NF_INT32 = 4 };
typedef struct nf_header {
    uint8_t magic[4];
    uint16_t version, header_bytes;
    uint32_t image_bytes, crc32;
    char model_id[32];
    uint32_t arena_bytes;
    uint32_t channels_offset, labels_offset, tensors_offset, operators_offset, test_vectors_offset;
    uint16_t channel_count, label_count, tensor_count, operator_count, test_vector_count;
    uint16_t window_samples, hop_samples;
    uint16_t input_tensor, output_tensor;
    uint16_t gate_threshold_permille;
    uint32_t rate_millihertz;
    uint16_t class_count;
    int16_t alarm_threshold;
    uint32_t step_operators_offset;
    uint16_t step_operator_count, step_samples, step_input_tensor, step_output_tensor;
    uint32_t step_arena_bytes, staging_offset;
    uint32_t postures;
    uint8_t voters;
    uint8_t reserved[3];
} nf_header;

typedef struct nf_channel {
    char name[16];
    char unit[8];
    int32_t scale_mantissa, scale_shift;
} nf_channel;

typedef struct nf_label {
    char name[24];
} nf_label;

typedef struct nf_tensor {
    uint32_t offset, bytes;
    uint16_t rows, columns;
    uint8_t element_bytes, place;
    int16_t zero_point;
    int32_t scale_mantissa, scale_shift;
    uint8_t reserved[8];
} nf_tensor;

typedef struct nf_operator {
    uint8_t kind, group;
    uint16_t input, input_2, output, weights, constants, table, state;
    uint32_t scratch_offset, scratch_bytes;
    uint16_t tile_rows, reserved_1;
    uint32_t reserved_2;
    int32_t parameters[NF_PARAMETERS]; /* by kind: kinds/ */
} nf_operator;

_Static_assert(sizeof(nf_header) == NF_HEADER_BYTES, "header layout");
_Static_assert(sizeof(nf_channel) == 32, "channel layout");
_Static_assert(sizeof(nf_label) == 24, "label layout");
_Static_assert(sizeof(nf_tensor) == 32, "tensor layout");
_Static_assert(sizeof(nf_operator) == 80, "operator layout");

static inline const nf_header *nf_header_of(const nf_model *model)
{
    return (const nf_header *)(const void *)model->image;
}

static inline const nf_channel *nf_channels(const nf_model *model)
{
    return (const nf_channel *)(const void *)(model->image + nf_header_of(model)->channels_offset);
}

static inline const nf_label *nf_labels(const nf_model *model)
{
    return (const nf_label *)(const void *)(model->image + nf_header_of(model)->labels_offset);
}

static inline const nf_tensor *nf_tensors(const nf_model *model)
{
    return (const nf_tensor *)(const void *)(model->image + nf_header_of(model)->tensors_offset);
}

static inline uint32_t nf_round_up(uint32_t bytes)
{
    return (bytes + NF_ALIGNMENT - 1u) & ~(NF_ALIGNMENT - 1u);
}

/* Whether [offset, offset + bytes) is aligned and lies in [start, end). Cannot overflow. */
static inline bool nf_in_range(uint32_t offset, uint32_t bytes, uint32_t start, uint32_t end)
{
    return offset % NF_ALIGNMENT == 0 && offset >= start && offset <= end && bytes <= end - offset;
}

/* What two outputs take in the packed section: their constants, int32, and their weights as int16. */
#define NF_PACKED_CONSTANTS 8u

static inline uint32_t nf_packed_pair_bytes(uint32_t inputs)
{
    return 4u * NF_PACKED_CONSTANTS + 4u * ((inputs + 3u) & ~3u);
}

static inline bool nf_overlap(uint32_t a, uint32_t a_bytes, uint32_t b, uint32_t b_bytes)
{
    return a < b + b_bytes && b < a + a_bytes;
}

/* One of the two operator lists of an image. */
typedef struct nf_program {
    const nf_operator *operators;
    uint32_t count;
    uint16_t input, output; /* tensors */
    uint32_t arena_bytes;
    bool is_step;
    const nf_kind *const *kinds; /* [NF_KINDS] */
} nf_program;

/* The kind of an operator; null when this build does not run it in such a program. */
static inline const nf_kind *nf_kind_of(const nf_program *program, const nf_operator *op)
{
    return op->kind < NF_KINDS ? program->kinds[op->kind] : NULL;
}

static inline nf_program nf_window_program(const nf_model *model)
{
    const nf_header *h = nf_header_of(model);
    return (nf_program){
        .operators = (const nf_operator *)(const void *)(model->image + h->operators_offset),
        .count = h->operator_count,
        .input = h->input_tensor,
        .output = h->output_tensor,
        .arena_bytes = h->arena_bytes,
        .kinds = model->kernels->kinds,
    };
}

/* Without operators when the model, or this build, does not stream. */
static inline nf_program nf_step_program(const nf_model *model)
{
    const nf_header *h = nf_header_of(model);
    return (nf_program){
        .operators = (const nf_operator *)(const void *)(model->image + h->step_operators_offset),
        .count = model->kernels->step_kinds != NULL ? h->step_operator_count : 0,
        .input = h->step_input_tensor,
        .output = h->step_output_tensor,
        .arena_bytes = h->step_arena_bytes,
        .is_step = true,
        .kinds = model->kernels->step_kinds,
    };
}

/* The operators [first, end) of a group, or the one operator where there is none. */
typedef struct nf_group {
    uint32_t first, end, tile_rows;
} nf_group;

nf_group nf_group_of(const nf_program *program, uint32_t index);

/* The operator that runs after the one at `index`, which is not inside a group, or after its group. */
static inline uint32_t nf_next_slice(const nf_program *program, uint32_t index)
{
    const uint32_t group = program->operators[index].group;
    return index + (group != 0 ? group : 1);
}

static inline bool nf_in_group(const nf_group *group)
{
    return group->tile_rows != 0;
}

static inline bool nf_reads(const nf_operator *op, uint32_t tensor)
{
    return op->input == tensor || op->input_2 == tensor;
}

/* The output of a program that has run, by its tensor. */
const int8_t *nf_output_of(const nf_session *session, uint16_t tensor);

/* Whether an operator outside a group touches a tensor, or it is the program's output: then the group sees it whole. */
bool nf_is_whole(const nf_program *program, const nf_group *group, uint32_t tensor);

/* Bytes of one test vector: window, output, rounded up to 16. */
uint32_t nf_test_vector_bytes(const nf_model *model);

/* Bytes of the room where samples of an unfinished step wait, rounded up to 16. */
uint32_t nf_staging_bytes(const nf_model *model);

/* Offsets of the parts of a head's scratch: queries, keys, values, then what is left: one row of scores, or the sums. */
typedef struct nf_head_scratch {
    uint32_t query, key, value, rest;
} nf_head_scratch;

nf_head_scratch nf_head_scratch_of(uint32_t rows, uint32_t head_columns);

/* The parts of nf_model_open, each trusting those before it. */
nf_status nf_validate_header(const nf_model *model);
nf_status nf_validate_tensors(const nf_model *model);
nf_status nf_validate_operators(const nf_model *model, const nf_program *program);
nf_status nf_validate_plan(const nf_model *model);
nf_status nf_validate_packed(nf_model *model);

/* The parts of nf_validate_operators: a record by itself, its group, its tables. */
bool nf_operands_fit(const nf_model *model, const nf_program *program, const nf_operator *op);
bool nf_group_fits(const nf_model *model, const nf_program *program, uint32_t index);
nf_status nf_check_tables(const nf_model *model, const nf_kind *kind, const nf_operator *op);

/* Runs a program of a session's model from the operator or group at `index` on, at most `slices` of them. `window` backs the program's
 * input tensor. Returns the index of what comes next. */
uint32_t nf_execute(const nf_session *session, const nf_program *program, uint32_t index, uint32_t slices,
                    const void *window);

#endif
