#include "virtual_mpu6050.h"

#include <string.h>

/* Registers and bits: register map RM-MPU-6000A, motion detection from its revision 3.2. */
enum {
    SMPLRT_DIV = 0x19,
    CONFIG = 0x1A,
    GYRO_CONFIG = 0x1B,
    ACCEL_CONFIG = 0x1C,
    MOT_THR = 0x1F,
    MOT_DUR = 0x20,
    FIFO_EN = 0x23,
    INT_PIN_CFG = 0x37,
    INT_ENABLE = 0x38,
    INT_STATUS = 0x3A,
    ACCEL_OUT = 0x3B,
    LAST_EXT_SENS_DATA = 0x60,
    MOT_DETECT_STATUS = 0x61,
    SIGNAL_PATH_RESET = 0x68,
    MOT_DETECT_CTRL = 0x69,
    USER_CTRL = 0x6A,
    PWR_MGMT_1 = 0x6B,
    PWR_MGMT_2 = 0x6C,
    FIFO_COUNTH = 0x72,
    FIFO_COUNTL = 0x73,
    FIFO_R_W = 0x74,
    WHO_AM_I = 0x75,

    PIN_ACTIVE_LOW = 0x80,
    PIN_LATCH = 0x20,
    PIN_CLEAR_ON_ANY_READ = 0x10,
    INT_MOTION = 0x40,
    INT_FIFO_OVERFLOW = 0x10,
    INT_DATA_READY = 0x01,
    USER_FIFO_EN = 0x40,
    USER_FIFO_RESET = 0x04,
    USER_SIGNAL_RESET = 0x01,
    USER_SELF_CLEARING = 0x0F,
    POWER_RESET = 0x80,
    POWER_SLEEP = 0x40,
    POWER_CYCLE = 0x20,
    POWER_TEMP_DISABLE = 0x08,
    POWER_CLOCK_STOPPED = 0x07,
    STANDBY_ALL = 0x3F,
    STANDBY_GYROS = 0x07,
    HIGH_PASS = 0x07,
    HIGH_PASS_HOLD = 0x07,
};

#define STEP_US 1000u     /* motion is looked for once per millisecond */
#define FAST_TICK_US 125u /* 8 kHz, without the low-pass */
#define PULSE_US 50u
#define STEPS_PER_THRESHOLD 33 /* 2 mg, as the simulated board has it, in steps of 2 g */
#define TEMPERATURE (-2220)    /* (30 - 36.53) degrees Celsius * 340 */

static const uint32_t wake_up_us[4] = {800000, 200000, 50000, 25000};

/* ---- the interrupt output ---- */

bool nf_mpu6050_line(const nf_mpu6050 *chip)
{
    return chip->is_asserted != ((chip->registers[INT_PIN_CFG] & PIN_ACTIVE_LOW) != 0);
}

static void assert_output(nf_mpu6050 *chip, bool asserted)
{
    const bool before = nf_mpu6050_line(chip);

    chip->is_asserted = asserted;
    if (!before && nf_mpu6050_line(chip)) {
        chip->edges++;
        chip->edge_us = chip->now_us;
    }
}

static bool is_latched(const nf_mpu6050 *chip)
{
    return (chip->registers[INT_PIN_CFG] & PIN_LATCH) != 0;
}

static void raise(nf_mpu6050 *chip, uint8_t cause)
{
    chip->registers[INT_STATUS] |= cause;
    if ((chip->registers[INT_ENABLE] & cause) != 0) {
        chip->pulse_end_us = chip->now_us + PULSE_US;
        assert_output(chip, true);
    }
}

static void clear_interrupts(nf_mpu6050 *chip)
{
    chip->registers[INT_STATUS] = 0;
    if (is_latched(chip)) {
        assert_output(chip, false);
    }
}

uint32_t nf_mpu6050_take_edges(nf_mpu6050 *chip, uint64_t *last_us)
{
    const uint32_t edges = chip->edges;

    *last_us = chip->edge_us;
    chip->edges = 0;
    return edges;
}

