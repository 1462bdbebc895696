/* Transfers that put the calling task to sleep until they are over. The bus belongs to System.Device.I2c or System.Device.Spi,
 * which opened it to set the sensor up; the driver lets one user in at a time. */
#ifndef NANOFORMER_PORTS_ESP_IDF_BUS_H
#define NANOFORMER_PORTS_ESP_IDF_BUS_H

#include "nanoformer/capture_port.h"

typedef struct nf_bus {
    bool (*open)(const nf_capture_wiring *wiring);
    void (*close)(void);
    nf_capture_transfer (*read)(uint8_t first_register, uint8_t *destination, size_t bytes);
    nf_capture_transfer (*write)(uint8_t address, uint8_t value);
} nf_bus;

extern const nf_bus nf_i2c_bus;
extern const nf_bus nf_spi_bus;

#endif
