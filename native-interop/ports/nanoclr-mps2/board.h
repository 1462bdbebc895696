/* The board's own interface: where things lie, time, the bus and the sensor on it. Knows nothing of the CLR. */
#ifndef NANOFORMER_PORTS_NANOCLR_MPS2_BOARD_H
#define NANOFORMER_PORTS_NANOCLR_MPS2_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* QEMU's loader fills these parts of the board's PSRAM: the assemblies one behind the other, the model's image, the recording,
 * the straps. What is left out is zero: no application, no model, no sensor. */
#define NF_MPS2_DEPLOYMENT 0x21000000u
#define NF_MPS2_MODEL 0x21100000u
#define NF_MPS2_RECORDING 0x21200000u
#define NF_MPS2_STRAPS 0x21F00000u
#define NF_MPS2_PART_BYTES 0x100000u

typedef struct nf_mps2_straps {
    uint32_t stop_ms; /* leaves QEMU after so much time; 0: never */
    uint32_t flags;
} nf_mps2_straps;

#define NF_MPS2_NO_SERIAL 1u   /* opening the serial port fails */
#define NF_MPS2_LATE_SERIAL 2u /* it fails in the first 15 s */
#define NF_MPS2_LATE_SERIAL_US 15000000u

#define NF_MPS2_LINE_PIN 4 /* the sensor's INT; nothing is wired to the other pins */
#define NF_MPS2_PINS 16

static inline const nf_mps2_straps *nf_mps2_straps_of_board(void)
{
    return (const nf_mps2_straps *)NF_MPS2_STRAPS;
}

/* ---- time (clock.c) ---- */

/* Starts the millisecond tick. */
void nf_clock_start(void);

/* Microseconds and units of 100 ns since then. */
uint64_t nf_clock_us(void);
uint64_t nf_clock_ticks(void);
uint64_t nf_clock_coarse_ticks(void); /* whole milliseconds: what a wait looks at after each tick */

/* Called by the tick, in its interrupt. */
void nf_on_tick(uint64_t ticks);

/* The two timers of the board: one interrupt each. UINT64_MAX takes it back. */
typedef enum nf_timer { NF_BUS_TIMER, NF_SENSOR_TIMER } nf_timer;
void nf_timer_set(nf_timer timer, uint64_t due_us);
void nf_timer_end(nf_timer timer); /* the first thing that its handler does */

/* ---- bus and sensor (sensor.c) ---- */

void nf_sensor_power_up(void);

typedef enum nf_i2c_answer { NF_I2C_STARTED, NF_I2C_BUSY, NF_I2C_REFUSED } nf_i2c_answer;

/* Starts a transaction, unless nobody answers at the address. The bytes of `read` are there at once, but they count when the
 * bus is free again. */
nf_i2c_answer nf_i2c_start(uint8_t address, uint32_t hertz, const uint8_t *write, size_t write_bytes, uint8_t *read,
                           size_t read_bytes);
bool nf_i2c_is_busy(void);
void nf_i2c_wait(void); /* sleeps until the bus is free */

/* Level of the sensor's line, now. */
bool nf_sensor_line(void);

/* What is told, in interrupts of one priority: rising edges of the line, and of those that the capture works with the rest. */
typedef struct nf_sensor_listener {
    void (*edges)(uint32_t edges, uint64_t last_us);
    void (*bus_freed)(void); /* after any transaction, edges that came before it first */
    void (*time_came)(void); /* that of nf_sensor_alarm */
    void (*pended)(void);    /* soon after nf_sensor_pend, and at other times */
} nf_sensor_listener;

typedef enum nf_sensor_user { NF_SENSOR_PIN, NF_SENSOR_CAPTURE, NF_SENSOR_USERS } nf_sensor_user;

/* One listener a user; null takes it back, and the alarm of a capture with it. */
void nf_sensor_listen(nf_sensor_user user, const nf_sensor_listener *listener);
void nf_sensor_pend(void);
void nf_sensor_alarm(uint64_t at_us);

/* ---- handlers of the vector table ---- */

void nf_tick_interrupt(void);
void nf_i2c_interrupt(void);
void nf_sensor_interrupt(void);

/* ---- core (reset.c) ---- */

void nf_interrupt_pend(void); /* enters nf_sensor_interrupt soon */

uint32_t nf_mask_interrupts(void);
void nf_unmask_interrupts(uint32_t was_masked);
void nf_wait_for_interrupt(void);

/* Leaves QEMU. */
__attribute__((noreturn)) void nf_leave(bool success);

/* UART 0 carries the program's log, UART 1 what the CLR says. */
void nf_uart_write(uint32_t uart, const char *text, size_t bytes);

/* The program (start.cpp). */
int main(void);

#ifdef __cplusplus
}
#endif

#endif
