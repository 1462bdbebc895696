/* QEMU TCG plugin: counts every executed guest instruction and notes the total at each execution of a marker.
 *
 *   -plugin libnfcount.so,out=FILE,mark=0x40[,mark=...][,cycles=CORE]
 *
 * QEMU translates blocks without inner jumps; each adds its length when it is entered. That is exact for code that takes
 * no exceptions: a fault half-way through a block would leave the rest of the block counted. Marker instructions are not
 * counted. The totals go to a shared file that another process can map (count_file). */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cycles.h"
#include "plugin_api.h"

#define EXPORT __attribute__((visibility("default")))
#define MAX_MARKERS 8
#define RING_ENTRIES 1024
#define FILE_MAGIC 0x544E434Eu /* "NCNT" */

/* Layout of the shared file, in host byte order. The total at mark number n (from 0) is ring[n % ring_entries];
 * `marks` is raised after the entry is written. */
typedef struct count_file {
    uint32_t magic;
    uint32_t ring_entries;
    uint64_t instructions;
    uint64_t marks;
    uint64_t ring[RING_ENTRIES];
    uint64_t cycles; /* estimated; 0 when not asked for */
    uint64_t cycle_ring[RING_ENTRIES];
} count_file;

/* Instructions that are executed one after the other, from one address to another. What they cost depends on what ran before. */
typedef struct stretch {
    uint64_t start, last, end;             /* `last` is where the last instruction begins */
    const struct stretch *before, *behind; /* the last time */
    nf_instruction *decoded;               /* null without a cycle model */
    uint32_t instructions;
    uint32_t cycles; /* behind `before` */
} stretch;

/* QEMU 7 and 8 accept version 1, QEMU 9 and later 2: no version suits both, so it is set before QEMU looks at it. What is
 * used here means the same in all of them. */
EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv);

static count_file *counts;
static uint64_t markers[MAX_MARKERS];
static size_t marker_count;
static const nf_cycle_model *model; /* null when cycles were not asked for */
static stretch nowhere;
static stretch *previous = &nowhere;

static bool is_marker(uint64_t address)
{
    for (size_t i = 0; i < marker_count; i++) {
        if (markers[i] == address) {
            return true;
        }
    }
    return false;
}

__attribute__((constructor)) static void choose_version(void)
{
    if (qemu_plugin_scoreboard_new != NULL) {
        qemu_plugin_version = 2;
    }
}

/* Whether a branch led there: a loop in hardware begins again without one. Where an instruction lies across two pages, QEMU looks at its first
 * half to end the block in front of it, and takes that for a part of the instruction before: then `end` is too far. */
static bool is_branched(const stretch *from, const stretch *to)
{
    const bool follows = to->start > from->last && to->start <= from->end;
    return from->instructions > 0 && !follows &&
           (!model->loops_in_hardware || from->decoded[from->instructions - 1].kind == NF_BRANCH);
}

/* Cycles of a stretch behind another one, which leaves results on their way. */
static uint32_t cycles_behind(const stretch *before, const stretch *run)
{
    nf_pipeline pipeline = {0};
    if (before->instructions > 0) {
        nf_pipeline_execute(&pipeline, model, before->decoded, before->instructions);
    }
    const uint32_t begin = pipeline.now;
    if (is_branched(before, run)) {
        pipeline.open = 0;
        pipeline.after_access = false;
        pipeline.now += model->predicts ? 0 : model->refill;
    }
    nf_pipeline_execute(&pipeline, model, run->decoded, run->instructions);
    return pipeline.now - begin;
}

static void count_instructions(unsigned int cpu, void *user_data)
{
    stretch *run = user_data;
    (void)cpu;
    counts->instructions += run->instructions;
    if (model == NULL) {
        return;
    }
    if (run->before != previous) {
        run->cycles = cycles_behind(previous, run);
        run->before = previous;
    }
    counts->cycles += run->cycles;
    if (model->predicts && previous->behind != run) {
        counts->cycles += previous->behind != NULL || is_branched(previous, run) ? model->refill : 0;
        previous->behind = run;
    }
    previous = run;
}

static void note_mark(unsigned int cpu, void *user_data)
{
    (void)cpu;
    (void)user_data;
    counts->ring[counts->marks % RING_ENTRIES] = counts->instructions;
    counts->cycle_ring[counts->marks % RING_ENTRIES] = counts->cycles;
    __atomic_store_n(&counts->marks, counts->marks + 1, __ATOMIC_RELEASE);
}

