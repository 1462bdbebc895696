/* What the parts of the executor share. Internal to the engine. */
#ifndef NANOFORMER_ENGINE_EXECUTE_H
#define NANOFORMER_ENGINE_EXECUTE_H

#include "image.h"

/* One operator at work. Within a group only the rows of a tile: `rows` of `whole_rows`, from `first_row` on. */
typedef struct nf_context {
    const nf_model *model;
    const nf_kernels *kernels;
    const nf_tensor *tensors;
    const nf_operator *op;
    const void *places[3]; /* where the tensors lie that are read: window, arena, image */
    uint8_t *arena;
    bool is_step;
    uint32_t whole_rows, first_row, rows; /* all 0 outside groups */
} nf_context;

static inline const nf_tensor *nf_tensor_at(const nf_context *c, uint16_t index)
{
    return &c->tensors[index];
}

static inline int32_t nf_rows(const nf_context *c, const nf_tensor *t)
{
    return (int32_t)(c->rows != 0 ? c->rows : t->rows);
}

/* A linear layer, by the kernel for this number of tokens. */
static inline void nf_run_linear(const nf_kernels *kernels, const nf_linear_params *params,
                                 const nf_channel_constants *constants, const int8_t *x, const int8_t *weights,
                                 int8_t *y, nf_scratch scratch)
{
    if (params->tokens > 1 || kernels->linear_one_s8 == NULL) {
        kernels->linear_s8(params, constants, x, weights, y, scratch);
        return;
    }
    const nf_linear_part part = {y, params->output_zero_point, params->output_stride};
    kernels->linear_one_s8(params, constants, x, weights, &part, 1, scratch);
}

/* Whole tensors are cut to the tile's rows; a tile begins at its own start. */
static inline uint32_t nf_tile_offset(const nf_context *c, const nf_tensor *t)
{
    return t->rows == c->whole_rows ? c->first_row * t->columns : 0;
}

/* An input, a constant one too: in a group, the tile's rows of it. */
static inline const int8_t *nf_read_s8(const nf_context *c, uint16_t tensor)
{
    const nf_tensor *t = nf_tensor_at(c, tensor);
    return (const int8_t *)c->places[t->place] + t->offset + nf_tile_offset(c, t);
}

/* The output, in the same way. */
static inline int8_t *nf_write_s8(const nf_context *c, uint16_t tensor)
{
    const nf_tensor *t = nf_tensor_at(c, tensor);
    return (int8_t *)c->arena + t->offset + nf_tile_offset(c, t);
}

/* Weights and tables. */
static inline const int8_t *nf_constant_s8(const nf_context *c, uint16_t tensor)
{
    return (const int8_t *)c->model->image + nf_tensor_at(c, tensor)->offset;
}

static inline const int32_t *nf_constant_s32(const nf_context *c, uint16_t tensor)
{
    return (const int32_t *)(const void *)(c->model->image + nf_tensor_at(c, tensor)->offset);
}

/* The packed rows from output `first`, which is even, on; null where nothing is packed. */
const int32_t *nf_packed_rows(const nf_context *c, uint32_t first);

static inline const int32_t *nf_packed_from(const nf_context *c, uint32_t first)
{
    return c->model->packed == NULL || (c->is_step && !c->model->steps_are_packed) ? NULL : nf_packed_rows(c, first);
}

/* The constants of channels `first` and up; the three arrays are as long as the tensor is wide. */
static inline nf_channel_constants nf_constants_from(const nf_context *c, uint32_t first)
{
    const uint32_t width = nf_tensor_at(c, c->op->constants)->columns;
    const int32_t *bias = nf_constant_s32(c, c->op->constants) + first;
    return (nf_channel_constants){.bias = bias, .multiplier = bias + width, .shift = bias + 2 * width};
}

/* A softmax over rows of `columns` values with the operator's table, whose tensor has the scale of what it is for. */
nf_softmax_params nf_softmax_of(const nf_context *c, int32_t rows, int32_t columns);

/* The operator's scratch from `used` bytes on. */
static inline nf_scratch nf_scratch_after(const nf_context *c, uint32_t used)
{
    return (nf_scratch){.bytes = c->arena + c->op->scratch_offset + used, .size = c->op->scratch_bytes - used};
}

/* The bytes that the operator remembers in a stream. */
static inline uint8_t *nf_state_of(const nf_context *c)
{
    return c->arena + nf_tensor_at(c, c->op->state)->offset;
}

/* A ring in a state: where the next row goes, and how many rows there are. */
typedef struct nf_ring {
    uint16_t slot, filled;
} nf_ring;

void nf_ring_advance(nf_ring *ring, uint32_t slots);

void nf_copy(void *to, const void *from, size_t bytes);

#endif
