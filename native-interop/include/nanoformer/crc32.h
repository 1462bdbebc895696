/* CRC-32 of IEEE 802.3 (reflected 0xEDB88320), as zlib computes it: the checksum of model images and of port protocols. */
#ifndef NANOFORMER_CRC32_H
#define NANOFORMER_CRC32_H

#include <stddef.h>
#include <stdint.h>

uint32_t nf_crc32(const uint8_t *bytes, size_t count);

#endif
