/* The instructions that kernels/xtensa encodes by hand, each against what the instruction set's manual says it does. */
#include <stdint.h>

#include "test_port.h"

uint32_t through_acclo(uint32_t x);
int32_t multiply_lower(int32_t sum, const int32_t *x, const int32_t *y, const int32_t **ends);
int32_t multiply_upper(int32_t sum, const int32_t *x, const int32_t *y, const int32_t **ends);
int32_t multiply_registers(int32_t sum, const int32_t *x, const int32_t *registers);
int32_t turns(int32_t count);
int32_t turns_or_none(int32_t count);
int32_t extend(int32_t a);
int32_t extend_half(int32_t a);
int32_t clamp(int32_t a);
int32_t lesser(int32_t a, int32_t b);
int32_t greater(int32_t a, int32_t b);
int32_t lesser_unsigned(int32_t a, int32_t b);

static int32_t pair(int32_t upper, int32_t lower)
{
    return (int32_t)((uint32_t)upper << 16 | ((uint32_t)lower & 0xFFFFu));
}

/* x[0]y[0], x[0]y[1], x[1]y[2], x[1]y[3], x[2]y[3]: each load brings the next word. */
static void check_products(void)
{
    static const int32_t upper[2][5] = {{-3, 5, 700, 9, 11}, {13, -17, 19, -23, 29}};
    static const int32_t lower[2][5] = {{1, -2, 4, 8, 16}, {32, 64, -128, 32767, -32768}};
    int32_t x[5], y[5];
    const int32_t *ends[2];

    for (int i = 0; i < 5; i++) {
        x[i] = pair(upper[0][i], lower[0][i]);
        y[i] = pair(upper[1][i], lower[1][i]);
    }
    int32_t sums[2] = {-1000, 1000};
    static const int order[5][2] = {{0, 0}, {0, 1}, {1, 2}, {1, 3}, {2, 3}};
    for (int i = 0; i < 5; i++) {
        sums[0] += lower[0][order[i][0]] * lower[1][order[i][1]];
        sums[1] += upper[0][order[i][0]] * upper[1][order[i][1]];
    }
    TEST_CHECK(multiply_lower(-1000, x, y, ends) == sums[0]);
    TEST_CHECK(ends[0] == x + 4 && ends[1] == y + 3);
    TEST_CHECK(multiply_upper(1000, x, y, ends) == sums[1]);
    TEST_CHECK(ends[0] == x + 4 && ends[1] == y + 3);
}

static void check_products_of_registers(void)
{
    static const int32_t lower[6] = {3, -5, 32767, -32768, 11, -13}, upper[6] = {17, 19, -23, 29, -31, 37};
    int32_t x[6], registers[2];
    for (int i = 0; i < 6; i++) {
        x[i] = pair(upper[i], lower[i]);
    }
    registers[0] = pair(-41, 43);
    registers[1] = pair(47, -53);
    int32_t sum = 1000;
    for (int i = 0; i < 4; i += 2) {
        sum += lower[i] * 43 + upper[i] * -53 + lower[i + 1] * -41 + upper[i + 1] * 47;
    }
    TEST_CHECK(multiply_registers(1000, x, registers) == sum);
}

int main(void)
{
    TEST_CHECK(through_acclo(0xDEADBEEFu) == 0xDEADBEEFu);
    check_products();
    check_products_of_registers();

    TEST_CHECK(turns(1) == 2 && turns(5) == 10 && turns(300) == 600);
    TEST_CHECK(turns_or_none(0) == 0 && turns_or_none(1) == 2 && turns_or_none(7) == 14);

    TEST_CHECK(extend(0x7F) == 127 && extend(0x80) == -128 && extend(0x12FF) == -1 && extend(0x1200) == 0);
    TEST_CHECK(extend_half(0x7FFF) == 32767 && extend_half(0x8000) == -32768 && extend_half(0x12FFFF) == -1);
    TEST_CHECK(clamp(127) == 127 && clamp(128) == 127 && clamp(-128) == -128 && clamp(-129) == -128);
    TEST_CHECK(clamp(INT32_MAX) == 127 && clamp(INT32_MIN) == -128 && clamp(-5) == -5);
    TEST_CHECK(lesser(-1, 1) == -1 && lesser(1, -1) == -1 && lesser(INT32_MIN, INT32_MAX) == INT32_MIN);
    TEST_CHECK(greater(-1, 1) == 1 && greater(1, -1) == 1 && greater(INT32_MIN, INT32_MAX) == INT32_MAX);
    TEST_CHECK(lesser_unsigned(-1, 1) == 1 && lesser_unsigned(1, -1) == 1 && lesser_unsigned(3, 2) == 2);
    return test_report_result();
}
