/* What validator, executor and sessions ask of a program. */
#include "image.h"

nf_group nf_group_of(const nf_program *program, uint32_t index)
{
    for (uint32_t first = 0; first <= index; first++) {
        const nf_operator *op = &program->operators[first];
        if (op->group != 0 && index < first + op->group) {
            return (nf_group){.first = first, .end = first + op->group, .tile_rows = op->tile_rows};
        }
    }
    return (nf_group){.first = index, .end = index + 1, .tile_rows = 0};
}

bool nf_is_whole(const nf_program *program, const nf_group *group, uint32_t tensor)
{
    if (tensor == program->output) {
        return true;
    }
    for (uint32_t i = 0; i < program->count; i++) {
        const nf_operator *op = &program->operators[i];
        const bool inside = i >= group->first && i < group->end;
        if (!inside && (op->output == tensor || nf_reads(op, tensor))) {
            return true;
        }
    }
    return false;
}

nf_head_scratch nf_head_scratch_of(uint32_t rows, uint32_t head_columns)
{
    const uint32_t part = nf_round_up(rows * head_columns);
    return (nf_head_scratch){.query = 0, .key = part, .value = 2 * part, .rest = 3 * part};
}

const int8_t *nf_output_of(const nf_session *session, uint16_t tensor)
{
    return (const int8_t *)session->arena + nf_tensors(session->model)[tensor].offset;
}
