/* NanoFormer engine: runs an int8 transformer from a model image (MODEL-IMAGE.md) with the arithmetic of NUMERICS.md.
 *
 * C11, freestanding, little-endian. No heap, no float, no recursion, no global state: every session is independent.
 *
 *   static uint32_t arena[N / 4];
 *   nf_model model;
 *   nf_session session;
 *   nf_model_open(&model, nf_kernels_built[0], image, image_bytes); // validates the whole image, copies nothing
 *   nf_session_open(&session, &model, arena, sizeof arena);
 *   nf_session_run(&session, window, values, output, outputs);
 */
#ifndef NANOFORMER_ENGINE_H
#define NANOFORMER_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nanoformer/kernels.h"

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#define NF_API __declspec(dllexport)
#elif defined(__GNUC__)
#define NF_API __attribute__((visibility("default")))
#else
#define NF_API
#endif

/* Every function that can fail returns one of these. Names and numbers are shared with the C# reader. */
typedef enum nf_status {
    NF_OK = 0,
    NF_ERROR_NULL_ARGUMENT = -1,         /* a required pointer is null */
    NF_ERROR_MISALIGNED = -2,            /* image or arena does not start on a 4-byte boundary */
    NF_ERROR_TRUNCATED = -3,             /* fewer bytes than the image says it has, or than a header */
    NF_ERROR_BAD_MAGIC = -4,             /* not a model image */
    NF_ERROR_UNSUPPORTED_VERSION = -5,   /* an image of another format version */
    NF_ERROR_BAD_CHECKSUM = -6,          /* bytes damaged in storage or on the way */
    NF_ERROR_BAD_HEADER = -7,            /* a header field out of range, or a section outside the image */
    NF_ERROR_BAD_TENSOR = -8,            /* a tensor record out of range */
    NF_ERROR_BAD_OPERATOR = -9,          /* operands, shapes or parameters of an operator do not fit together */
    NF_ERROR_UNSUPPORTED_OPERATOR = -10, /* an operator kind this build does not know */
    NF_ERROR_BAD_PLAN = -11,             /* the arena plan reads bytes not yet written, or overwrites live ones */
    NF_ERROR_BAD_TABLE = -12,            /* a softmax table or quantization constant out of range */
    NF_ERROR_ARENA_TOO_SMALL = -13,      /* the caller's arena is smaller than the image asks for */
    NF_ERROR_WRONG_SHAPE = -14,          /* a window or output buffer of the wrong length */
    NF_ERROR_SELF_TEST_FAILED = -15,     /* a test vector of the image gave other bytes */
    NF_ERROR_NO_TEST_VECTORS = -16,      /* self-test asked of an image that holds none */
    NF_ERROR_NOT_RUNNING = -17,          /* a run was continued that was never begun */
    NF_ERROR_OVERSIZED = -18,            /* more bytes than the image says it has: see nf_image_bytes */
    NF_ERROR_NO_STREAM = -19             /* a stream asked of a model without a step program */
} nf_status;

/* A validated image. Points to the caller's image and table of kernels, which must outlive it. Fields are read-only to the caller. */
typedef struct nf_model {
    const nf_kernels *kernels;
    const uint8_t *image;
    uint32_t image_bytes;
    uint32_t crc32;
    uint32_t arena_bytes;      /* arena that window runs need, from the offline plan */
    uint32_t step_arena_bytes; /* arena that a stream needs; 0 when the model does not stream */
    uint32_t rate_millihertz;  /* sample rate of the input */
    uint16_t window_samples;   /* samples in a window */
    uint16_t hop_samples;      /* samples between the starts of two windows */
    uint16_t step_samples;     /* samples in a step; 0 when the model does not stream */
    uint16_t channel_count;    /* values in a sample */
    uint16_t value_bytes;      /* bytes of a value of the window: 2 = int16, 1 = int8 */
    uint16_t output_count;     /* int8 values in the output */
    uint16_t class_count;      /* how many of them, from the first, are classes; the rest are scores */
    int16_t alarm_threshold;   /* a score at or above it is an alarm; -32768 when there is none */
    uint32_t postures;         /* bit i: class i is a posture, which lasts until a movement; 0 without any */
    uint8_t voters;            /* how many of the last answers vote on the device; 0 leaves it to the caller */
    uint16_t label_count;
    uint16_t tensor_count;
    uint16_t operator_count;
    uint16_t test_vector_count;
    uint16_t gate_threshold_permille; /* suggested confidence below which an answer is "unknown" */
    const uint8_t *packed;            /* the packed section; null when the image has none */
    bool steps_are_packed;            /* its rows are those of the step program, too */
} nf_model;

