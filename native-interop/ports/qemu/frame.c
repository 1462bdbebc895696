#include "frame.h"

#include <string.h>

#include "nanoformer/crc32.h"
#include "port_status.h"
#include "semihosting.h"

#define HEADER_BYTES 4u
#define CRC_BYTES 4u
#define MAX_FRAME (HEADER_BYTES + NF_FRAME_MAX_PAYLOAD + CRC_BYTES)
#define MAX_BLOCK 254u
#define MAX_ENCODED (MAX_FRAME + MAX_FRAME / MAX_BLOCK + 3u)
#define DELIMITER 0u

typedef struct byte_source {
    uint8_t bytes[1024];
    size_t next, count;
} byte_source;

typedef struct frame_buffer {
    _Alignas(4) uint8_t bytes[MAX_FRAME];
    size_t count; /* may exceed the capacity: bytes beyond it are counted, not stored */
} frame_buffer;

static byte_source source;
static frame_buffer received;
static uint8_t outgoing[MAX_FRAME];
static uint8_t encoded[MAX_ENCODED];

static bool read_byte(uint8_t *byte)
{
    if (source.next == source.count) {
        source.next = 0;
        source.count = nf_semihosting_read(source.bytes, sizeof source.bytes);
        if (source.count == 0) {
            return false;
        }
    }
    *byte = source.bytes[source.next++];
    return true;
}

static void append(uint8_t byte)
{
    if (received.count < sizeof received.bytes) {
        received.bytes[received.count] = byte;
    }
    received.count++;
}

/* Reads up to and with the next delimiter, undoing the byte stuffing. `*whole` is false when it cut a block short. */
static bool read_stuffed(bool *whole)
{
    received.count = 0;
    bool zero_due = false;
    uint8_t code;
    while (read_byte(&code)) {
        if (code == DELIMITER) {
            *whole = true;
            return true;
        }
        if (zero_due) {
            append(0);
        }
        for (uint32_t i = 1; i < code; i++) {
            uint8_t byte;
            if (!read_byte(&byte)) {
                return false;
            }
            if (byte == DELIMITER) {
                *whole = false;
                return true;
            }
            append(byte);
        }
        zero_due = code <= MAX_BLOCK;
    }
    return false;
}

static uint32_t get_u32(const uint8_t *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void put_u32(uint8_t *bytes, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(value >> (8 * i));
    }
}

static int32_t check(bool whole, nf_frame *frame)
{
    if (received.count > MAX_FRAME) {
        return NF_PORT_FRAME_TOO_LONG;
    }
    if (!whole || received.count < HEADER_BYTES + CRC_BYTES) {
        return NF_PORT_FRAME_TORN;
    }
    const uint8_t *bytes = received.bytes;
    const uint32_t length = bytes[2] | (uint32_t)bytes[3] << 8;
    if (length > NF_FRAME_MAX_PAYLOAD) {
        return NF_PORT_FRAME_TOO_LONG;
    }
    const size_t covered = HEADER_BYTES + length;
    if (received.count < covered + CRC_BYTES) {
        return NF_PORT_FRAME_TORN;
    }
    if (received.count > covered + CRC_BYTES) {
        return NF_PORT_FRAME_BAD_LENGTH;
    }
    if (nf_crc32(bytes, covered) != get_u32(bytes + covered)) {
        return NF_PORT_FRAME_BAD_CHECKSUM;
    }
    *frame = (nf_frame){bytes[0], bytes[1], (uint16_t)length, bytes + HEADER_BYTES};
    return 0;
}

bool nf_frame_receive(nf_frame *frame, int32_t *status)
{
    bool whole;
    do {
        if (!read_stuffed(&whole)) {
            return false;
        }
    } while (whole && received.count == 0);
    *status = check(whole, frame);
    return true;
}

/* Consistent overhead byte stuffing (Cheshire and Baker, 1999), between two delimiters. */
static size_t stuff(const uint8_t *bytes, size_t count)
{
    encoded[0] = DELIMITER;
    size_t code_at = 1;
    size_t next = 2;
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != 0) {
            encoded[next++] = bytes[i];
        }
        if (bytes[i] == 0 || next - code_at > MAX_BLOCK) {
            encoded[code_at] = (uint8_t)(next - code_at);
            code_at = next++;
        }
    }
    encoded[code_at] = (uint8_t)(next - code_at);
    encoded[next++] = DELIMITER;
    return next;
}

void nf_frame_send(uint8_t kind, uint8_t sequence, const uint8_t *payload, size_t length)
{
    const size_t covered = HEADER_BYTES + length;
    outgoing[0] = kind;
    outgoing[1] = sequence;
    outgoing[2] = (uint8_t)length;
    outgoing[3] = (uint8_t)(length >> 8);
    memcpy(outgoing + HEADER_BYTES, payload, length);
    put_u32(outgoing + covered, nf_crc32(outgoing, covered));
    nf_semihosting_write(encoded, stuff(outgoing, covered + CRC_BYTES));
}
