/* Pins through the CLR's own GPIO layer, the same on all targets; System.Device.Gpio must be part of the firmware. */
#include "../firmware_board.h"

#include <nanoHAL.h>

bool nf_board_pin_open(int32_t pin)
{
    const GPIO_PIN number = (GPIO_PIN)pin;

    if (!CPU_GPIO_ReservePin(number, true)) {
        return false;
    }
    if (!CPU_GPIO_EnableOutputPin(number, GpioPinValue_Low, PinMode_Output)) {
        CPU_GPIO_ReservePin(number, false);
        return false;
    }
    return true;
}

void nf_board_pin_write(int32_t pin, bool high)
{
    CPU_GPIO_SetPinState((GPIO_PIN)pin, high ? GpioPinValue_High : GpioPinValue_Low);
}

void nf_board_pin_close(int32_t pin)
{
    CPU_GPIO_ReservePin((GPIO_PIN)pin, false);
}