/* A run or a stream, over one arena. Callers use the functions, not the fields. */
typedef struct nf_session {
    const nf_model *model;
    uint8_t *arena;
    uint32_t arena_bytes;
    const void *window;     /* the window being run; null when none was begun */
    uint32_t staged;        /* values of an unfinished step that wait in the arena */
    uint16_t next_operator; /* index of the next operator of the run */
    bool is_streaming;
} nf_session;

/* Size that the image at `image` claims, for a place that may hold more, such as a flash partition of `room` bytes. 0 when
 * there is no image, or it would not fit. The claim is checked by nf_model_open only. */
NF_API size_t nf_image_bytes(const void *image, size_t room);

/* Validates an image of exactly `bytes` bytes (4-byte aligned) and fills `model`. On any error `model` is all zero.
 * UNSUPPORTED_OPERATOR: the image needs what the table of kernels lacks. */
NF_API nf_status nf_model_open(nf_model *model, const nf_kernels *kernels, const void *image, size_t bytes);

/* Zero-terminated names inside the image; null when the index is out of range. */
NF_API const char *nf_model_id(const nf_model *model);
NF_API const char *nf_model_label(const nf_model *model, uint32_t index);
NF_API const char *nf_model_channel_name(const nf_model *model, uint32_t index);
NF_API const char *nf_model_channel_unit(const nf_model *model, uint32_t index);

/* Physical units of one raw input step of a channel: mantissa * 2^(shift - 31). */
NF_API nf_status nf_model_channel_scale(const nf_model *model, uint32_t index, int32_t *mantissa, int32_t *shift);

/* Binds a model to an arena (4-byte aligned, at least model->arena_bytes; for a session that only streams, model->step_arena_bytes is
 * enough). Both must outlive the session. */
NF_API nf_status nf_session_open(nf_session *session, const nf_model *model, void *arena, size_t arena_bytes);

/* Runs one window: int16 or int8 (model->value_bytes) [window_samples][channel_count] in, int8 [output_count] out.
 * `values` and `outputs` are element counts and must match exactly. Ends a stream. */
NF_API nf_status nf_session_run(nf_session *session, const void *window, size_t values, int8_t *output, size_t outputs);

/* The same run in slices, so that a long model does not starve other threads:
 *   nf_session_begin(...); do status = nf_session_continue(&session, 2, output, outputs, &remaining); while (remaining);
 * Runs at most `slices` operators, a group of them counting as one; `remaining` receives how many operators are left; output is written
 * when it reaches 0. */
NF_API nf_status nf_session_begin(nf_session *session, const void *window, size_t values);
NF_API nf_status nf_session_continue(nf_session *session, uint32_t slices, int8_t *output, size_t outputs,
                                     uint32_t *remaining);

/* Begins a stream: what the model remembers is forgotten. NO_STREAM when it has no step program. */
NF_API nf_status nf_session_stream(nf_session *session);

/* Feeds a stream any number of whole samples, [n][channel_count] values. Each time model->step_samples of them are together the
 * step program runs; `steps` receives how often it did, `output` the result of the last (untouched when there was none). */
NF_API nf_status nf_session_step(nf_session *session, const void *samples, size_t values, int8_t *output,
                                 size_t outputs, uint32_t *steps);

/* Runs every test vector of the image, as a window and, where the model streams, as a stream, and compares byte for byte.
 * `failed_vector` (may be null) receives the index of the first that differs, or the number of vectors when all agree. */
NF_API nf_status nf_session_self_test(nf_session *session, uint32_t *failed_vector);

/* A stable upper-case name ("BAD_CHECKSUM"), and one sentence that says what is wrong. */
NF_API const char *nf_status_name(nf_status status);
NF_API const char *nf_status_text(nf_status status);

#ifdef __cplusplus
}
#endif

#endif