/* ---- FIFO ---- */

static void fifo_put(nf_mpu6050 *chip, const uint8_t *bytes, size_t count)
{
    bool overflow = false;

    for (size_t i = 0; i < count; i++) {
        chip->fifo[(chip->fifo_start + chip->fifo_count) % NF_MPU6050_FIFO_BYTES] = bytes[i];
        if (chip->fifo_count < NF_MPU6050_FIFO_BYTES) {
            chip->fifo_count++;
        } else {
            chip->fifo_start =
                (uint16_t)((chip->fifo_start + 1u) % NF_MPU6050_FIFO_BYTES); /* the oldest byte is lost */
            overflow = true;
        }
    }
    if (overflow) {
        raise(chip, INT_FIFO_OVERFLOW);
    }
}

static uint8_t fifo_take(nf_mpu6050 *chip)
{
    if (chip->fifo_count > 0 && (chip->registers[USER_CTRL] & USER_FIFO_EN) != 0) {
        chip->fifo_last = chip->fifo[chip->fifo_start];
        chip->fifo_start = (uint16_t)((chip->fifo_start + 1u) % NF_MPU6050_FIFO_BYTES);
        chip->fifo_count--;
    }
    return chip->fifo_last;
}

static void fifo_clear(nf_mpu6050 *chip)
{
    chip->fifo_start = chip->fifo_count = 0;
    chip->fifo_last = 0;
}

/* ---- samples ---- */

static const int16_t *row_at(const nf_mpu6050 *chip)
{
    const nf_recording *recording = chip->recording;
    return recording->values[chip->now_us / recording->period_us % recording->rows];
}

static int16_t rescale(int16_t value, unsigned from, unsigned to)
{
    if (to >= from) {
        return (int16_t)(value / (1 << (to - from)));
    }
    const int32_t wide = value * (1 << (from - to));
    return (int16_t)(wide > INT16_MAX ? INT16_MAX : wide < INT16_MIN ? INT16_MIN : wide);
}

static unsigned full_scale(const nf_mpu6050 *chip, uint8_t address)
{
    return (chip->registers[address] >> 3) & 3u;
}

static void put_word(uint8_t *bytes, int16_t value)
{
    bytes[0] = (uint8_t)((uint16_t)value >> 8);
    bytes[1] = (uint8_t)value;
}

static bool is_cycling(const nf_mpu6050 *chip)
{
    return (chip->registers[PWR_MGMT_1] & POWER_CYCLE) != 0;
}

/* Bit of an axis in PWR_MGMT_2: x of the accelerometer is the highest. */
static bool is_standing_by(const nf_mpu6050 *chip, unsigned axis)
{
    const unsigned standby = chip->registers[PWR_MGMT_2] | (is_cycling(chip) ? STANDBY_GYROS : 0u);
    return (standby & (0x20u >> axis)) != 0;
}

static void take_sample(nf_mpu6050 *chip)
{
    const int16_t *row = row_at(chip);
    const uint8_t selected = chip->registers[FIFO_EN];
    uint8_t packet[sizeof chip->latest];
    size_t count = 0;

    for (unsigned axis = 0; axis < NF_MPU6050_AXES; axis++) {
        const bool is_gyro = axis >= 3;
        const int16_t value = is_gyro
                                  ? rescale(row[axis], chip->recording->gyro_scale, full_scale(chip, GYRO_CONFIG))
                                  : rescale(row[axis], chip->recording->accel_scale, full_scale(chip, ACCEL_CONFIG));
        put_word(chip->latest + 2u * (is_gyro ? axis + 1u : axis), is_standing_by(chip, axis) ? 0 : value);
    }
    if ((chip->registers[PWR_MGMT_1] & POWER_TEMP_DISABLE) == 0) {
        put_word(chip->latest + 6, TEMPERATURE);
    }
    memcpy(chip->registers + ACCEL_OUT, chip->latest, sizeof chip->latest);

    if ((chip->registers[USER_CTRL] & USER_FIFO_EN) != 0) {
        /* A packet has the chip's order: bit 3 of FIFO_EN acceleration, 7 temperature, 6 to 4 the gyroscopes. */
        static const uint8_t enables[7] = {0x08, 0x08, 0x08, 0x80, 0x40, 0x20, 0x10};
        for (size_t word = 0; word < sizeof enables; word++) {
            if ((selected & enables[word]) != 0) {
                memcpy(packet + count, chip->latest + 2u * word, 2);
                count += 2;
            }
        }
        fifo_put(chip, packet, count);
    }
    raise(chip, INT_DATA_READY);
}