static nf_instruction *decode(const struct qemu_plugin_tb *block, size_t first, size_t end)
{
    nf_instruction *decoded = malloc((end - first) * sizeof *decoded);
    if (decoded == NULL) {
        abort();
    }
    for (size_t i = first; i < end; i++) {
        char *text = qemu_plugin_insn_disas(qemu_plugin_tb_get_insn(block, i));
        decoded[i - first] = model->decode(text != NULL ? text : "");
        free(text);
    }
    return decoded;
}

/* Between two markers a block counts its instructions at once, before the first of them. */
static void count_stretch(const struct qemu_plugin_tb *block, size_t first, size_t end)
{
    if (first == end) {
        return;
    }
    stretch *run = malloc(sizeof *run); /* as long-lived as the translation, which QEMU may keep to the end */
    if (run == NULL) {
        abort();
    }
    struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(block, first);
    const struct qemu_plugin_insn *last = qemu_plugin_tb_get_insn(block, end - 1);
    *run = (stretch){
        .start = qemu_plugin_insn_vaddr(instruction),
        .last = qemu_plugin_insn_vaddr(last),
        .end = qemu_plugin_insn_vaddr(last) + qemu_plugin_insn_size(last),
        .instructions = (uint32_t)(end - first),
        .decoded = model != NULL ? decode(block, first, end) : NULL,
    };
    qemu_plugin_register_vcpu_insn_exec_cb(instruction, count_instructions, QEMU_PLUGIN_CB_NO_REGS, run);
}

static void instrument(qemu_plugin_id_t id, struct qemu_plugin_tb *block)
{
    (void)id;
    const size_t count = qemu_plugin_tb_n_insns(block);
    size_t first = 0;
    for (size_t i = 0; i < count; i++) {
        struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(block, i);
        if (is_marker(qemu_plugin_insn_vaddr(instruction))) {
            count_stretch(block, first, i);
            qemu_plugin_register_vcpu_insn_exec_cb(instruction, note_mark, QEMU_PLUGIN_CB_NO_REGS, NULL);
            first = i + 1;
        }
    }
    count_stretch(block, first, count);
}

static bool map_counts(const char *path)
{
    const int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0 || ftruncate(file, sizeof(count_file)) != 0) {
        fprintf(stderr, "count plugin: cannot write %s: %s\n", path, strerror(errno));
        return false;
    }
    void *mapping = mmap(NULL, sizeof(count_file), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (mapping == MAP_FAILED) {
        fprintf(stderr, "count plugin: cannot map %s: %s\n", path, strerror(errno));
        return false;
    }
    counts = mapping;
    counts->magic = FILE_MAGIC;
    counts->ring_entries = RING_ENTRIES;
    return true;
}

static bool add_marker(const char *text)
{
    char *end;
    const uint64_t address = strtoull(text, &end, 0);
    if (end == text || *end != '\0' || marker_count == MAX_MARKERS) {
        fprintf(stderr, "count plugin: bad mark=%s, or more than %d of them\n", text, MAX_MARKERS);
        return false;
    }
    markers[marker_count++] = address & ~(uint64_t)1; /* a Thumb symbol's lowest bit is not part of the address */
    return true;
}

static bool take_argument(const char *argument)
{
    if (strncmp(argument, "out=", 4) == 0) {
        return map_counts(argument + 4);
    }
    if (strncmp(argument, "mark=", 5) == 0) {
        return add_marker(argument + 5);
    }
    if (strncmp(argument, "cycles=", 7) == 0) {
        model = nf_cycle_model_of(argument + 7);
        if (model == NULL) {
            fprintf(stderr, "count plugin: there is no cycle model of %s\n", argument + 7);
        }
        return model != NULL;
    }
    fprintf(stderr, "count plugin: unknown argument %s\n", argument);
    return false;
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
    (void)info;
    for (int i = 0; i < argc; i++) {
        if (!take_argument(argv[i])) {
            return -1;
        }
    }
    if (counts == NULL) {
        fprintf(stderr, "count plugin: out=FILE is missing\n");
        return -1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, instrument);
    return 0;
}
