#include "sensor.h"

uint16_t sensor_word(uint32_t number, uint32_t word)
{
    if (word < 2) {
        return (uint16_t)(number >> (16 * word));
    }
    return (uint16_t)((number + word) * 40503u >> 3);
}

static uint8_t sample_byte(uint32_t number, uint32_t index)
{
    const uint16_t word = sensor_word(number, index / 2);
    return (uint8_t)(index % 2 == 0 ? word >> 8 : word);
}

static void push(sensor *device, uint8_t byte)
{
    if (device->filled == device->fifo_bytes) {
        device->oldest = (device->oldest + 1) % device->fifo_bytes;
        device->filled--;
    }
    device->fifo[(device->oldest + device->filled) % device->fifo_bytes] = byte;
    device->filled++;
}

static uint8_t pop(sensor *device)
{
    const uint8_t byte = device->fifo[device->oldest];
    if (device->filled > 0) {
        device->oldest = (device->oldest + 1) % device->fifo_bytes;
        device->filled--;
    }
    return byte;
}

void sensor_sample(sensor *device)
{
    for (uint32_t i = 0; device->fifo_bytes != 0 && i < device->sample_bytes; i++) {
        push(device, sample_byte(device->made, i));
    }
    device->made++;
}

void sensor_begin_read(sensor *device)
{
    device->latched = device->made - 1;
}

void sensor_read(sensor *device, uint32_t address, uint8_t *destination, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++) {
        if (address == SENSOR_FIFO_COUNT) {
            destination[i] = (uint8_t)(device->filled >> (i == 0 ? 8 : 0));
        } else if (address == SENSOR_FIFO_DATA) {
            destination[i] = pop(device);
        } else {
            destination[i] = sample_byte(device->latched, address - SENSOR_DATA + i);
        }
    }
}

void sensor_write(sensor *device, uint32_t address, uint8_t value)
{
    if (address != SENSOR_USER_CONTROL || value != SENSOR_FIFO_RESET) {
        return;
    }
    if (device->resets++ == 0) {
        device->made = 0;
    }
    device->filled = 0;
}
