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

/* Operands, beside input and output. */
enum {
    NF_SECOND_INPUT = 1,
    NF_WEIGHTS = 2,
    NF_CONSTANTS = 4,
    NF_TABLE = 8,
    NF_STATE = 16 /* in the step program; not every convolution remembers */
};

/* Facts, for the validator. */
enum {
    NF_ROW_WISE = 1,               /* a row of the output comes from that row of the inputs: it may stand in a group */
    NF_WORKS_IN_PLACE = 2,         /* reads an element, or a row, before it writes to the same place */
    NF_READS_SAMPLES = 4,          /* a window of int16 */
    NF_TAKES_CONSTANT = 8,         /* as its second input */
    NF_CONSTANTS_ARE_OFFSETS = 16, /* of samples, where others have folded biases */
    NF_TABLE_IS_ANY = 32           /* any bytes, where others have exponentials */
};

/* Ranges of parameters. */
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
    uint16_t operands, facts;
    /* The range of each parameter in the record's order: NF_COUNT, NF_ZERO_POINT ... one after the other. */
    const char *parameters;
    /* Whether shapes, constants and, of a kind in the step program, the state fit. Operands exist and parameters are in range. */
    bool (*fits)(const nf_operation *o);
    /* Whether a table has the kernels it calls. Null: it calls none. */
    bool (*has_kernels)(const nf_kernels *k);
    void (*execute)(const nf_context *c);
};

/* Of an operator whose record is proven. */
static inline bool nf_has_fact(const nf_program *program, const nf_operator *op, uint32_t fact)
{
    return (program->kinds[op->kind]->facts & fact) != 0;
}

/* A record's parameters as its kind names them: a structure of int32_t, one for each of the ranges. */
static inline const void *nf_parameters(const nf_operator *op)
{
    return op->parameters;
}

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
