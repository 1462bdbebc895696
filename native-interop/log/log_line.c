#include "nanoformer/log_line.h"

#define LONGEST_NUMBER 20u

static const char hex_digits[] = "0123456789ABCDEF";

/* Polynomial 0x1021, four bits at a time. */
static uint16_t add_to_crc(uint16_t crc, uint8_t byte)
{
    static const uint16_t steps[16] = {0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50A5, 0x60C6, 0x70E7,
                                       0x8108, 0x9129, 0xA14A, 0xB16B, 0xC18C, 0xD1AD, 0xE1CE, 0xF1EF};
    crc = (uint16_t)(crc << 4 ^ steps[crc >> 12 ^ byte >> 4]);
    return (uint16_t)(crc << 4 ^ steps[crc >> 12 ^ (byte & 15u)]);
}

static void put_unchecked(nf_log_line *line, uint8_t byte)
{
    if (line->length < line->room) {
        line->bytes[line->length] = byte;
    }
    line->length++;
}

static void put(nf_log_line *line, uint8_t byte)
{
    line->crc = add_to_crc(line->crc, byte);
    put_unchecked(line, byte);
}

void nf_log_line_begin(nf_log_line *line, uint8_t *bytes, size_t room)
{
    *line = (nf_log_line){.bytes = bytes, .room = room, .crc = 0xFFFF};
}

static void put_key(nf_log_line *line, const char *key)
{
    if (line->length > 0) {
        put(line, ' ');
    }
    if (*key == '\0') {
        return;
    }
    while (*key != '\0') {
        put(line, (uint8_t)*key++);
    }
    put(line, '=');
}

/* UTF-16 has one unit for what takes up to three bytes in UTF-8, and two for what takes four. */
static void put_character(nf_log_line *line, uint8_t byte)
{
    if (byte > ' ' && byte <= '~' && byte != '*' && byte != '=') {
        put(line, byte);
        return;
    }
    if ((byte & 0xC0u) == 0x80u) {
        return;
    }
    put(line, '_');
    if (byte >= 0xF0u) {
        put(line, '_');
    }
}

void nf_log_line_text(nf_log_line *line, const char *key, const char *text)
{
    put_key(line, key);
    if (*text == '\0') {
        put(line, '_');
    }
    while (*text != '\0') {
        put_character(line, (uint8_t)*text++);
    }
}

static void put_hex(nf_log_line *line, uint16_t value)
{
    for (int32_t shift = 12; shift >= 0; shift -= 4) {
        put(line, (uint8_t)hex_digits[(uint32_t)value >> shift & 15u]);
    }
}

void nf_log_line_values(nf_log_line *line, const char *key, const int16_t *values, size_t count)
{
    put_key(line, key);
    for (size_t i = 0; i < count; i++) {
        put_hex(line, (uint16_t)values[i]);
    }
}

/* Most numbers fit 32 bits, whose division is quick. */
static uint32_t last_digit(uint64_t *rest)
{
    const uint32_t low = (uint32_t)*rest;
    if (*rest == low) {
        *rest = low / 10u;
        return low % 10u;
    }
    const uint32_t digit = (uint32_t)(*rest % 10u);
    *rest /= 10u;
    return digit;
}

void nf_log_line_number(nf_log_line *line, const char *key, int64_t number)
{
    uint8_t digits[LONGEST_NUMBER];
    uint32_t count = 0;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    put_key(line, key);
    if (number < 0) {
        put(line, '-');
    }
    do {
        digits[count++] = (uint8_t)('0' + last_digit(&rest));
    } while (rest != 0);
    while (count > 0) {
        put(line, digits[--count]);
    }
}

int32_t nf_log_line_end(nf_log_line *line)
{
    put(line, ' ');
    put_unchecked(line, '*');
    for (int32_t shift = 12; shift >= 0; shift -= 4) {
        put_unchecked(line, (uint8_t)hex_digits[(uint32_t)line->crc >> shift & 15u]);
    }
    put_unchecked(line, '\r');
    put_unchecked(line, '\n');
    return line->length <= line->room && line->length <= INT32_MAX ? (int32_t)line->length : -1;
}
