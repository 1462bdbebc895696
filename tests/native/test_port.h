/* What a native test program needs from where it runs: the same source is a host executable and an image for an
 * emulated core. The program defines main() and returns test_report_result(). */
#ifndef NANOFORMER_TESTS_TEST_PORT_H
#define NANOFORMER_TESTS_TEST_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The file named as BLOB in nf_add_core_test, 16-byte aligned; `*bytes` receives its size. Null and 0 without one.
 * On the host the file comes from the environment variable NF_TEST_BLOB. */
const uint8_t *test_blob(size_t *bytes);

/* Writes text to the test's output. */
void test_write(const char *text);

/* One line `name=value`. */
void test_report_number(const char *name, int32_t value);

/* Counts a check; a failed one gets a line with file, line number and the expression. Returns `passed`. */
bool test_report_check(bool passed, const char *file, int line, const char *expression);

/* One line with the number of checks and failures. 0 when there were checks and none failed, else 1. */
int test_report_result(void);

#define TEST_CHECK(expression) test_report_check((expression), __FILE__, __LINE__, #expression)

#endif
