/* The transformers of a firmware: a few places, and one static arena that they share. Knows nothing of the CLR. */
#ifndef NANOFORMER_TRANSFORMERS_H
#define NANOFORMER_TRANSFORMERS_H

#include "firmware_board.h"
#include "nanoformer/engine.h"

/* A firmware's own sizes and kernels: written by FindINTEROP-NanoFormer.Interop.cmake. */
#if __has_include("nf_firmware_config.h")
#include "nf_firmware_config.h"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Transformers that can be open at a time. */
#ifndef NF_FIRMWARE_TRANSFORMERS
#define NF_FIRMWARE_TRANSFORMERS 2
#endif

/* Working memory of all of them together. */
#ifndef NF_FIRMWARE_ARENA_BYTES
#define NF_FIRMWARE_ARENA_BYTES 32768
#endif

/* The kernels they run on: a build's fastest, unless its configuration names a table, so that no other is linked. */
#ifndef NF_FIRMWARE_KERNELS
#define NF_FIRMWARE_KERNELS (nf_kernels_built[0])
#endif

/* What was run, and how long it took. The self-test does not count. */
typedef struct nf_transformer_statistics {
    int64_t runs, steps;
    int64_t errors;                                  /* calls refused */
    int64_t last_microseconds, maximum_microseconds; /* of one inference */
    int64_t total_microseconds;
} nf_transformer_statistics;

typedef struct nf_transformer {
    int32_t handle; /* 0: this place is free */
    nf_flash_view image;
    nf_model model;
    nf_session session;
    uint32_t arena_start, arena_end;
    uint32_t run_microseconds; /* of the run in slices that is under way */
    nf_transformer_statistics statistics;
} nf_transformer;

/* Opens the image that `image` shows, and takes the view over: it is given back when the transformer is closed, or
 * at once when it cannot be opened. Gives a handle above 0, an nf_status below 0, or 0 when every place is taken. */
int32_t nf_transformers_open(const nf_flash_view *image);

/* The transformer of a handle; null when it is not open. */
nf_transformer *nf_transformers_find(int32_t handle);

void nf_transformer_close(nf_transformer *transformer);
void nf_transformers_close_all(void);

/* The engine's calls (engine.h), timed, counted and marked. `value_bytes` is the size of the caller's values:
 * WRONG_SHAPE when it is not the model's. */
nf_status nf_transformer_run(nf_transformer *transformer, const void *window, size_t values, size_t value_bytes,
                             int8_t *output, size_t outputs);
nf_status nf_transformer_begin(nf_transformer *transformer, const void *window, size_t values, size_t value_bytes);

/* `window` is where the window lies now: it may have moved since nf_transformer_begin. */
nf_status nf_transformer_continue(nf_transformer *transformer, const void *window, uint32_t operators, int8_t *output,
                                  size_t outputs, uint32_t *remaining);
nf_status nf_transformer_stream(nf_transformer *transformer);
nf_status nf_transformer_step(nf_transformer *transformer, const void *samples, size_t values, size_t value_bytes,
                              int8_t *output, size_t outputs, uint32_t *steps);
nf_status nf_transformer_self_test(nf_transformer *transformer);

#ifdef __cplusplus
}
#endif

#endif
