/* The virtual MPU6050 against the register map (RM-MPU-6000A): the same cases as those of the simulated board in C#. */
#include "virtual_mpu6050.h"

#include <string.h>

#include "test_port.h"

#define CAPACITY 1024u

static _Alignas(nf_recording) uint8_t memory[sizeof(nf_recording) + 4 * sizeof(int16_t[NF_MPU6050_AXES])];
static nf_recording *const recording = (nf_recording *)(void *)memory;
static nf_mpu6050 chip;
static uint64_t now_us;

static void write(uint8_t address, uint8_t value)
{
    const uint8_t bytes[] = {address, value};
    nf_mpu6050_transfer(&chip, now_us, bytes, sizeof bytes, NULL, 0);
}

static void read_into(uint8_t address, uint8_t *bytes, size_t count)
{
    nf_mpu6050_transfer(&chip, now_us, &address, 1, bytes, count);
}

static uint8_t read(uint8_t address)
{
    uint8_t value;
    read_into(address, &value, 1);
    return value;
}

static int16_t read_word(uint8_t address)
{
    uint8_t bytes[2];
    read_into(address, bytes, sizeof bytes);
    return (int16_t)((bytes[0] << 8) | bytes[1]);
}

static void pass(uint64_t microseconds)
{
    now_us += microseconds;
    nf_mpu6050_advance(&chip, now_us);
}

/* Every byte of a packet tells its place: acceleration 0x0102 0x0304 0x0506 at 2 g, rotation 0x0708 ... at 250 degrees/s. */
static void power_up(void)
{
    static const int16_t row[NF_MPU6050_AXES] = {0x0102, 0x0304, 0x0506, 0x0708, 0x090A, 0x0B0C};

    *recording = (nf_recording){NF_RECORDING_MAGIC, 10000, 1, 0x68, 0, 0, 0};
    memcpy(recording->values[0], row, sizeof row);
    now_us = 0;
    TEST_CHECK(nf_mpu6050_power_up(&chip, recording, now_us));
}

/* Awake, gyroscope's clock, 1 kHz with a low-pass. */
static void wake_up(uint8_t low_pass, uint8_t divider)
{
    write(0x1A, low_pass);
    write(0x19, divider);
    write(0x6B, 0x01);
}

/* Samples at 1 kHz into the FIFO, and stops filling it half way after the last one. */
static void collect(uint8_t selected, uint32_t samples)
{
    wake_up(3, 0);
    write(0x6A, 0x40);
    pass(20100);
    write(0x23, selected);
    pass(1000u * samples);
    write(0x23, 0x00);
}

static uint32_t pulses_in(uint64_t microseconds)
{
    uint64_t last_us;

    (void)nf_mpu6050_take_edges(&chip, &last_us);
    pass(microseconds);
    return nf_mpu6050_take_edges(&chip, &last_us);
}

static void test_reset_values(void)
{
    power_up();
    for (uint8_t address = 0; address < 0x76; address++) {
        TEST_CHECK(read(address) == (address == 0x6B ? 0x40 : address == 0x75 ? 0x68 : 0));
    }
    pass(1000000); /* a sleeping chip does not sample */
    TEST_CHECK(read(0x3A) == 0 && read_word(0x3F) == 0 && nf_mpu6050_next_us(&chip) == UINT64_MAX);

    wake_up(3, 0);
    write(0x1F, 20);
    write(0x23, 0x08);
    write(0x6A, 0x40);
    pass(20000);
    write(0x6B, 0x80);
    TEST_CHECK(read(0x6B) == 0x40 && read(0x1F) == 0 && read_word(0x72) == 0 && read_word(0x3F) == 0);
}

static void test_no_recording_is_no_chip(void)
{
    power_up();
    recording->magic = 0;
    TEST_CHECK(!nf_mpu6050_power_up(&chip, recording, 0));
    recording->magic = NF_RECORDING_MAGIC;
    recording->rows = 0;
    TEST_CHECK(!nf_mpu6050_power_up(&chip, recording, 0));
}

