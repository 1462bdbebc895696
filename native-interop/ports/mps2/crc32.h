/* CRC-32 of the frames (ISO-HDLC: reflected 0xEDB88320, as in zip and Ethernet). */
#ifndef NANOFORMER_PORTS_MPS2_CRC32_H
#define NANOFORMER_PORTS_MPS2_CRC32_H

#include <stddef.h>
#include <stdint.h>

uint32_t nf_port_crc32(const uint8_t *bytes, size_t count);

#endif
