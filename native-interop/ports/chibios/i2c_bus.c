/* I2C with the settings of the bus's last user, the managed driver that set the sensor up. */
#include "bus.h"

#if HAL_USE_I2C

#define PATIENCE TIME_MS2I(50)

static I2CDriver *driver;
static i2caddr_t device;

/* What DMA reads, in a cache line of its own. */
static CC_ALIGN_DATA(NF_CAPTURE_ALIGNMENT) uint8_t command[NF_CAPTURE_ALIGNMENT];

static I2CDriver *driver_of(uint32_t bus)
{
    switch (bus) {
#if STM32_I2C_USE_I2C1
    case 1:
        return &I2CD1;
#endif
#if STM32_I2C_USE_I2C2
    case 2:
        return &I2CD2;
#endif
#if STM32_I2C_USE_I2C3
    case 3:
        return &I2CD3;
#endif
#if defined(STM32_I2C_USE_I2C4) && STM32_I2C_USE_I2C4
    case 4:
        return &I2CD4;
#endif
    default:
        return NULL;
    }
}

/* A sensor acknowledges its address and the register alone: when an acknowledge was missing, no data was moved. */
static nf_capture_transfer result_of(msg_t result)
{
    if (result == MSG_OK) {
        return NF_TRANSFER_DONE;
    }
    return result == MSG_RESET && i2cGetErrors(driver) == I2C_ACK_FAILURE ? NF_TRANSFER_REFUSED : NF_TRANSFER_BROKEN;
}

static nf_capture_transfer transfer(size_t command_bytes, uint8_t *destination, size_t bytes)
{
    nf_capture_transfer ended = NF_TRANSFER_BROKEN;

    cacheBufferFlush(command, sizeof command);
    i2cAcquireBus(driver);
    if (driver->state == I2C_READY) {
        const msg_t result =
            i2cMasterTransmitTimeout(driver, device, command, command_bytes, destination, bytes, PATIENCE);
        if (result == MSG_TIMEOUT) {
            i2cStart(driver, driver->config);
        }
        ended = result_of(result);
    }
    i2cReleaseBus(driver);
    return ended;
}

static bool i2c_open(const nf_capture_wiring *wiring)
{
    driver = driver_of(wiring->bus);
    device = wiring->address;
    return driver != NULL && driver->state == I2C_READY;
}

/* No line of the destination may be written back over what DMA brings, or be read before it. */
static nf_capture_transfer i2c_read(uint8_t first_register, uint8_t *destination, size_t bytes)
{
    command[0] = first_register;
    cacheBufferInvalidate(destination, bytes);
    const nf_capture_transfer ended = transfer(1, destination, bytes);
    cacheBufferInvalidate(destination, bytes);
    return ended;
}

static nf_capture_transfer i2c_write(uint8_t address, uint8_t value)
{
    command[0] = address;
    command[1] = value;
    return transfer(2, NULL, 0);
}

const nf_bus nf_i2c_bus = {i2c_open, i2c_read, i2c_write};

#endif
