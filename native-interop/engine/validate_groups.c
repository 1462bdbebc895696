/* Groups: operators that run tile by tile. */
#include "kind.h"

/* A whole tensor has all rows, a tile has a tile's; a constant is cut like a whole one. */
static bool rows_fit(const nf_model *model, const nf_program *program, const nf_group *group, uint16_t tensor,
                     uint32_t rows)
{
    const nf_tensor *t = &nf_tensors(model)[tensor];
    if (t->place == NF_PLACE_WINDOW) {
        return false; /* only what lies in the arena is cut to tiles */
    }
    const bool whole = t->place == NF_PLACE_IMAGE || nf_is_whole(program, group, tensor);
    return t->rows == (whole ? rows : group->tile_rows);
}

bool nf_group_fits(const nf_model *model, const nf_program *program, uint32_t index)
{
    const nf_operator *first = &program->operators[index];
    if (first->group == 0) {
        return first->tile_rows == 0;
    }

    const nf_group group = {.first = index, .end = index + first->group, .tile_rows = first->tile_rows};
    const uint32_t rows = nf_tensors(model)[first->input].rows;
    if (first->group < 2 || group.end > program->count || first->tile_rows == 0 || first->tile_rows > rows) {
        return false;
    }
    for (uint32_t i = group.first; i < group.end; i++) {
        const nf_operator *op = &program->operators[i];
        if (!nf_has_fact(program, op, NF_ROW_WISE) || (i > group.first && (op->group != 0 || op->tile_rows != 0)) ||
            !rows_fit(model, program, &group, op->input, rows) || !rows_fit(model, program, &group, op->output, rows) ||
            (op->input_2 != NF_NO_TENSOR && !rows_fit(model, program, &group, op->input_2, rows))) {
            return false;
        }
    }
    return true;
}
