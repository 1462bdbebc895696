/* The marker: one return instruction at a fixed address that an instruction counter can watch for. */
#ifndef NANOFORMER_PORTS_QEMU_MARK_H
#define NANOFORMER_PORTS_QEMU_MARK_H

/* Does nothing. Its one instruction lies 0x40 bytes after the start of the code memory and is left out of the count. */
void nf_port_mark(void);

#endif
