#include "backends_random.h"

#include <stddef.h>

#define INPUTS 6 /* byte arrays alive at a time */
#define GUARD_BYTE 0x5A

#define COARSE 32 /* what all bytes of a coarse case are multiples of */

static uint32_t state;
static bool coarse; /* so that many sums end just between two results, where the two roundings must agree */
static _Alignas(16) int8_t inputs[INPUTS][2 * BUFFER];
static int32_t next_input;
static int16_t samples[BUFFER];
static int32_t constants[3 * MAX_CHANNELS];
static int32_t exponentials[256];
static _Alignas(16) int8_t tested[GUARD + BUFFER + GUARD];
static _Alignas(16) int8_t expected[GUARD + BUFFER + GUARD];
static _Alignas(16) uint8_t scratch[GUARD + 4 * BUFFER + GUARD];
static uint32_t scratch_bytes;

void random_start(uint32_t seed)
{
    state = seed * 2654435761u;
    coarse = seed % 3 == 0;
    next_input = 0;
}

static uint32_t next(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

int32_t random_range(int32_t low, int32_t high)
{
    return low + (int32_t)(next() % ((uint32_t)high - (uint32_t)low + 1));
}

bool random_chance(int32_t one_in)
{
    return next() % (uint32_t)one_in == 0;
}

/* Down to a multiple of COARSE in a coarse case. */
static int32_t rounded(int32_t value)
{
    return coarse ? value & -COARSE : value;
}

int32_t random_zero_point(void)
{
    switch (random_range(0, 4)) {
    case 0:
        return -128;
    case 1:
        return rounded(127);
    case 2:
        return 0;
    default:
        return rounded(random_range(-128, 127));
    }
}

int32_t random_multiplier(void)
{
    if (coarse) {
        return 1 << 30;
    }
    switch (random_range(0, 10)) {
    case 0:
        return INT32_MAX;
    case 1:
        return 1 << 30;
    case 2:
        return random_range(0, 2);
    case 3: /* with small products, the ties of rounding show */
        return 1 << random_range(0, 30);
    case 4:
        return (int32_t)(next() >> 1);
    default:
        return (int32_t)((next() >> 2) + (1u << 30));
    }
}

int32_t random_shift(void)
{
    switch (random_range(0, 7)) {
    case 0: /* the first beyond what fast kernels take */
        return random_chance(2) ? 0 : -17;
    case 1:
        return random_range(-31, 30);
    default:
        return random_range(-16, -1);
    }
}

void random_clamp(int32_t *low, int32_t *high)
{
    const bool whole = random_range(0, 2) > 0;
    *low = whole ? -128 : random_range(-128, 127);
    *high = whole ? 127 : random_range(*low, 127);
}

const int8_t *random_bytes(int32_t count)
{
    int8_t *bytes = inputs[next_input++ % INPUTS] + random_range(0, 1) * random_range(0, 3);
    const int32_t kind = random_range(0, 11);
    const int32_t size = random_chance(2) ? 256 : 1 << random_range(1, 8);
    for (int32_t i = 0; i < count; i++) {
        const bool high = kind == 0 || (kind > 1 && random_chance(2));
        bytes[i] = (int8_t)rounded(kind < 4 ? (high ? 127 : -128) : random_range(-size / 2, size / 2 - 1));
    }
    return bytes;
}

const int8_t *random_end(int32_t count)
{
    return random_ends(1, count);
}

const int8_t *random_ends(int32_t rows, int32_t columns)
{
    int8_t *bytes = inputs[next_input++ % INPUTS];
    for (int32_t i = 0; i < rows; i++) {
        const int8_t end = random_chance(2) ? 127 : -128;
        for (int32_t column = 0; column < columns; column++) {
            bytes[i * columns + column] = (int8_t)rounded(end);
        }
    }
    return bytes;
}

const int16_t *random_samples(int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        samples[i] =
            (int16_t)(random_chance(16) ? random_chance(2) ? INT16_MIN : INT16_MAX : (int32_t)(next() >> 16) - 32768);
    }
    return samples;
}

nf_channel_constants random_constants(int32_t channels, int32_t max_bias)
{
    const bool wild = random_chance(3);
    const int32_t shift = random_range(1, 14), fitting = 100 << shift; /* biases that do not just saturate */
    const int32_t usual = max_bias < fitting ? max_bias : fitting;

    for (int32_t i = 0; i < channels; i++) {
        constants[i] = random_range(-usual, usual) & (coarse ? -COARSE * COARSE : -1);
        constants[channels + i] = coarse ? 1 << 30 : random_chance(8) ? INT32_MAX : random_range(1 << 30, INT32_MAX);
        constants[2 * channels + i] = -shift - random_range(0, 2);
        if (wild && random_chance(4)) {
            constants[i] = random_chance(2) ? max_bias : -max_bias;
        }
        if (wild && random_chance(2)) {
            constants[i] = random_range(-(max_bias / 2), max_bias / 2) >> random_range(0, 24);
            constants[2 * channels + i] = random_shift();
            /* small enough, where no shift does it, not just to saturate */
            constants[channels + i] =
                random_multiplier() >> (constants[2 * channels + i] < 0 ? 0 : random_range(0, 20));
        }
    }
    return (nf_channel_constants){
        .bias = constants,
        .multiplier = constants + channels,
        .shift = constants + 2 * channels,
    };
}

const int32_t *random_exponentials(void)
{
    const int32_t rate = random_range(1, 12), last = random_range(0, 300);
    exponentials[0] = INT32_MAX;
    for (int32_t i = 1; i < 256; i++) {
        exponentials[i] = i > last ? 0 : exponentials[i - 1] - (exponentials[i - 1] >> rate);
    }
    return exponentials;
}

outputs random_outputs(void)
{
    for (int32_t i = 0; i < GUARD + BUFFER + GUARD; i++) {
        tested[i] = expected[i] = GUARD_BYTE;
    }
    return (outputs){.tested = tested + GUARD, .expected = expected + GUARD};
}

bool outputs_agree(void)
{
    for (int32_t i = 0; i < GUARD + BUFFER + GUARD; i++) {
        if (tested[i] != expected[i]) {
            return false;
        }
    }
    return true;
}

nf_scratch random_scratch(uint32_t bytes)
{
    scratch_bytes = bytes;
    for (uint32_t i = 0; i < sizeof scratch; i++) {
        scratch[i] = i >= GUARD && i < GUARD + bytes ? (uint8_t)(i * 37) : GUARD_BYTE;
    }
    return (nf_scratch){.bytes = scratch + GUARD, .size = bytes};
}

bool scratch_is_whole(void)
{
    for (uint32_t i = 0; i < sizeof scratch; i++) {
        if ((i < GUARD || i >= GUARD + scratch_bytes) && scratch[i] != GUARD_BYTE) {
            return false;
        }
    }
    return true;
}
