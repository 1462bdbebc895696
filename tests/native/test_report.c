#include "test_port.h"

static int32_t checks;
static int32_t failures;

static void write_number(int32_t value)
{
    char digits[12];
    char *next = digits + sizeof digits - 1;
    uint32_t rest = value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
    *next = '\0';
    do {
        *--next = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (value < 0) {
        *--next = '-';
    }
    test_write(next);
}

void test_report_number(const char *name, int32_t value)
{
    test_write(name);
    test_write("=");
    write_number(value);
    test_write("\n");
}

bool test_report_check(bool passed, const char *file, int line, const char *expression)
{
    checks++;
    if (passed) {
        return true;
    }
    failures++;
    test_write(file);
    test_write(":");
    write_number(line);
    test_write(": failed: ");
    test_write(expression);
    test_write("\n");
    return false;
}

int test_report_result(void)
{
    write_number(checks);
    test_write(" checks, ");
    write_number(failures);
    test_write(" failed\n");
    return checks > 0 && failures == 0 ? 0 : 1;
}
