/* The part of QEMU's TCG plugin interface that the counter uses (QEMU documentation, "QEMU TCG Plugins"), the same in all
 * versions from 1 on. Declared here because distributions do not package the header. */
#ifndef NANOFORMER_PORTS_QEMU_COUNT_PLUGIN_API_H
#define NANOFORMER_PORTS_QEMU_COUNT_PLUGIN_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t qemu_plugin_id_t;
typedef struct qemu_info_t qemu_info_t;

struct qemu_plugin_tb;
struct qemu_plugin_insn;

enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS };

typedef void (*qemu_plugin_tb_translated)(qemu_plugin_id_t id, struct qemu_plugin_tb *block);
typedef void (*qemu_plugin_executed)(unsigned int cpu, void *user_data);

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, qemu_plugin_tb_translated callback);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *instruction);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *instruction);
char *qemu_plugin_insn_disas(const struct qemu_plugin_insn *instruction); /* the caller frees it */
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *instruction, qemu_plugin_executed callback,
                                            enum qemu_plugin_cb_flags flags, void *user_data);

/* Version 2 brought it; null where QEMU is older. */
__attribute__((weak)) void *qemu_plugin_scoreboard_new(size_t element_bytes);

#endif
