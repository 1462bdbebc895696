/* The marker: one return instruction at a fixed address that an instruction counter can watch for. */
#ifndef NANOFORMER_PORTS_MPS2_MARK_H
#define NANOFORMER_PORTS_MPS2_MARK_H

/* Does nothing. Its one instruction stands at address 0x40 and is left out of the count. */
void nf_port_mark(void);

#endif
