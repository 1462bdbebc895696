/* SPI, mode 3, by queued transactions with DMA; bit 7 of the address says read. Bursts of a multiple of 4 bytes go straight to
 * their place: for others the driver takes a buffer of its own and copies. */
#include <driver/spi_master.h>

#include "bus.h"

#define READ 0x80u

static spi_device_handle_t device;

static bool spi_open(const nf_capture_wiring *wiring)
{
    const spi_device_interface_config_t configuration = {
        .address_bits = 8,
        .mode = 3,
        .clock_speed_hz = (int)wiring->hertz,
        .spics_io_num = wiring->address,
        .queue_size = 1,
    };
    const spi_host_device_t host = (spi_host_device_t)(SPI2_HOST + wiring->bus - 1);
    return wiring->bus >= 1 && host < SPI_HOST_MAX && spi_bus_add_device(host, &configuration, &device) == ESP_OK;
}

static void spi_close(void)
{
    spi_bus_remove_device(device);
}

/* SPI has no acknowledge. */
static nf_capture_transfer transfer(spi_transaction_t *transaction)
{
    spi_transaction_t *finished;
    const bool succeeded = spi_device_queue_trans(device, transaction, portMAX_DELAY) == ESP_OK &&
                           spi_device_get_trans_result(device, &finished, portMAX_DELAY) == ESP_OK;
    return succeeded ? NF_TRANSFER_DONE : NF_TRANSFER_BROKEN;
}

static nf_capture_transfer spi_read(uint8_t first_register, uint8_t *destination, size_t bytes)
{
    spi_transaction_t transaction = {
        .addr = first_register | READ,
        .length = 8 * bytes,
        .rxlength = 8 * bytes,
        .rx_buffer = destination,
    };
    return transfer(&transaction);
}

static nf_capture_transfer spi_write(uint8_t address, uint8_t value)
{
    spi_transaction_t transaction = {
        .flags = SPI_TRANS_USE_TXDATA,
        .addr = address,
        .length = 8,
        .tx_data = {value},
    };
    return transfer(&transaction);
}

const nf_bus nf_spi_bus = {spi_open, spi_close, spi_read, spi_write};
