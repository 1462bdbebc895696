/* The values of an operator's constants. That they are constants of the right shape was checked before. */
#include "kind.h"

#define MAX_FOLDED_BIAS (1 << 30)
#define MAX_OFFSET (1 << 16)

static const int32_t *values_of(const nf_model *model, uint16_t tensor)
{
    return (const int32_t *)(const void *)(model->image + nf_tensors(model)[tensor].offset);
}

static bool channel_constants_fit(const nf_model *model, const nf_kind *kind, const nf_operator *op)
{
    const uint32_t count = nf_tensors(model)[op->constants].columns;
    const int32_t limit = (kind->facts & NF_CONSTANTS_ARE_OFFSETS) != 0 ? MAX_OFFSET : MAX_FOLDED_BIAS;
    const int32_t *bias = values_of(model, op->constants), *multiplier = bias + count, *shift = multiplier + count;

    for (uint32_t i = 0; i < count; i++) {
        if (bias[i] < -limit || bias[i] > limit || multiplier[i] < 0 || shift[i] < -31 || shift[i] > 30) {
            return false;
        }
    }
    return true;
}

static bool exponentials_fit(const int32_t *e)
{
    if (e[0] != INT32_MAX || e[NF_EXPONENTIALS - 1] < 0) {
        return false;
    }
    for (uint32_t i = 1; i < NF_EXPONENTIALS; i++) {
        if (e[i] > e[i - 1]) {
            return false;
        }
    }
    return true;
}

nf_status nf_check_tables(const nf_model *model, const nf_kind *kind, const nf_operator *op)
{
    if (op->table != NF_NO_TENSOR && (kind->facts & NF_TABLE_IS_ANY) == 0 &&
        !exponentials_fit(values_of(model, op->table))) {
        return NF_ERROR_BAD_TABLE;
    }
    if (op->constants != NF_NO_TENSOR && !channel_constants_fit(model, kind, op)) {
        return NF_ERROR_BAD_TABLE;
    }
    return NF_OK;
}