static void test_registers(void)
{
    static const uint8_t read_only[] = {0x3A, 0x3B, 0x48, 0x61, 0x72, 0x73, 0x75};
    static const uint8_t burst[] = {0x19, 7, 3, 0x08, 0x10};
    uint8_t bytes[4];

    power_up();
    for (size_t i = 0; i < sizeof read_only; i++) {
        const uint8_t before = read(read_only[i]);
        write(read_only[i], 0x5A);
        TEST_CHECK(read(read_only[i]) == before);
    }
    nf_mpu6050_transfer(&chip, now_us, burst, sizeof burst, NULL, 0);
    read_into(0x19, bytes, sizeof bytes);
    TEST_CHECK(memcmp(bytes, burst + 1, sizeof bytes) == 0);
    write(0x6A, 0x47); /* self-clearing bits */
    write(0x68, 0x07);
    TEST_CHECK(read(0x6A) == 0x40 && read(0x68) == 0);
}

static void test_sample_rates(void)
{
    static const struct {
        uint8_t low_pass, divider;
        uint32_t expected;
    } cases[] = {{3, 0, 1000}, {3, 19, 50}, {6, 255, 3}, {0, 0, 8000}, {0, 79, 100}, {7, 7, 1000}};
    static const struct {
        uint8_t power2;
        uint32_t expected;
    } cycles[] = {{0x07, 10}, {0x47, 40}, {0x87, 160}, {0xC7, 320}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        power_up();
        write(0x38, 0x01);
        wake_up(cases[i].low_pass, cases[i].divider);
        uint32_t pulses = 0;
        for (int ms = 0; ms < 1000; ms++) {
            for (int part = 0; part < 16; part++) { /* a pulse is 50 us, the fastest period 125 us */
                pulses += pulses_in(62 + (part & 1));
            }
        }
        TEST_CHECK(pulses == cases[i].expected);
    }
    for (size_t i = 0; i < sizeof cycles / sizeof *cycles; i++) {
        power_up();
        write(0x38, 0x01);
        write(0x6C, cycles[i].power2);
        write(0x6B, 0x20);
        TEST_CHECK(pulses_in(8000000) == cycles[i].expected);
        TEST_CHECK(read_word(0x3B) == 0x0102 && read_word(0x43) == 0); /* the accelerometer alone */
    }
    power_up();
    write(0x38, 0x01);
    wake_up(3, 0);
    write(0x6B, 0x07); /* a stopped clock */
    TEST_CHECK(pulses_in(1000000) == 0);
}

static void test_full_scale(void)
{
    power_up();
    recording->values[0][0] = 17000;
    recording->values[0][1] = -20000;
    recording->accel_scale = 1; /* the values are at 4 g */
    wake_up(3, 0);
    pass(2000);
    TEST_CHECK(read_word(0x3B) == INT16_MAX && read_word(0x3D) == INT16_MIN); /* at 2 g they clip */
    write(0x1C, 0x08);
    pass(1000);
    TEST_CHECK(read_word(0x3B) == 17000 && read_word(0x3D) == -20000);
    write(0x1C, 0x18);
    write(0x6C, 0x10); /* acceleration y in standby */
    pass(1000);
    TEST_CHECK(read_word(0x3B) == 4250 && read_word(0x3D) == 0);
    TEST_CHECK(read_word(0x41) == -2220); /* 30 degrees Celsius */
}

static bool holds(const uint8_t *bytes, size_t count, uint32_t first)
{
    for (uint32_t i = 0; i < count; i++) {
        if (bytes[i] != (first + i) % 12u + 1u) {
            return false;
        }
    }
    return true;
}

