/* Transfers by DMA that put the calling thread to sleep until they are over. The bus is shared with whoever else acquires it. */
#ifndef NANOFORMER_PORTS_CHIBIOS_BUS_H
#define NANOFORMER_PORTS_CHIBIOS_BUS_H

#include <hal.h>

#include "nanoformer/capture_port.h"

typedef struct nf_bus {
    bool (*open)(const nf_capture_wiring *wiring);
    nf_capture_transfer (*read)(uint8_t first_register, uint8_t *destination, size_t bytes);
    nf_capture_transfer (*write)(uint8_t address, uint8_t value);
} nf_bus;

/* SPI peripherals with one control register for clock and mode: those of the H7 are made differently. */
#if HAL_USE_SPI && defined(SPI_CR1_BR_Pos)
#define NF_HAS_SPI_BUS 1
extern const nf_bus nf_spi_bus;
#else
#define NF_HAS_SPI_BUS 0
#endif

#if HAL_USE_I2C
extern const nf_bus nf_i2c_bus;
#endif

/* Pin numbers as nanoFramework gives them: 16 a port, PA0 is 0. */
static inline ioline_t nf_line_of(uint32_t pin)
{
    return PAL_LINE((ioportid_t)(GPIOA_BASE + (GPIOB_BASE - GPIOA_BASE) * (pin / 16u)), pin % 16u);
}

#endif
