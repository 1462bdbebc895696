#include "cycles.h"

#include <string.h>

#define BIT(class) (1u << (class))
#define ACCESSES (BIT(NF_LOAD) | BIT(NF_STORE))

static const nf_cycle_model models[] = {
    {
        .name = "cortex-m4",
        .decode = nf_decode_arm,
        .width = 1,
        .issue = {[NF_ALU] = 1,
                  [NF_SHIFTED] = 1,
                  [NF_DSP] = 1,
                  [NF_MULTIPLY] = 1,
                  [NF_DIVIDE] = 7,
                  [NF_LOAD] = 2,
                  [NF_STORE] = 2,
                  [NF_BRANCH] = 1,
                  [NF_SYSTEM] = 2},
        .refill = 2,
        .overlaps_accesses = true,
    },
    {
        .name = "cortex-m7",
        .decode = nf_decode_arm,
        .width = 2,
        .issue = {[NF_ALU] = 1,
                  [NF_SHIFTED] = 1,
                  [NF_DSP] = 1,
                  [NF_MULTIPLY] = 1,
                  [NF_DIVIDE] = 4,
                  [NF_LOAD] = 1,
                  [NF_STORE] = 1,
                  [NF_BRANCH] = 1,
                  [NF_SYSTEM] = 2},
        .latency = {[NF_ALU] = 1,
                    [NF_SHIFTED] = 1,
                    [NF_DSP] = 2,
                    [NF_MULTIPLY] = 2,
                    [NF_DIVIDE] = 4,
                    [NF_LOAD] = 2,
                    [NF_SYSTEM] = 2},
        .refill = 6,
        .predicts = true,
        .words_per_cycle = 2,
    },
    {
        .name = "xtensa",
        .decode = nf_decode_xtensa,
        .width = 1,
        .issue = {[NF_ALU] = 1,
                  [NF_SHIFTED] = 1,
                  [NF_DSP] = 1,
                  [NF_MULTIPLY] = 1,
                  [NF_DIVIDE] = 13,
                  [NF_LOAD] = 1,
                  [NF_STORE] = 1,
                  [NF_BRANCH] = 1,
                  [NF_SYSTEM] = 1},
        .latency = {[NF_ALU] = 1,
                    [NF_SHIFTED] = 1,
                    [NF_DSP] = 1,
                    [NF_MULTIPLY] = 3,
                    [NF_DIVIDE] = 13,
                    [NF_LOAD] = 3,
                    [NF_SYSTEM] = 3},
        .refill = 3,
        .loops_in_hardware = true,
        .words_per_cycle = 1,
    },
    {
        .name = "rv32",
        .decode = nf_decode_riscv,
        .width = 1,
        .issue = {[NF_ALU] = 1,
                  [NF_SHIFTED] = 1,
                  [NF_DSP] = 1,
                  [NF_MULTIPLY] = 1,
                  [NF_DIVIDE] = 33,
                  [NF_LOAD] = 1,
                  [NF_STORE] = 1,
                  [NF_BRANCH] = 1,
                  [NF_SYSTEM] = 1},
        .latency = {[NF_ALU] = 1,
                    [NF_SHIFTED] = 1,
                    [NF_DSP] = 1,
                    [NF_MULTIPLY] = 1,
                    [NF_DIVIDE] = 33,
                    [NF_LOAD] = 2,
                    [NF_SYSTEM] = 1},
        .refill = 2,
        .words_per_cycle = 1,
    },
};

const nf_cycle_model *nf_cycle_model_of(const char *core)
{
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        if (strcmp(models[i].name, core) == 0) {
            return &models[i];
        }
    }
    return NULL;
}

static uint32_t issue_of(const nf_pipeline *pipeline, const nf_cycle_model *model, const nf_instruction *instruction)
{
    if ((BIT(instruction->kind) & ACCESSES) == 0) {
        return model->issue[instruction->kind];
    }
    if (instruction->words > 1) {
        return model->words_per_cycle == 0 ? 1 + instruction->words
                                           : (instruction->words + model->words_per_cycle - 1) / model->words_per_cycle;
    }
    return model->overlaps_accesses && pipeline->after_access ? 1 : model->issue[instruction->kind];
}

/* The cycle in which all that an instruction reads is there. */
static uint32_t ready_at(const nf_pipeline *pipeline, uint64_t registers)
{
    uint32_t at = 0;
    for (; registers != 0; registers &= registers - 1) {
        const uint32_t ready = pipeline->ready[__builtin_ctzll(registers)];
        at = ready > at ? ready : at;
    }
    return at;
}

static void set_ready(nf_pipeline *pipeline, uint64_t registers, uint32_t at)
{
    for (; registers != 0; registers &= registers - 1) {
        pipeline->ready[__builtin_ctzll(registers)] = at;
    }
}

/* What cannot begin in the same cycle: there is one unit for memory, one for multiplication, one shifter and one for branches. */
static uint32_t excluded_by(nf_class kind)
{
    switch (kind) {
    case NF_LOAD:
    case NF_STORE:
        return ACCESSES;
    case NF_MULTIPLY:
    case NF_DSP:
        return BIT(NF_MULTIPLY) | BIT(NF_DSP);
    case NF_SHIFTED:
    case NF_BRANCH:
        return BIT(NF_SHIFTED) | BIT(NF_BRANCH);
    default:
        return 0;
    }
}

static bool stands_alone(const nf_instruction *instruction, uint32_t issue)
{
    return issue > 1 || instruction->words > 1 || instruction->kind == NF_DIVIDE || instruction->kind == NF_SYSTEM;
}

static void execute(nf_pipeline *pipeline, const nf_cycle_model *model, const nf_instruction *instruction)
{
    const uint32_t issue = issue_of(pipeline, model, instruction);
    const uint32_t ready = ready_at(pipeline, instruction->reads);
    const bool alone = stands_alone(instruction, issue);
    uint32_t begin;

    if (pipeline->open > 0 && !alone && (pipeline->busy & BIT(instruction->kind)) == 0 && ready < pipeline->now) {
        begin = pipeline->now - 1;
        pipeline->open--;
        pipeline->busy |= excluded_by(instruction->kind);
    } else {
        begin = ready > pipeline->now ? ready : pipeline->now;
        pipeline->now = begin + issue;
        pipeline->open = alone ? 0 : model->width - 1;
        pipeline->busy = excluded_by(instruction->kind);
    }
    set_ready(pipeline, instruction->writes,
              begin + model->latency[instruction->kind == NF_LOAD ? NF_MULTIPLY : instruction->kind]);
    set_ready(pipeline, instruction->loads, begin + model->latency[NF_LOAD]);
    pipeline->after_access = (BIT(instruction->kind) & ACCESSES) != 0 && instruction->words == 1;
}

void nf_pipeline_execute(nf_pipeline *pipeline, const nf_cycle_model *model, const nf_instruction *instructions,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        execute(pipeline, model, &instructions[i]);
    }
}
