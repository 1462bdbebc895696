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

enum { NF_PLACE_WINDOW = 0, NF_PLACE_ARENA = 1, NF_PLACE_IMAGE = 2 };
enum { NF_INT8 = 1, NF_INT16 = 2, NF_INT32 = 4 };
enum { NF_QUANTIZE = 1, NF_CONV1D, NF_LINEAR, NF_ATTENTION, NF_ADD, NF_MEAN, NF_SOFTMAX, NF_DEPTHWISE_CONV1D };

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
    uint8_t reserved[32];
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
    uint8_t kind, reserved_1;
    uint16_t input, input_2, output, weights, constants, exponentials, reserved_2;
    uint32_t scratch_offset, scratch_bytes;
    union {
        int32_t parameters[10];
        struct {
            int32_t kernel, stride, pad_left, low, high;
        } conv1d;
        struct {
            int32_t low, high;
        } linear;
        struct {
            int32_t heads, head_columns, query_zero_point, key_zero_point, value_zero_point;
            int32_t score_multiplier, score_shift, score_zero_point, context_multiplier, context_shift;
        } attention;
        struct {
            int32_t multiplier_1, shift_1, multiplier_2, shift_2, multiplier, shift, low, high;
        } add;
        struct {
            int32_t multiplier, shift;
        } mean;
    } with;
} nf_operator;

_Static_assert(sizeof(nf_header) == NF_HEADER_BYTES, "header layout");
_Static_assert(sizeof(nf_channel) == 32, "channel layout");
_Static_assert(sizeof(nf_label) == 24, "label layout");
_Static_assert(sizeof(nf_tensor) == 32, "tensor layout");
_Static_assert(sizeof(nf_operator) == 64, "operator layout");

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

static inline const nf_operator *nf_operators(const nf_model *model)
{
    return (const nf_operator *)(const void *)(model->image + nf_header_of(model)->operators_offset);
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

static inline bool nf_overlap(uint32_t a, uint32_t a_bytes, uint32_t b, uint32_t b_bytes)
{
    return a < b + b_bytes && b < a + a_bytes;
}

/* Bytes of one test vector: window, output, rounded up to 16. */
uint32_t nf_test_vector_bytes(const nf_model *model);

/* Bytes of scratch that an attention over `rows` tokens needs: queries, keys, transposed values, one row of scores. */
uint32_t nf_attention_scratch_bytes(uint32_t rows, uint32_t head_columns);

/* The parts of nf_model_open, each trusting those before it. */
nf_status nf_validate_header(const nf_model *model);
nf_status nf_validate_tensors(const nf_model *model);
nf_status nf_validate_operators(const nf_model *model);
nf_status nf_validate_plan(const nf_model *model);

/* Runs one operator of a validated model. `window` backs the input tensor. */
void nf_execute(const nf_model *model, const nf_operator *op, const int16_t *window, uint8_t *arena);

#endif