static void test_fifo(void)
{
    static const uint32_t counts[] = {3, 85, 86, 100, 500};
    static const uint8_t temperature_and_y[] = {0xF7, 0x54, 0x09, 0x0A, 0xF7, 0x54, 0x09, 0x0A};
    uint8_t bytes[36];

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) { /* an overflow drops the oldest bytes */
        const uint32_t written = counts[i] * 12u;
        const uint32_t lost = written > CAPACITY ? written - CAPACITY : 0;
        power_up();
        collect(0x78, counts[i]);
        TEST_CHECK((read(0x3A) & 0x10) == (lost > 0 ? 0x10 : 0));
        TEST_CHECK(read_word(0x72) == (int16_t)(written - lost));
        read_into(0x74, bytes, sizeof bytes);
        TEST_CHECK(holds(bytes, sizeof bytes, lost));
    }

    power_up();
    collect(0xA0, 2); /* in the chip's order, whatever was selected */
    read_into(0x74, bytes, sizeof temperature_and_y);
    TEST_CHECK(memcmp(bytes, temperature_and_y, sizeof temperature_and_y) == 0);

    power_up();
    collect(0x08, 1);
    read_into(0x74, bytes, 9); /* an empty FIFO repeats the last byte */
    TEST_CHECK(holds(bytes, 6, 0) && bytes[6] == 6 && bytes[8] == 6 && read_word(0x72) == 0);

    power_up();
    collect(0x08, 2);
    write(0x6A, 0x00); /* disabled it keeps its bytes, but gives none */
    TEST_CHECK(read(0x74) == 0);
    write(0x6A, 0x40);
    TEST_CHECK(read_word(0x72) == 12 && read(0x74) == 1);
    write(0x6A, 0x44);
    TEST_CHECK(read_word(0x72) == 0);

    power_up();
    collect(0x78, 21); /* a count read byte by byte belongs to one instant */
    write(0x23, 0x78);
    const uint8_t high = read(0x72);
    pass(2000);
    TEST_CHECK((high << 8 | read(0x73)) == 21 * 12 && read_word(0x72) == 23 * 12);
}

static void test_interrupt_line(void)
{
    uint64_t last_us;

    power_up();
    write(0x38, 0x01);
    wake_up(3, 99); /* a sample every 100 ms */
    TEST_CHECK(nf_mpu6050_next_us(&chip) == 100000);
    pass(100000);
    TEST_CHECK(nf_mpu6050_line(&chip) && nf_mpu6050_next_us(&chip) == 100050); /* a pulse of 50 us */
    pass(50);
    TEST_CHECK(!nf_mpu6050_line(&chip) && nf_mpu6050_take_edges(&chip, &last_us) == 1 && last_us == 100000);

    write(0x37, 0x20); /* latched until the status is read */
    pass(150000);
    TEST_CHECK(nf_mpu6050_line(&chip));
    (void)read(0x3B);
    TEST_CHECK(nf_mpu6050_line(&chip) && read(0x3A) == 0x01 && !nf_mpu6050_line(&chip) && read(0x3A) == 0);
    write(0x37, 0x30); /* any read */
    pass(100000);
    TEST_CHECK(nf_mpu6050_line(&chip));
    (void)read(0x75);
    TEST_CHECK(!nf_mpu6050_line(&chip));
    write(0x37, 0xA0); /* active low */
    TEST_CHECK(nf_mpu6050_line(&chip));

    power_up(); /* a disabled interrupt shows in the status alone */
    wake_up(3, 0);
    TEST_CHECK(pulses_in(100000) == 0 && read(0x3A) == 0x01);

    power_up();
    write(0x37, 0x20);
    write(0x38, 0x10);
    collect(0x78, 85);
    TEST_CHECK(!nf_mpu6050_line(&chip));
    write(0x23, 0x78);
    const uint64_t overflow_us = nf_mpu6050_next_us(&chip);
    TEST_CHECK(overflow_us > now_us && overflow_us <= now_us + 1000);
    pass(overflow_us - now_us - 1);
    TEST_CHECK(!nf_mpu6050_line(&chip));
    pass(1);
    TEST_CHECK(nf_mpu6050_line(&chip)); /* the overflow */

    power_up(); /* told ahead: 85 packets fit, the next one overflows */
    write(0x38, 0x10);
    wake_up(3, 9);
    write(0x6A, 0x40);
    write(0x23, 0x78);
    TEST_CHECK(nf_mpu6050_next_us(&chip) == 860000);
    pass(859999);
    TEST_CHECK(nf_mpu6050_take_edges(&chip, &last_us) == 0);
    pass(1);
    TEST_CHECK(nf_mpu6050_take_edges(&chip, &last_us) == 1 && last_us == 860000);
}

