/* The blob that the emulator's loader puts into the board's memory, standing for flash: a model image for the server, test
 * data for a test program. A word with its size comes first. NF_BLOB_BASE is its address (the toolchain files in cmake/).
 *
 * Then may come two words for the program.
 *
 *   -device loader,addr=NF_BLOB_BASE,data=SIZE,data-len=4 -device loader,addr=NF_BLOB_BASE+16,file=FILE,force-raw=on */
#ifndef NANOFORMER_PORTS_QEMU_BLOB_H
#define NANOFORMER_PORTS_QEMU_BLOB_H

#include <stdint.h>

/* Placed by the linker. `nf_blob` is 16-byte aligned. */
extern const volatile uint32_t nf_blob_bytes;
extern const volatile uint32_t nf_blob_parameters[2];
extern const uint8_t nf_blob[];

#endif
