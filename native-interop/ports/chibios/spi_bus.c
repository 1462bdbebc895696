/* SPI, mode 3, 8 bits, most significant bit first; bit 7 of the address says read. Chip select is a pin of its own. */
#include "bus.h"

#if NF_HAS_SPI_BUS

#define READ 0x80u
#define SLOWEST_DIVISOR 7u

static SPIDriver *driver;
static ioline_t select_line;
static SPIConfig configuration;

/* What DMA reads, in a cache line of its own. */
static CC_ALIGN_DATA(NF_CAPTURE_ALIGNMENT) uint8_t command[NF_CAPTURE_ALIGNMENT];

static SPIDriver *driver_of(uint32_t bus)
{
    switch (bus) {
#if STM32_SPI_USE_SPI1
    case 1:
        return &SPID1;
#endif
#if STM32_SPI_USE_SPI2
    case 2:
        return &SPID2;
#endif
#if STM32_SPI_USE_SPI3
    case 3:
        return &SPID3;
#endif
#if defined(STM32_SPI_USE_SPI4) && STM32_SPI_USE_SPI4
    case 4:
        return &SPID4;
#endif
#if defined(STM32_SPI_USE_SPI5) && STM32_SPI_USE_SPI5
    case 5:
        return &SPID5;
#endif
#if defined(STM32_SPI_USE_SPI6) && STM32_SPI_USE_SPI6
    case 6:
        return &SPID6;
#endif
    default:
        return NULL;
    }
}

/* The fastest clock not above `hertz`: that of the peripheral bus, divided by 2 to 256. */
static uint32_t clock_bits(uint32_t bus, uint32_t hertz)
{
    const uint32_t source = bus == 2 || bus == 3 ? STM32_PCLK1 : STM32_PCLK2;
    uint32_t divisor = 0;
    while (divisor < SLOWEST_DIVISOR && (source >> (divisor + 1)) > hertz) {
        divisor++;
    }
    return divisor << SPI_CR1_BR_Pos;
}

static bool spi_open(const nf_capture_wiring *wiring)
{
    driver = driver_of(wiring->bus);
    if (driver == NULL) {
        return false;
    }
    select_line = nf_line_of(wiring->address);
    palSetLine(select_line);
    palSetLineMode(select_line, PAL_MODE_OUTPUT_PUSHPULL);
    configuration = (SPIConfig){
        .cr1 = (uint16_t)(SPI_CR1_CPOL | SPI_CR1_CPHA | clock_bits(wiring->bus, wiring->hertz)),
    };
#if defined(SPI_CR2_DS_0)
    configuration.cr2 = SPI_CR2_DS_2 | SPI_CR2_DS_1 | SPI_CR2_DS_0;
#endif
    return true;
}

static void begin(void)
{
    cacheBufferFlush(command, sizeof command);
    spiAcquireBus(driver);
    spiStart(driver, &configuration);
    palClearLine(select_line);
}

static void end(void)
{
    palSetLine(select_line);
    spiReleaseBus(driver);
}

/* SPI has no acknowledge. */
static nf_capture_transfer spi_read(uint8_t first_register, uint8_t *destination, size_t bytes)
{
    command[0] = first_register | READ;
    cacheBufferInvalidate(destination, bytes);
    begin();
    const bool succeeded = spiSend(driver, 1, command) == MSG_OK && spiReceive(driver, bytes, destination) == MSG_OK;
    end();
    cacheBufferInvalidate(destination, bytes);
    return succeeded ? NF_TRANSFER_DONE : NF_TRANSFER_BROKEN;
}

static nf_capture_transfer spi_write(uint8_t address, uint8_t value)
{
    command[0] = address;
    command[1] = value;
    begin();
    const bool succeeded = spiSend(driver, 2, command) == MSG_OK;
    end();
    return succeeded ? NF_TRANSFER_DONE : NF_TRANSFER_BROKEN;
}

const nf_bus nf_spi_bus = {spi_open, spi_read, spi_write};

#endif
