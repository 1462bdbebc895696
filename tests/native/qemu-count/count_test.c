/* The counter of ports/qemu-count, with QEMU's part played here: blocks are translated, then executed in some order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "plugin_api.h"
#include "test_port.h"

struct qemu_plugin_insn {
    uint64_t address;
    size_t size;
    const char *text;
    qemu_plugin_executed executed;
    void *user_data;
};

struct qemu_plugin_tb {
    size_t count;
    struct qemu_plugin_insn *instructions;
};

extern int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv);

static qemu_plugin_tb_translated translated;
static const uint64_t *counts; /* count_file of count.c */
enum { INSTRUCTIONS = 1, CYCLES = 3 + 1024 };

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, qemu_plugin_tb_translated callback)
{
    (void)id;
    translated = callback;
}

size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block)
{
    return block->count;
}

struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index)
{
    return &block->instructions[index];
}

uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *instruction)
{
    return instruction->address;
}

size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *instruction)
{
    return instruction->size;
}

char *qemu_plugin_insn_disas(const struct qemu_plugin_insn *instruction)
{
    return strdup(instruction->text);
}

void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *instruction, qemu_plugin_executed callback,
                                            enum qemu_plugin_cb_flags flags, void *user_data)
{
    static void *kept[16]; /* QEMU holds what it was given to its end */
    static size_t registered = 0;
    (void)flags;
    TEST_CHECK(registered < sizeof kept / sizeof *kept);
    kept[registered++ % (sizeof kept / sizeof *kept)] = user_data;
    instruction->executed = callback;
    instruction->user_data = user_data;
}

static void execute(const struct qemu_plugin_tb *block)
{
    for (size_t i = 0; i < block->count; i++) {
        if (block->instructions[i].executed != NULL) {
            block->instructions[i].executed(0, block->instructions[i].user_data);
        }
    }
}

/* Cycles of `second` behind `first`. */
static uint64_t cycles_behind(const struct qemu_plugin_tb *first, const struct qemu_plugin_tb *second)
{
    execute(first);
    const uint64_t before = counts[CYCLES];
    execute(second);
    return counts[CYCLES] - before;
}

/* Two instructions of one cycle each: address and size. */
#define BLOCK(at, bytes, at_2, bytes_2)                                                                                \
    {                                                                                                                  \
        .count = 2, .instructions = (struct qemu_plugin_insn[])                                                        \
        {                                                                                                              \
            {.address = (at), .size = (bytes), .text = "add r0, r0, #1"},                                              \
                {.address = (at_2), .size = (bytes_2), .text = "add r1, r1, #1"},                                      \
        }                                                                                                              \
    }

static bool install(char *path)
{
    const int file = mkstemp(path);
    char out[64], cycles[] = "cycles=cortex-m4";
    snprintf(out, sizeof out, "out=%s", path);
    char *arguments[] = {out, cycles};

    if (file < 0 || qemu_plugin_install(0, NULL, 2, arguments) != 0) {
        return false;
    }
    counts = mmap(NULL, (CYCLES + 1) * sizeof *counts, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    return counts != MAP_FAILED;
}

int main(void)
{
    char path[] = "/tmp/count_test.XXXXXX";
    if (!TEST_CHECK(install(path))) {
        return test_report_result();
    }

    /* Of a page of 4 KiB the last halfword holds the first half of an instruction that QEMU leaves to the next block: it says that the
     * instruction in front of it has 4 bytes, where it has 2. */
    struct qemu_plugin_tb front = BLOCK(0x10FF8, 4, 0x10FFC, 4), across = BLOCK(0x10FFE, 4, 0x11002, 2);
    struct qemu_plugin_tb behind = BLOCK(0x11000, 2, 0x11002, 2), beyond = BLOCK(0x11004, 2, 0x11006, 2);
    struct qemu_plugin_tb *all[] = {&front, &across, &behind, &beyond};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        translated(0, all[i]);
    }

    TEST_CHECK(cycles_behind(&front, &behind) == 2);     /* one after the other */
    TEST_CHECK(cycles_behind(&front, &across) == 2);     /* the same, across the pages */
    TEST_CHECK(cycles_behind(&front, &beyond) == 2 + 2); /* a branch */
    TEST_CHECK(cycles_behind(&across, &front) == 2 + 2); /* and back */
    TEST_CHECK(cycles_behind(&front, &front) == 2 + 2);
    TEST_CHECK(counts[INSTRUCTIONS] == 2 * 10);

    /* An instruction that branches to itself is no instruction across two pages. */
    struct qemu_plugin_insn jump = {.address = 0x12000, .size = 2, .text = "b #0x12000"};
    struct qemu_plugin_tb alone = {.count = 1, .instructions = &jump};
    translated(0, &alone);
    TEST_CHECK(cycles_behind(&alone, &alone) == 1 + 2);
    unlink(path);
    return test_report_result();
}