static void detect_motion(nf_mpu6050 *chip)
{
    static const uint8_t decrements[4] = {UINT8_MAX, 1, 2, 4}; /* MOT_DETECT_CTRL 1:0 */
    const uint8_t decrement = decrements[chip->registers[MOT_DETECT_CTRL] & 3u];
    const int threshold = chip->registers[MOT_THR] * STEPS_PER_THRESHOLD;
    const int duration = chip->registers[MOT_DUR] > 0 ? chip->registers[MOT_DUR] : 1;
    const bool holds = (chip->registers[ACCEL_CONFIG] & HIGH_PASS) == HIGH_PASS_HOLD;
    const int16_t *row = row_at(chip);
    bool found = false;

    for (unsigned axis = 0; axis < 3; axis++) {
        const int16_t value = is_standing_by(chip, axis) ? 0 : rescale(row[axis], chip->recording->accel_scale, 0);
        if (!holds) {
            chip->held[axis] = value;
        }
        const int moved = value - chip->held[axis];
        uint8_t *counter = &chip->motion[axis];
        if (moved > threshold || moved < -threshold) {
            *counter = *counter < UINT8_MAX ? (uint8_t)(*counter + 1u) : UINT8_MAX;
        } else {
            *counter = *counter > decrement ? (uint8_t)(*counter - decrement) : 0;
        }
        if (*counter >= duration) {
            chip->registers[MOT_DETECT_STATUS] |= (uint8_t)(0x80u >> (2u * axis + (moved > 0 ? 1u : 0u)));
            found = true;
        }
    }
    if (found) {
        raise(chip, INT_MOTION);
    }
}

/* ---- time ---- */

static bool is_fast(const nf_mpu6050 *chip)
{
    const unsigned low_pass = chip->registers[CONFIG] & 7u;
    return low_pass == 0 || low_pass == 7;
}

static uint32_t wanted_period_us(const nf_mpu6050 *chip)
{
    const uint8_t power = chip->registers[PWR_MGMT_1];

    if ((power & POWER_SLEEP) != 0 || (power & POWER_CLOCK_STOPPED) == POWER_CLOCK_STOPPED) {
        return 0;
    }
    if ((power & POWER_CYCLE) != 0) {
        return wake_up_us[chip->registers[PWR_MGMT_2] >> 6];
    }
    if ((chip->registers[PWR_MGMT_2] & STANDBY_ALL) == STANDBY_ALL) {
        return 0;
    }
    return is_fast(chip) ? FAST_TICK_US : STEP_US;
}

/* An unchanged period keeps its phase. */
static void restart(nf_mpu6050 *chip)
{
    const uint32_t period_us = wanted_period_us(chip);

    if (period_us != chip->period_us) {
        chip->period_us = period_us;
        chip->tick_us = chip->now_us + period_us;
        chip->since_step = chip->since_sample = 0;
    }
}

/* Ticks after the next one before something happens: a sample, or a look for motion while somebody asks for it. */
static uint32_t quiet_ticks(const nf_mpu6050 *chip)
{
    const uint32_t step = STEP_US / chip->period_us;
    const uint32_t sample = chip->registers[SMPLRT_DIV] + 1u;

    if (is_cycling(chip)) {
        return 0;
    }
    const uint32_t to_step = step > chip->since_step ? step - chip->since_step - 1u : 0;
    const uint32_t to_sample = sample > chip->since_sample ? sample - chip->since_sample - 1u : 0;
    return (chip->registers[INT_ENABLE] & INT_MOTION) != 0 && to_step < to_sample ? to_step : to_sample;
}

