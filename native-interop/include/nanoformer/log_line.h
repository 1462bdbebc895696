/* A line of the inference log (firmware/LOG-FORMAT.md), put together in a buffer of the caller:
 *
 *   nf1 KIND key=value key=value ... *CRC\r\n
 *
 *   nf_log_line_begin(&line, bytes, sizeof bytes);
 *   nf_log_line_text(&line, "", "nf1");
 *   nf_log_line_text(&line, "", "infer");
 *   nf_log_line_number(&line, "seq", 17);
 *   length = nf_log_line_end(&line);
 */
#ifndef NANOFORMER_LOG_LINE_H
#define NANOFORMER_LOG_LINE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Callers use the functions. */
typedef struct nf_log_line {
    uint8_t *bytes;
    size_t room, length; /* `length` goes on counting when there is no room */
    uint16_t crc;
} nf_log_line;

void nf_log_line_begin(nf_log_line *line, uint8_t *bytes, size_t room);

/* Adds a field; without a key, a bare word. What is not allowed in a value becomes an underscore, one for each UTF-16 unit of
 * the UTF-8 text, and so does a text that is empty. */
void nf_log_line_text(nf_log_line *line, const char *key, const char *text);

/* Adds a decimal number. */
void nf_log_line_number(nf_log_line *line, const char *key, int64_t number);

/* Adds numbers, each as the four hexadecimal digits of its two's complement. */
void nf_log_line_values(nf_log_line *line, const char *key, const int16_t *values, size_t count);

/* Seals the line with its checksum, CRC-16/CCITT-FALSE. Gives its length, or -1 when it did not fit. */
int32_t nf_log_line_end(nf_log_line *line);

#ifdef __cplusplus
}
#endif

#endif
