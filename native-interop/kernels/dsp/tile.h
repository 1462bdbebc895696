/* The frames of tile.S and what builds on it, for C and assembly. */
#ifndef NANOFORMER_KERNELS_DSP_TILE_H
#define NANOFORMER_KERNELS_DSP_TILE_H

#define UNROLLED 8 /* groups of four columns a pass takes */
#define UNROLLED_PAIRS 4
#define FOURS_BYTES 106 /* code of one group */
#define PAIRS_BYTES 38
#define MAX_TILE_SHIFT 16
#define MAX_TILE_BIAS 0x20000000

/* Offsets in nf_dsp_tile. */
#define TILE_ROWS 0
#define TILE_BIAS 4
#define TILE_BIAS_2 20
#define TILE_ENTRY 36
#define TILE_Y 40
#define TILE_STRIDE 44
#define TILE_STRIDES 48
#define TILE_ROW_STRIDE 52
#define TILE_MULTIPLIER 56
#define TILE_ROUNDING 60
#define TILE_SHIFT 64
#define TILE_MULTIPLIER_2 68
#define TILE_ROUNDING_2 72
#define TILE_SHIFT_2 76
#define TILE_ROWS_END 80
#define TILE_FOURS_END 84
#define TILE_TOKENS_END 88
#define TILE_PAIRS_ENTRY 92
#define TILE_TOKENS 96
#define TILE_RETURN 100
#define TILE_BYTES 104

/* Offsets in nf_dsp_linear_job, whose frame goes on where nf_dsp_tile ends. */
#define LINEAR_BIAS 104
#define LINEAR_MULTIPLIER 108
#define LINEAR_SHIFT 112
#define LINEAR_WEIGHTS 116
#define LINEAR_COLUMNS 120
#define LINEAR_ROUNDING 124
#define LINEAR_WEIGHTS_END 128
#define LINEAR_WIDEN_ROWS 132
#define LINEAR_Y_STEP 136
#define LINEAR_BYTES 140

/* Bytes of the constants in front of two packed rows of weights (MODEL-IMAGE.md). */
#define PACKED_CONSTANTS 32

#ifndef __ASSEMBLER__
#include <stddef.h>
#include <stdint.h>

/* Two rows by the tokens from `tokens` to `tokens_end`: by fours up to `fours_end`, then by pairs. The sums are twice the true ones. */
typedef struct nf_dsp_tile {
    int16_t *rows;
    int32_t bias[4], bias_2[4]; /* of the first row, of the second row, all doubled */
    uint32_t entry;             /* set by nf_dsp_tile_prepare, like rows_end and pairs_entry */
    int8_t *y;
    int32_t stride, strides;             /* from a token's result to the next, and three times that */
    int32_t row_stride;                  /* from a row's results to the other's */
    int32_t multiplier, rounding, shift; /* rounding: (2 * zero_point + 1) << (shift - 1), shift 1..16 */
    int32_t multiplier_2, rounding_2, shift_2;
    const int16_t *rows_end;
    const int16_t *fours_end, *tokens_end;
    uint32_t pairs_entry;
    const int16_t *tokens;
    uint32_t return_to; /* set on entry */
} nf_dsp_tile;

/* Assembly with a calling convention of its own: named to be handed on. */
typedef void nf_dsp_internal(void);

/* A linear layer: pairs of weight rows times a tile of tokens. Packed, `weights` are what the image holds of two outputs after the other, and
 * `columns` are the bytes of their rows. */
typedef struct nf_dsp_linear_job {
    nf_dsp_tile tile;
    const int32_t *bias, *multiplier, *shift;
    const int8_t *weights;
    int32_t columns;
    int32_t rounding;          /* 2 * zero_point + 1 */
    const int8_t *weights_end; /* behind an even number of outputs */
    nf_dsp_internal *widen_rows;
    int32_t y_step; /* from behind the last token of a pair of outputs to the next pair */
} nf_dsp_linear_job;

#define AT(type, field, offset) _Static_assert(offsetof(type, field) == (offset), "the frame in assembly differs")
AT(nf_dsp_tile, bias_2, TILE_BIAS_2);
AT(nf_dsp_tile, y, TILE_Y);
AT(nf_dsp_tile, multiplier, TILE_MULTIPLIER);
AT(nf_dsp_tile, rows_end, TILE_ROWS_END);
AT(nf_dsp_tile, return_to, TILE_RETURN);
AT(nf_dsp_linear_job, bias, LINEAR_BIAS);
AT(nf_dsp_linear_job, widen_rows, LINEAR_WIDEN_ROWS);
_Static_assert(sizeof(nf_dsp_tile) == TILE_BYTES && sizeof(nf_dsp_linear_job) == LINEAR_BYTES,
               "the frame in assembly differs");
#undef AT
#endif

#endif
