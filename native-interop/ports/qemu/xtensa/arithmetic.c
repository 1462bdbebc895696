/* The compiler's helpers for what the LX106 has no instructions for: in Debian's libgcc they are missing, because an ESP8266 has them in
 * its ROM. (An ESP32 has instructions for most of it.) */
#include <stdint.h>

uint64_t __umulsidi3(uint32_t a, uint32_t b);
int64_t __muldi3(int64_t a, int64_t b);
uint32_t __udivsi3(uint32_t a, uint32_t b);
uint32_t __umodsi3(uint32_t a, uint32_t b);
int32_t __divsi3(int32_t a, int32_t b);
uint64_t __udivdi3(uint64_t a, uint64_t b);
uint64_t __umoddi3(uint64_t a, uint64_t b);
int64_t __divdi3(int64_t a, int64_t b);

uint64_t __umulsidi3(uint32_t a, uint32_t b)
{
    const uint32_t a_low = a & 0xFFFFu, a_high = a >> 16, b_low = b & 0xFFFFu, b_high = b >> 16;
    const uint32_t low = a_low * b_low;
    const uint32_t inner = a_low * b_high + (low >> 16), outer = a_high * b_low;
    const uint32_t middle = inner + outer, carry = middle < outer;
    const uint32_t high = a_high * b_high + (middle >> 16) + (carry << 16);

    return (uint64_t)high << 32 | (middle << 16 | (low & 0xFFFFu));
}

int64_t __muldi3(int64_t a, int64_t b)
{
    const uint32_t a_low = (uint32_t)a, a_high = (uint32_t)((uint64_t)a >> 32);
    const uint32_t b_low = (uint32_t)b, b_high = (uint32_t)((uint64_t)b >> 32);
    const uint64_t low = __umulsidi3(a_low, b_low);

    return (int64_t)(low + ((uint64_t)(a_low * b_high + a_high * b_low) << 32));
}

/* By 0: all ones. */
uint32_t __udivsi3(uint32_t a, uint32_t b)
{
    uint32_t quotient = 0, rest = 0;
    for (int bit = 31; bit >= 0; bit--) {
        const uint32_t top = rest >> 31;
        rest = rest << 1 | (a >> bit & 1u);
        quotient <<= 1;
        if (top != 0 || rest >= b) {
            rest -= b;
            quotient |= 1u;
        }
    }
    return quotient;
}

uint32_t __umodsi3(uint32_t a, uint32_t b)
{
    return a - b * __udivsi3(a, b);
}

int32_t __divsi3(int32_t a, int32_t b)
{
    const uint32_t size = __udivsi3(a < 0 ? 0u - (uint32_t)a : (uint32_t)a, b < 0 ? 0u - (uint32_t)b : (uint32_t)b);
    return (a ^ b) < 0 ? (int32_t)(0u - size) : (int32_t)size;
}

uint64_t __udivdi3(uint64_t a, uint64_t b)
{
    uint64_t quotient = 0, rest = 0;
    for (int bit = 63; bit >= 0; bit--) {
        const uint64_t top = rest >> 63;
        rest = rest << 1 | (a >> bit & 1u);
        quotient <<= 1;
        if (top != 0 || rest >= b) {
            rest -= b;
            quotient |= 1u;
        }
    }
    return quotient;
}

uint64_t __umoddi3(uint64_t a, uint64_t b)
{
    return a - b * __udivdi3(a, b);
}

int64_t __divdi3(int64_t a, int64_t b)
{
    const uint64_t size = __udivdi3(a < 0 ? 0u - (uint64_t)a : (uint64_t)a, b < 0 ? 0u - (uint64_t)b : (uint64_t)b);
    return (a ^ b) < 0 ? (int64_t)(0u - size) : (int64_t)size;
}