/* The sequence of wake-on-motion, and 0.2 g more after 400 ms. */
static void test_motion(void)
{
    static const uint8_t thresholds[] = {90, 110}; /* 0.18 and 0.22 g */

    for (size_t i = 0; i < sizeof thresholds; i++) {
        power_up();
        recording->period_us = 200000;
        recording->rows = 4;
        memset(recording->values, 0, 4 * sizeof *recording->values);
        recording->values[0][2] = recording->values[1][2] = 16384;
        recording->values[2][2] = recording->values[3][2] = 16384 + 3277;
        write(0x6B, 0x00);
        write(0x6C, 0x07);
        write(0x1A, 0x00);
        write(0x37, 0x20);
        write(0x38, 0x40);
        write(0x1F, thresholds[i]);
        write(0x20, 1);
        write(0x69, 0x15);
        pass(100000);
        write(0x1C, 0x07); /* hold */
        (void)read(0x3A);
        write(0x6C, 0x47);
        write(0x6B, 0x20);
        pass(250000);
        TEST_CHECK(!nf_mpu6050_line(&chip));
        pass(400000);
        TEST_CHECK(nf_mpu6050_line(&chip) == (i == 0));
        TEST_CHECK((read(0x61) & 0xFC) == (i == 0 ? 0x04 : 0)); /* z, upwards */
        TEST_CHECK((read(0x3A) & 0x40) == (i == 0 ? 0x40 : 0) && !nf_mpu6050_line(&chip));
    }
}

/* The recording runs in the chip's time, and begins again at its end. */
static void test_recording(void)
{
    power_up();
    recording->rows = 3;
    for (int16_t row = 0; row < 3; row++) {
        recording->values[row][0] = (int16_t)(100 + row);
    }
    wake_up(3, 9); /* 100 Hz, as the recording */
    for (int i = 1; i < 10; i++) {
        pass(10000);
        TEST_CHECK(read_word(0x3B) == 100 + i % 3);
    }
}

/* However the time is cut up, the same comes out. */
static void test_time_in_pieces(void)
{
    uint8_t at_once[240], in_pieces[240];

    for (int pieces = 0; pieces < 2; pieces++) {
        power_up();
        recording->rows = 4;
        for (int i = 0; i < 24; i++) {
            recording->values[i / 6][i % 6] = (int16_t)(i * 7);
        }
        wake_up(4, 4);
        write(0x6A, 0x40);
        write(0x23, 0x78);
        for (int i = 0; i < (pieces ? 1000 : 1); i++) {
            pass(pieces ? 100 : 100000);
        }
        TEST_CHECK(read_word(0x72) == 240);
        read_into(0x74, pieces ? in_pieces : at_once, sizeof at_once);
    }
    TEST_CHECK(memcmp(at_once, in_pieces, sizeof at_once) == 0);
}

int main(void)
{
    test_reset_values();
    test_no_recording_is_no_chip();
    test_registers();
    test_sample_rates();
    test_full_scale();
    test_fifo();
    test_interrupt_line();
    test_motion();
    test_recording();
    test_time_in_pieces();
    return test_report_result();
}
