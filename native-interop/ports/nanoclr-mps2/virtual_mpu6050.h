/* A register-level MPU6050 with a recording behind it, in the time of whoever calls. It takes its samples late: each call first
 * makes up for the time that has passed since the one before. Portable C, so that it is tested on the host, too.
 *
 * Modelled: power modes, sampling by SMPLRT_DIV and CONFIG, full scales, FIFO with its overflow, motion detection (after
 * revision 3.2 of the register map; only while its interrupt is enabled), INT_PIN_CFG and INT. Not modelled: noise and low-pass (the recording is what has passed
 * it), self-test, free fall, zero motion, auxiliary bus, DMP. */
#ifndef NANOFORMER_PORTS_VIRTUAL_MPU6050_H
#define NANOFORMER_PORTS_VIRTUAL_MPU6050_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NF_RECORDING_MAGIC 0x4356464Eu /* "NFVC" */
#define NF_MPU6050_AXES 6
#define NF_MPU6050_FIFO_BYTES 1024u

/* Motion as the board's memory holds it, little-endian: at the end it begins again. */
typedef struct nf_recording {
    uint32_t magic;
    uint32_t period_us; /* between two rows */
    uint32_t rows;
    uint8_t who_am_i;                /* 0x68; another makes a clone */
    uint8_t accel_scale, gyro_scale; /* AFS_SEL and FS_SEL that the values are in */
    uint8_t reserved;
    int16_t values[][NF_MPU6050_AXES]; /* acceleration x, y, z, then angular rate */
} nf_recording;

typedef struct nf_mpu6050 {
    const nf_recording *recording;
    uint8_t registers[128];
    uint8_t pointer;       /* the register that the next byte goes to or comes from */
    uint8_t latest[14];    /* acceleration, temperature, angular rate, big-endian */
    uint64_t now_us;       /* as far as time has been made up for */
    uint64_t tick_us;      /* the next tick; meaningless while the chip sleeps */
    uint32_t period_us;    /* between two ticks; 0: asleep */
    uint32_t since_step;   /* ticks since the last motion detection */
    uint32_t since_sample; /* ticks since the last sample */
    int16_t held[3];       /* what the high-pass subtracts, in steps of 2 g */
    uint8_t motion[3];     /* counters of the motion detection */
    bool is_asserted;      /* the interrupt output */
    uint64_t pulse_end_us; /* of an unlatched one */
    uint32_t edges;        /* rising edges of the line not yet taken */
    uint64_t edge_us;      /* the last of them */
    uint16_t fifo_start, fifo_count;
    uint8_t fifo_last;
    uint8_t count_low; /* FIFO_COUNTL, latched by reading FIFO_COUNTH */
    uint8_t fifo[NF_MPU6050_FIFO_BYTES];
} nf_mpu6050;

/* Powers the chip up, asleep. False when there is no recording: then there is no chip on the bus. */
bool nf_mpu6050_power_up(nf_mpu6050 *chip, const nf_recording *recording, uint64_t now_us);

/* Makes up for the time until `now_us`. */
void nf_mpu6050_advance(nf_mpu6050 *chip, uint64_t now_us);

/* One transaction on the bus: `write` bytes (the first one sets the register), then `read` bytes after a repeated start. */
void nf_mpu6050_transfer(nf_mpu6050 *chip, uint64_t now_us, const uint8_t *write, size_t write_bytes, uint8_t *read,
                         size_t read_bytes);

/* Level of INT, at the time made up for; an open drain counts as pulled up. */
bool nf_mpu6050_line(const nf_mpu6050 *chip);

/* When an enabled interrupt may next change the line, at the earliest; UINT64_MAX: not before the next transfer. */
uint64_t nf_mpu6050_next_us(const nf_mpu6050 *chip);

/* Rising edges since the last time this was asked, and when the last one was. */
uint32_t nf_mpu6050_take_edges(nf_mpu6050 *chip, uint64_t *last_us);

#ifdef __cplusplus
}
#endif

#endif
