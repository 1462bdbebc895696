/* The I2C bus with the virtual sensor on it, and the sensor's line. */
#include "board.h"

#include "virtual_mpu6050.h"

#define SENSOR_ADDRESS 0x68u
#define BITS_PER_BYTE 9u /* with its acknowledge */

static nf_mpu6050 chip;
static bool is_present;
static bool is_busy;
static const nf_sensor_listener *listeners[NF_SENSOR_USERS];
static uint64_t alarm_us = UINT64_MAX;

void nf_sensor_power_up(void)
{
    is_present = nf_mpu6050_power_up(&chip, (const nf_recording *)NF_MPS2_RECORDING, nf_clock_us());
}

static const nf_sensor_listener *capture_of(void)
{
    return listeners[NF_SENSOR_CAPTURE];
}

/* Makes up for the time until now, and hands edges over before anything that came after them. */
static void advance(void)
{
    uint64_t last_us;

    if (!is_present) {
        return;
    }
    nf_mpu6050_advance(&chip, nf_clock_us());
    const uint32_t edges = nf_mpu6050_take_edges(&chip, &last_us);
    for (size_t user = 0; edges > 0 && user < NF_SENSOR_USERS; user++) {
        if (listeners[user] != NULL) {
            listeners[user]->edges(edges, last_us);
        }
    }
}

static void set_timer(void)
{
    const uint64_t line_us = is_present ? nf_mpu6050_next_us(&chip) : UINT64_MAX;
    nf_timer_set(NF_SENSOR_TIMER, line_us < alarm_us ? line_us : alarm_us);
}

void nf_sensor_interrupt(void)
{
    nf_timer_end(NF_SENSOR_TIMER);
    advance();
    if (alarm_us <= nf_clock_us()) {
        alarm_us = UINT64_MAX;
        capture_of()->time_came();
    }
    if (capture_of() != NULL) {
        capture_of()->pended();
    }
    set_timer();
}

void nf_i2c_interrupt(void)
{
    nf_timer_end(NF_BUS_TIMER);
    advance();
    __atomic_store_n(&is_busy, false, __ATOMIC_RELEASE);
    if (capture_of() != NULL) {
        capture_of()->bus_freed();
    }
}

void nf_sensor_listen(nf_sensor_user user, const nf_sensor_listener *listener)
{
    const uint32_t was_masked = nf_mask_interrupts();
    listeners[user] = listener;
    if (capture_of() == NULL) {
        alarm_us = UINT64_MAX;
    }
    nf_unmask_interrupts(was_masked);
}

void nf_sensor_pend(void)
{
    nf_interrupt_pend();
}

void nf_sensor_alarm(uint64_t at_us)
{
    const uint32_t was_masked = nf_mask_interrupts();
    alarm_us = at_us;
    set_timer();
    nf_unmask_interrupts(was_masked);
}

bool nf_sensor_line(void)
{
    const uint32_t was_masked = nf_mask_interrupts();
    if (is_present) {
        nf_mpu6050_advance(&chip, nf_clock_us());
        nf_interrupt_pend(); /* edges may have come */
    }
    const bool level = is_present && nf_mpu6050_line(&chip);
    nf_unmask_interrupts(was_masked);
    return level;
}

static nf_i2c_answer start(uint8_t address, uint32_t hertz, const uint8_t *write, size_t write_bytes, uint8_t *read,
                           size_t read_bytes)
{
    const uint64_t now_us = nf_clock_us();

    if (is_busy) {
        return NF_I2C_BUSY;
    }
    if (!is_present || address != SENSOR_ADDRESS) {
        return NF_I2C_REFUSED;
    }
    nf_mpu6050_transfer(&chip, now_us, write, write_bytes, read, read_bytes);
    nf_interrupt_pend(); /* the line may have changed, and when it may change next */

    const size_t addresses = (write_bytes > 0 ? 1u : 0u) + (read_bytes > 0 ? 1u : 0u);
    const uint64_t bits = (uint64_t)BITS_PER_BYTE * (addresses + write_bytes + read_bytes);
    is_busy = true;
    nf_timer_set(NF_BUS_TIMER, now_us + bits * 1000000u / hertz);
    return NF_I2C_STARTED;
}

nf_i2c_answer nf_i2c_start(uint8_t address, uint32_t hertz, const uint8_t *write, size_t write_bytes, uint8_t *read,
                           size_t read_bytes)
{
    const uint32_t was_masked = nf_mask_interrupts();
    const nf_i2c_answer answer = start(address, hertz, write, write_bytes, read, read_bytes);
    nf_unmask_interrupts(was_masked);
    return answer;
}

bool nf_i2c_is_busy(void)
{
    return __atomic_load_n(&is_busy, __ATOMIC_ACQUIRE);
}

/* Masked interrupts end the sleep all the same: none can slip in between the look and the sleep. */
void nf_i2c_wait(void)
{
    while (nf_i2c_is_busy()) {
        const uint32_t was_masked = nf_mask_interrupts();
        if (nf_i2c_is_busy()) {
            nf_wait_for_interrupt();
        }
        nf_unmask_interrupts(was_masked);
    }
}
