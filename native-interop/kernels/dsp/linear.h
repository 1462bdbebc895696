/* What the parts of the linear layer share. */
#ifndef NANOFORMER_KERNELS_DSP_LINEAR_H
#define NANOFORMER_KERNELS_DSP_LINEAR_H

#include "dsp.h"

/* A linear layer on its way: where inputs and outputs are, the working memory, and what is next. */
typedef struct nf_dsp_layer {
    const nf_linear_params *params;
    const nf_channel_constants *constants;
    const int8_t *x, *weights;
    int8_t *y;
    nf_scratch scratch;
    int32_t columns; /* inputs, rounded up to a multiple of 4 */
    int32_t token, tokens, output;
} nf_dsp_layer;

/* linear_tile.S, and its frame: `tokens` tokens from `token` on, and pairs of outputs from `output` on. */
const int8_t *nf_dsp_linear_pairs(const nf_dsp_layer *layer);
void nf_dsp_linear_packed(const nf_dsp_layer *layer); /* all pairs of outputs, packed */
void nf_dsp_linear_fill(const nf_dsp_layer *layer, nf_dsp_linear_job *job);

/* The fast way stores -128..127. */
void nf_dsp_linear_clamp(const nf_linear_params *params, int8_t *y);

#endif
