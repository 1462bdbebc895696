/* I2C by the driver that nanoFramework is built with, driver/i2c.h: a firmware cannot hold that one and its successor. The
 * commands of a transfer are queued and carried out by interrupts; this hardware has no DMA for I2C. */
#include <driver/i2c.h>

#include "bus.h"

#define PATIENCE pdMS_TO_TICKS(50)

static i2c_port_t port;
static uint8_t device;

static bool i2c_open(const nf_capture_wiring *wiring)
{
    if (wiring->bus < 1 || wiring->bus > I2C_NUM_MAX) {
        return false;
    }
    port = (i2c_port_t)(wiring->bus - 1);
    device = (uint8_t)wiring->address;
    return true;
}

static void i2c_close(void)
{
}

/* The driver says ESP_FAIL for a missing acknowledge, which a sensor gives to its address and to the register alone: before
 * any data. */
static nf_capture_transfer result_of(esp_err_t error)
{
    switch (error) {
    case ESP_OK:
        return NF_TRANSFER_DONE;
    case ESP_FAIL:
    case ESP_ERR_INVALID_RESPONSE:
        return NF_TRANSFER_REFUSED;
    default:
        return NF_TRANSFER_BROKEN;
    }
}

static nf_capture_transfer i2c_read(uint8_t first_register, uint8_t *destination, size_t bytes)
{
    return result_of(i2c_master_write_read_device(port, device, &first_register, 1, destination, bytes, PATIENCE));
}

static nf_capture_transfer i2c_write(uint8_t address, uint8_t value)
{
    const uint8_t command[] = {address, value};
    return result_of(i2c_master_write_to_device(port, device, command, sizeof command, PATIENCE));
}

const nf_bus nf_i2c_bus = {i2c_open, i2c_close, i2c_read, i2c_write};
