/* A kind of operator: what its record holds, when it is valid, how it runs. One file each in kinds/. */
#ifndef NANOFORMER_ENGINE_KIND_H
#define NANOFORMER_ENGINE_KIND_H

#include "execute.h"

/* An operator under validation. */
typedef struct nf_operation {
    const nf_model *model;
    const nf_program *program;
    const nf_operator *op;
    const nf_tensor *x, *second, *y; /* second is null where the kind has one input */
    bool in_group;                   /* rows were checked with the group */
} nf_operation;

#define NF_SECOND_INPUT "2"
#define NF_WEIGHTS "w"
#define NF_CONSTANTS "c"
#define NF_TABLE "t"
#define NF_STATE "s" /* in the step program */

#define NF_COUNT "n"      /* 1..32768 */
#define NF_OFFSET "o"     /* 0..32768 */
#define NF_ZERO_POINT "z" /* -128..127 */
#define NF_CLAMP_LOW "l"  /* -128..127 */
#define NF_CLAMP_HIGH "h" /* from the clamp low before it to 127 */
#define NF_MULTIPLIER "m" /* 0 or more */
#define NF_SHIFT "s"      /* -31..30 */
#define NF_SHIFT_DOWN "u" /* -31..1: of a factor of at most 1 */
#define NF_REACH "r"      /* 0..511: tokens before or after */
#define NF_CHOICE "b"     /* 0 or 1 */
#define NF_DECAY "d"      /* 0..12 */
#define NF_POWER "p"      /* 1 or 2 */
#define NF_BITS "f"       /* 0..40 */
#define NF_EPSILON "e"    /* unsigned, not 0 */

struct nf_kind {
    /* Beside input and output: NF_SECOND_INPUT, NF_WEIGHTS ... one after the other. */
    const char *operands;
    /* The range of each parameter in the record's order: NF_COUNT, NF_ZERO_POINT ... one after the other. */
    const char *parameters;
    /* Whether shapes, constants and, of a kind in the step program, the state fit. Operands exist and parameters are in range. */
    bool (*fits)(const nf_operation *o);
    /* Whether a table has the kernels it calls. Null: it calls none. */
    bool (*has_kernels)(const nf_kernels *k);
    void (*execute)(const nf_context *c);
};

bool nf_is_constant(const nf_operation *o, uint16_t tensor, uint32_t rows, uint32_t columns, uint8_t element_bytes);
bool nf_has_weights(const nf_operation *o, uint32_t rows, uint32_t columns);
bool nf_has_channel_constants(const nf_operation *o, uint32_t channels);
bool nf_has_exponentials(const nf_operation *o);

/* Within a group rows were checked with the group. */
bool nf_same_rows(const nf_operation *o, const nf_tensor *a, const nf_tensor *b);
bool nf_same_shape(const nf_operation *o, const nf_tensor *a, const nf_tensor *b);

/* What both kinds of attention share: heads and their projections. */
bool nf_heads_fit(const nf_operation *o, uint32_t heads, uint32_t head_columns);

/* Whether the operator's state has `values` values, filled with `zero_point` when a stream begins; 0: whether it has none. */
bool nf_is_state(const nf_operation *o, uint8_t element_bytes, uint32_t values, int16_t zero_point);

#endif
