/* Arguments for kernels, drawn at random but always the same, and buffers that show a write past their end. */
#ifndef NANOFORMER_TESTS_BACKENDS_RANDOM_H
#define NANOFORMER_TESTS_BACKENDS_RANDOM_H

#include <stdbool.h>

#include "nanoformer/kernels.h"

#define GUARD 32     /* bytes before and behind each buffer */
#define BUFFER 16384 /* bytes of a buffer */
#define MAX_CHANNELS 256

/* Each third case is coarse: there, ties of rounding are frequent. */
void random_start(uint32_t seed);

/* low..high */
int32_t random_range(int32_t low, int32_t high);
bool random_chance(int32_t one_in);

/* -128..127, at the ends more often than not. */
int32_t random_zero_point(void);
int32_t random_multiplier(void);
/* Mostly what trained models have, sometimes anything in -31..30. */
int32_t random_shift(void);
/* low <= high, mostly -128 and 127. */
void random_clamp(int32_t *low, int32_t *high);
/* Bytes of the whole range or of a part around 0, now and then all of them at the ends, or at one. */
const int8_t *random_bytes(int32_t count);
/* All of them at one end of the range: what the largest sums are made of. */
const int8_t *random_end(int32_t count);
/* The same, row by row. */
const int8_t *random_ends(int32_t rows, int32_t columns);
const int16_t *random_samples(int32_t count);
nf_channel_constants random_constants(int32_t channels, int32_t max_bias);
/* 256 entries that fall from 2^31 - 1, some to 0. */
const int32_t *random_exponentials(void);

/* Two outputs of `bytes` bytes with the same content, for the kernel under test and for what it should have done. */
typedef struct outputs {
    int8_t *tested, *expected;
} outputs;
outputs random_outputs(void);
bool outputs_agree(void);

/* `bytes` of working memory, filled at random and guarded. */
nf_scratch random_scratch(uint32_t bytes);
bool scratch_is_whole(void);

#endif
