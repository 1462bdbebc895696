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

struct nf_kind {
    /* Operands beside input and output: 2 second input, w weights, c channel constants, t table, s state (in the step program). */
    const char *operands;
    /* One letter each: validate_operands.c. */
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

/* Whether the operator's state has so many values, filled with `zero_point` when a stream begins; 0: whether it has none. */
bool nf_is_state(const nf_operation *o, uint8_t element_bytes, uint32_t values, int16_t zero_point);

#endif