static void pass(nf_mpu6050 *chip, uint32_t ticks)
{
    chip->tick_us += (uint64_t)ticks * chip->period_us;
    chip->since_step += ticks;
    chip->since_sample += ticks;
}

static void tick(nf_mpu6050 *chip)
{
    const bool cycles = is_cycling(chip);

    pass(chip, 1);
    if (cycles || chip->since_step >= STEP_US / chip->period_us) {
        chip->since_step = 0;
        if ((chip->registers[INT_ENABLE] & INT_MOTION) != 0) {
            detect_motion(chip);
        }
    }
    if (cycles || chip->since_sample > chip->registers[SMPLRT_DIV]) {
        chip->since_sample = 0;
        take_sample(chip);
    }
}

static void end_pulse(nf_mpu6050 *chip, uint64_t now_us)
{
    if (chip->is_asserted && !is_latched(chip) && chip->pulse_end_us <= now_us) {
        assert_output(chip, false);
    }
}

void nf_mpu6050_advance(nf_mpu6050 *chip, uint64_t now_us)
{
    while (chip->period_us != 0 && chip->tick_us <= now_us) {
        const uint64_t due = (now_us - chip->tick_us) / chip->period_us; /* ticks after the next one, until now */
        const uint32_t quiet = quiet_ticks(chip);
        if (quiet > due) {
            pass(chip, (uint32_t)due + 1u);
            break;
        }
        pass(chip, quiet);
        end_pulse(chip, chip->tick_us);
        chip->now_us = chip->tick_us;
        tick(chip);
    }
    if (now_us > chip->now_us) {
        chip->now_us = now_us;
    }
    end_pulse(chip, now_us);
}

static uint32_t packet_bytes(const nf_mpu6050 *chip)
{
    const uint8_t selected = chip->registers[FIFO_EN];
    uint32_t bytes = (selected & 0x08) != 0 ? 6 : 0;

    for (unsigned bit = 0x10; bit <= 0x80; bit <<= 1) {
        bytes += (selected & bit) != 0 ? 2u : 0u;
    }
    return bytes;
}

/* Samples that bring no interrupt, at the least. */
static uint32_t silent_samples(const nf_mpu6050 *chip)
{
    const uint32_t bytes = packet_bytes(chip);

    if ((chip->registers[INT_ENABLE] & ~INT_FIFO_OVERFLOW) != 0) {
        return 0;
    }
    return bytes > 0 ? (NF_MPU6050_FIFO_BYTES - chip->fifo_count) / bytes : NF_MPU6050_FIFO_BYTES;
}

uint64_t nf_mpu6050_next_us(const nf_mpu6050 *chip)
{
    const uint64_t pulse_end = chip->is_asserted && !is_latched(chip) ? chip->pulse_end_us : UINT64_MAX;

    if (chip->period_us == 0 || chip->registers[INT_ENABLE] == 0) {
        return pulse_end;
    }
    const uint32_t sample_ticks = is_cycling(chip) ? 1u : chip->registers[SMPLRT_DIV] + 1u;
    const uint64_t ticks = quiet_ticks(chip) + (uint64_t)silent_samples(chip) * sample_ticks;
    const uint64_t due = chip->tick_us + ticks * chip->period_us;
    return due < pulse_end ? due : pulse_end;
}

/* ---- registers ---- */

static void reset_registers(nf_mpu6050 *chip)
{
    memset(chip->registers, 0, sizeof chip->registers);
    memset(chip->latest, 0, sizeof chip->latest);
    memset(chip->motion, 0, sizeof chip->motion);
    chip->registers[PWR_MGMT_1] = POWER_SLEEP;
    chip->registers[WHO_AM_I] = chip->recording->who_am_i;
    chip->count_low = 0;
    fifo_clear(chip);
    assert_output(chip, false);
    restart(chip);
}

