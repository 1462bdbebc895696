/* The frames of tile.S and what builds on it, for C and assembly. */
#ifndef NANOFORMER_KERNELS_DSP_TILE_H
#define NANOFORMER_KERNELS_DSP_TILE_H

#define UNROLLED 16      /* groups of four columns a pass takes */
#define COLUMNS_BYTES 40 /* code of one group */
#define MAX_TILE_SHIFT 16

/* Offsets in nf_dsp_tile. */
#define TILE_Y 0
#define TILE_MULTIPLIER 16
#define TILE_SHIFT 24
#define TILE_NEXT 28
#define TILE_BEHIND 32
#define TILE_TOKENS_END 36
#define TILE_MULTIPLIER_2 40
#define TILE_SHIFT_2 48
#define TILE_START 52
#define TILE_ROWS 52
#define TILE_BIAS 56
#define TILE_BIAS_2 64
#define TILE_ENTRY 72
#define TILE_ROWS_END 76
#define TILE_RETURN 80
#define TILE_TOKENS 84
#define TILE_STORE 88
#define TILE_GROUPS 92
#define TILE_BYTES 96

/* The same frame as nf_dsp_columns_store sees it. */
#define COLUMNS_TOKEN_STRIDE 0
#define COLUMNS_Y 24
#define COLUMNS_END 36
#define COLUMNS_START 40 /* and where the stream starts */
#define STREAM_SUMS 24   /* bytes of a pair of outputs up to its multipliers */

/* Offsets in nf_dsp_linear_job, whose frame goes on where nf_dsp_tile ends. */
#define LINEAR_CONSTANTS 96
#define LINEAR_WEIGHTS 108
#define LINEAR_COLUMNS 112
#define LINEAR_WIDEN_WEIGHTS 124
#define LINEAR_Y 128
#define LINEAR_Y_STEP 132
#define LINEAR_WIDEN_TOKENS 136
#define LINEAR_X 140
#define LINEAR_TOKENS 148
#define LINEAR_STREAM 152
#define LINEAR_BYTES 156

#ifndef __ASSEMBLER__
#include <stddef.h>
#include <stdint.h>

/* Two rows by the token pairs from `tokens` to `tokens_end`; the sums are twice the true ones. In the order the LDMs want it. */
typedef struct nf_dsp_tile {
    int8_t *y;
    int32_t token_stride, output_stride, both_strides;
    int32_t multiplier, rounding, shift; /* rounding: (2 * zero_point + 1) << (shift - 1), shift 1..16 */
    int32_t *next;                       /* set on entry, like return_to */
    uint32_t behind;                     /* set by nf_dsp_tile_prepare, like entry, rows_end and store */
    const int16_t *tokens_end;
    int32_t multiplier_2, rounding_2, shift_2;
    int16_t *rows;
    int32_t bias[4]; /* of the first row twice, of the second row twice, all doubled */
    uint32_t entry;
    int16_t *rows_end;
    uint32_t return_to;
    const int16_t *tokens;
    uint32_t store;
    int32_t groups; /* of four columns */
} nf_dsp_tile;

/* Assembly with a calling convention of its own: named to be handed on. */
typedef void nf_dsp_internal(void);

/* A linear layer: pairs of weight rows times a tile of tokens, or pairs of tokens times a tile of weight rows. */
typedef struct nf_dsp_linear_job {
    nf_dsp_tile tile;
    const int32_t *bias, *multiplier, *shift;
    const int8_t *weights;
    int32_t columns;
    int32_t rounding;          /* 2 * zero_point + 1 */
    const int8_t *weights_end; /* behind an even number of outputs */
    nf_dsp_internal *widen_weights;
    int8_t *y;
    int32_t
        y_step; /* from behind the last token of a pair of outputs to the next pair; not for nf_dsp_linear_by_tokens */
    /* The rest for nf_dsp_linear_by_tokens only. */
    nf_dsp_internal *widen_tokens;
    const int8_t *x;
    int32_t input_stride, tokens; /* an even number of tokens */
    int32_t *stream;              /* room for 12 words per pair of outputs */
} nf_dsp_linear_job;

#define AT(type, field, offset) _Static_assert(offsetof(type, field) == (offset), "the frame in assembly differs")
AT(nf_dsp_tile, multiplier, TILE_MULTIPLIER);
AT(nf_dsp_tile, behind, TILE_BEHIND);
AT(nf_dsp_tile, rows, TILE_ROWS);
AT(nf_dsp_tile, entry, TILE_ENTRY);
AT(nf_dsp_tile, tokens, TILE_TOKENS);
AT(nf_dsp_tile, groups, TILE_GROUPS);
AT(nf_dsp_linear_job, bias, LINEAR_CONSTANTS);
AT(nf_dsp_linear_job, widen_weights, LINEAR_WIDEN_WEIGHTS);
AT(nf_dsp_linear_job, stream, LINEAR_STREAM);
_Static_assert(sizeof(nf_dsp_tile) == TILE_BYTES && sizeof(nf_dsp_linear_job) == LINEAR_BYTES,
               "the frame in assembly differs");
#undef AT
#endif

#endif
