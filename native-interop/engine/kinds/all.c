#include "../image.h"

#define KIND(number, NAME, name, stream, calls) [number] = &nf_kind_##name,
const nf_kind *const nf_all_kinds[NF_KINDS] = {NF_OPERATORS(KIND)};

#define STEP_KIND(number, NAME, name, stream, calls) [number] = NF_STEP_KIND_##stream(name),
const nf_kind *const nf_all_step_kinds[NF_KINDS] = {NF_OPERATORS(STEP_KIND)};