static bool is_read_only(uint8_t address)
{
    return (address >= INT_STATUS && address <= LAST_EXT_SENS_DATA) || address == MOT_DETECT_STATUS ||
           address == FIFO_COUNTH || address == FIFO_COUNTL || address == WHO_AM_I;
}

static void write_register(nf_mpu6050 *chip, uint8_t address, uint8_t value)
{
    if (is_read_only(address)) {
        return;
    }

    const bool line = nf_mpu6050_line(chip);
    chip->registers[address] = value;
    switch (address) {
    case INT_PIN_CFG:
        if (!line && nf_mpu6050_line(chip)) {
            chip->edges++;
            chip->edge_us = chip->now_us;
        }
        break;
    case INT_ENABLE:
        if (is_latched(chip) && (chip->registers[INT_STATUS] & value) == 0) {
            assert_output(chip, false);
        }
        break;
    case SIGNAL_PATH_RESET:
        chip->registers[address] = 0;
        break;
    case USER_CTRL:
        chip->registers[address] = (uint8_t)(value & ~USER_SELF_CLEARING);
        if ((value & USER_FIFO_RESET) != 0) {
            fifo_clear(chip);
        }
        if ((value & USER_SIGNAL_RESET) != 0) {
            memset(chip->latest, 0, sizeof chip->latest);
            memcpy(chip->registers + ACCEL_OUT, chip->latest, sizeof chip->latest);
        }
        break;
    case FIFO_R_W:
        fifo_put(chip, &value, 1);
        break;
    case PWR_MGMT_1:
        if ((value & POWER_RESET) != 0) {
            reset_registers(chip);
        }
        restart(chip);
        break;
    case CONFIG:
    case PWR_MGMT_2:
        restart(chip);
        break;
    default:
        break;
    }
}

static uint8_t read_register(nf_mpu6050 *chip, uint8_t address)
{
    const uint8_t value = chip->registers[address];

    switch (address) {
    case INT_STATUS:
        clear_interrupts(chip);
        return value;
    case MOT_DETECT_STATUS:
        chip->registers[MOT_DETECT_STATUS] = 0;
        return value;
    case FIFO_COUNTH: /* both bytes belong to one instant */
        chip->count_low = (uint8_t)chip->fifo_count;
        return (uint8_t)(chip->fifo_count >> 8);
    case FIFO_COUNTL:
        return chip->count_low;
    case FIFO_R_W:
        return fifo_take(chip);
    default:
        return value;
    }
}

static void next_register(nf_mpu6050 *chip)
{
    if (chip->pointer != FIFO_R_W) {
        chip->pointer = (uint8_t)((chip->pointer + 1u) % sizeof chip->registers);
    }
}

void nf_mpu6050_transfer(nf_mpu6050 *chip, uint64_t now_us, const uint8_t *write, size_t write_bytes, uint8_t *read,
                         size_t read_bytes)
{
    nf_mpu6050_advance(chip, now_us);
    if (write_bytes > 0) {
        chip->pointer = (uint8_t)(write[0] % sizeof chip->registers);
    }
    for (size_t i = 1; i < write_bytes; i++) {
        write_register(chip, chip->pointer, write[i]);
        next_register(chip);
    }
    for (size_t i = 0; i < read_bytes; i++) {
        read[i] = read_register(chip, chip->pointer);
        next_register(chip);
    }
    if (read_bytes > 0 && (chip->registers[INT_PIN_CFG] & PIN_CLEAR_ON_ANY_READ) != 0) {
        clear_interrupts(chip);
    }
}

bool nf_mpu6050_power_up(nf_mpu6050 *chip, const nf_recording *recording, uint64_t now_us)
{
    if (recording->magic != NF_RECORDING_MAGIC || recording->rows == 0 || recording->period_us == 0) {
        return false;
    }
    *chip = (nf_mpu6050){.recording = recording, .now_us = now_us};
    reset_registers(chip);
    return true;
}
