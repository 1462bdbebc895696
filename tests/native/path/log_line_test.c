/* Lines whose bytes C#'s LogLineBuilder gave; checksums, too, as Python's binascii.crc_hqx(line, 0xFFFF) has them. */
#include "nanoformer/log_line.h"

#include <string.h>

#include "test_port.h"

static uint8_t bytes[160];
static nf_log_line line;

static void begin(const char *kind)
{
    nf_log_line_begin(&line, bytes, sizeof bytes);
    nf_log_line_text(&line, "", "nf1");
    nf_log_line_text(&line, "", kind);
}

static void check(const char *expected)
{
    const size_t length = strlen(expected);
    TEST_CHECK(nf_log_line_end(&line) == (int32_t)length + 2);
    TEST_CHECK(memcmp(bytes, expected, length) == 0 && bytes[length] == '\r' && bytes[length + 1] == '\n');
}

static void a_line_has_words_and_fields(void)
{
    begin("error");
    nf_log_line_number(&line, "seq", 7);
    nf_log_line_number(&line, "t_ms", 1234);
    nf_log_line_text(&line, "code", "nack");
    nf_log_line_text(&line, "detail", "read");
    check("nf1 error seq=7 t_ms=1234 code=nack detail=read *A685");
}

static void numbers_of_any_size(void)
{
    begin("n");
    nf_log_line_number(&line, "a", 0);
    nf_log_line_number(&line, "b", -1);
    nf_log_line_number(&line, "c", INT64_MIN);
    nf_log_line_number(&line, "d", INT64_MAX);
    nf_log_line_number(&line, "e", INT64_C(4294967296));
    check("nf1 n a=0 b=-1 c=-9223372036854775808 d=9223372036854775807 e=4294967296 *1F9D");
}

/* An underscore for each UTF-16 unit that cannot stand in a value: e acute, the euro sign, a face of four bytes. */
static void texts_that_cannot_stand(void)
{
    begin("t");
    nf_log_line_text(&line, "a", "");
    nf_log_line_text(&line, "b", "x y=*z\x7F~!");
    nf_log_line_text(&line, "c", "\xC3\xA9.\xE2\x82\xAC.\xF0\x9F\x98\x80");
    check("nf1 t a=_ b=x_y__z_~! c=_._.__ *6749");
}

static void values_are_four_digits_each(void)
{
    static const int16_t values[] = {0, -1, INT16_MAX, INT16_MIN, 0x120A, 1};
    begin("d");
    nf_log_line_values(&line, "v", values, 5);
    check("nf1 d v=0000FFFF7FFF8000120A *F4EB");
}

static void a_line_without_anything_is_a_checksum(void)
{
    nf_log_line_begin(&line, bytes, sizeof bytes);
    nf_log_line_values(&line, "v", NULL, 0);
    check("v= *F19F");
}

/* Nothing is written beyond the room. */
static void a_line_that_does_not_fit_is_refused(void)
{
    for (size_t room = 0; room < 20; room++) {
        memset(bytes, 0xA5, sizeof bytes);
        nf_log_line_begin(&line, bytes, room);
        nf_log_line_text(&line, "", "nf1");
        nf_log_line_number(&line, "seq", 7);
        TEST_CHECK(nf_log_line_end(&line) == (room < 17 ? -1 : 17));
        for (size_t i = room; i < 20; i++) {
            TEST_CHECK(bytes[i] == 0xA5);
        }
    }
}

int main(void)
{
    a_line_has_words_and_fields();
    numbers_of_any_size();
    texts_that_cannot_stand();
    values_are_four_digits_each();
    a_line_without_anything_is_a_checksum();
    a_line_that_does_not_fit_is_refused();
    return test_report_result();
}
