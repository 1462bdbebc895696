#include "glue_test.h"

enum { FIELDS = 7 };

static CLR_RT_HeapBlock Text(const char *text)
{
    CLR_RT_HeapBlock block = {};
    block.test_text = text;
    return block;
}

static const CLR_RT_HeapBlock keys[FIELDS] = {Text(""),     Text(""),       Text("seq"),  Text("t_ms"),
                                              Text("code"), Text("detail"), Text("value")};
static const CLR_RT_HeapBlock texts[FIELDS] = {Text("nf1"),  Text("error"), Text(NULL), Text(NULL),
                                               Text("nack"), Text("read"),  Text(NULL)};
static const int64_t numbers[FIELDS] = {0, 0, 7, 1234, 0, 0, -1};

static Call FormatCall(const CLR_RT_HeapBlock *of_keys, int32_t count, uint8_t *line, size_t room,
                       const int16_t *values = NULL, int32_t value_count = 0)
{
    return Call(NativeLine::
                    Format___STATIC__I4__SZARRAY_STRING__SZARRAY_I8__SZARRAY_STRING__I4__SZARRAY_I2__I4__SZARRAY_U1)
        .Array(of_keys, FIELDS)
        .Array(numbers, FIELDS)
        .Array(texts, FIELDS)
        .Int(count)
        .Array(values, 2)
        .Int(value_count)
        .Array(line, room);
}

/* The checksum is that of LogLineTests.cs, computed with Python. */
void test_lines()
{
    static const char expected[] = "nf1 error seq=7 t_ms=1234 code=nack detail=read *A685\r\n";
    const size_t length = sizeof expected - 1;
    CLR_RT_HeapBlock without_key[FIELDS];
    static const int16_t values[2] = {0x00FF, -256};
    uint8_t line[80];

    TEST_CHECK(FormatCall(keys, 6, line, sizeof line).Get() == (int32_t)length && memcmp(line, expected, length) == 0);
    TEST_CHECK(FormatCall(keys, 6, line, length).Get() == (int32_t)length);
    TEST_CHECK(FormatCall(keys, 6, line, length - 1).Get() == -1);
    TEST_CHECK(FormatCall(keys, FIELDS, line, sizeof line).Get() == (int32_t)length + 9);
    TEST_CHECK(FormatCall(keys, FIELDS + 1, line, sizeof line).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(FormatCall(keys, -1, line, sizeof line).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(FormatCall(NULL, 6, line, sizeof line).Run() == CLR_E_ARGUMENT_NULL);
    TEST_CHECK(FormatCall(keys, 6, NULL, 0).Run() == CLR_E_ARGUMENT_NULL);
    memcpy(without_key, keys, sizeof keys);
    without_key[3].test_text = NULL;
    TEST_CHECK(FormatCall(keys, 6, line, sizeof line, values, 2).Get() == (int32_t)length + 11 &&
               memcmp(line + length - 7, "v=00FFFF00 *", 12) == 0);
    TEST_CHECK(FormatCall(keys, 6, line, sizeof line, values, 3).Run() == CLR_E_OUT_OF_RANGE);
    TEST_CHECK(FormatCall(without_key, 6, line, sizeof line).Run() == CLR_E_ARGUMENT_NULL);
}
