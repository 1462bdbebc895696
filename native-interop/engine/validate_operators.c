/* Every operator of a program: kernels and operands exist, shapes fit, constants are constants, groups hold together. */
#include "kind.h"

bool nf_is_constant(const nf_operation *o, uint16_t tensor, uint32_t rows, uint32_t columns, uint8_t element_bytes)
{
    const nf_tensor *t = &nf_tensors(o->model)[tensor];
    return t->place == NF_PLACE_IMAGE && t->element_bytes == element_bytes && t->rows == rows && t->columns == columns;
}

bool nf_has_weights(const nf_operation *o, uint32_t rows, uint32_t columns)
{
    return nf_is_constant(o, o->op->weights, rows, columns, NF_INT8);
}

bool nf_has_channel_constants(const nf_operation *o, uint32_t channels)
{
    return nf_is_constant(o, o->op->constants, 3, channels, NF_INT32);
}

bool nf_has_exponentials(const nf_operation *o)
{
    return nf_is_constant(o, o->op->table, 1, NF_EXPONENTIALS, NF_INT32);
}

bool nf_same_rows(const nf_operation *o, const nf_tensor *a, const nf_tensor *b)
{
    return o->in_group || a->rows == b->rows;
}

bool nf_same_shape(const nf_operation *o, const nf_tensor *a, const nf_tensor *b)
{
    return nf_same_rows(o, a, b) && a->columns == b->columns;
}

/* What both kinds of attention share: heads and their projections. The product of the factors fits: both are at most 2^15. */
bool nf_heads_fit(const nf_operation *o, uint32_t heads, uint32_t head_columns)
{
    const uint32_t columns = o->y->columns;
    return heads * head_columns == columns && o->x->rows == o->y->rows &&
           nf_has_weights(o, 3 * columns, o->x->columns) && nf_has_channel_constants(o, 3 * columns);
}

bool nf_is_state(const nf_operation *o, uint8_t element_bytes, uint32_t values, int16_t zero_point)
{
    if (o->op->state == NF_NO_TENSOR) {
        return values == 0;
    }
    const nf_tensor *t = &nf_tensors(o->model)[o->op->state];
    return values != 0 && t->place == NF_PLACE_STATE && t->element_bytes == element_bytes && t->columns == values &&
           t->zero_point == zero_point;
}

static bool second_input_fits(const nf_kind *kind, const nf_tensor *second)
{
    return second == NULL || second->place == NF_PLACE_ARENA ||
           ((kind->facts & NF_TAKES_CONSTANT) != 0 && second->place == NF_PLACE_IMAGE &&
            second->element_bytes == NF_INT8);
}

/* An int8 window may be read by all. */
static bool input_fits(const nf_kind *kind, const nf_operation *o)
{
    if (o->x->place == NF_PLACE_WINDOW) {
        return o->op->input == o->program->input &&
               ((kind->facts & NF_READS_SAMPLES) != 0 || o->x->element_bytes == NF_INT8);
    }
    return o->x->place == NF_PLACE_ARENA;
}

static nf_status check_operator(const nf_model *model, const nf_program *program, uint32_t index)
{
    const nf_operator *op = &program->operators[index];
    const nf_kind *kind = nf_kind_of(program, op);

    if (kind == NULL && program->is_step && op->kind < NF_KINDS && model->kernels->kinds[op->kind] != NULL) {
        return NF_ERROR_BAD_OPERATOR; /* it runs over windows only */
    }
    if (kind == NULL || (kind->has_kernels != NULL && !kind->has_kernels(model->kernels))) {
        return NF_ERROR_UNSUPPORTED_OPERATOR;
    }
    if (!nf_operands_fit(model, program, op)) {
        return NF_ERROR_BAD_OPERATOR;
    }

    const nf_group group = nf_group_of(program, index);
    const nf_operation o = {
        .model = model,
        .program = program,
        .op = op,
        .x = &nf_tensors(model)[op->input],
        .second = op->input_2 == NF_NO_TENSOR ? NULL : &nf_tensors(model)[op->input_2],
        .y = &nf_tensors(model)[op->output],
        .in_group = nf_in_group(&group),
    };
    if (o.y->place != NF_PLACE_ARENA || !input_fits(kind, &o) || !second_input_fits(kind, o.second) ||
        !kind->fits(&o)) {
        return NF_ERROR_BAD_OPERATOR;
    }
    return nf_check_tables(model, kind, op);
}

nf_status nf_validate_operators(const nf_model *model, const nf_program *program)
{
    for (uint32_t i = 0; i < program->count; i++) {
        const nf_status status = check_operator(model, program, i);
        if (status != NF_OK) {
            return status;
        }
    }
    /* Operands are known now: groups look at those of several operators. */
    for (uint32_t i = 0; i < program->count; i++) {
        if (!nf_group_fits(model, program, i)) {
            return NF_ERROR_BAD_OPERATOR;
        }
    }
    return NF_OK;
}
