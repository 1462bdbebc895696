/* Pins, for the CLR's own natives of System.Device.Gpio: one carries the sensor's line, the others are open. */
#include "board.h"

#include <nanoHAL.h>

struct Pin {
    bool is_reserved, is_output, is_high;
    PinMode mode;
    GPIO_INTERRUPT_SERVICE_ROUTINE handler;
    void *parameter;
};

static Pin pins[NF_MPS2_PINS];

static bool IsPin(GPIO_PIN number)
{
    return number < NF_MPS2_PINS;
}

static bool LevelOf(GPIO_PIN number)
{
    const Pin &pin = pins[number];
    if (pin.is_output) {
        return pin.is_high;
    }
    return number == NF_MPS2_LINE_PIN ? nf_sensor_line() : pin.mode == PinMode_InputPullUp;
}

/* In an interrupt. The line may have fallen again. */
static void OnLineRose(uint32_t edges, uint64_t last_us)
{
    const Pin &pin = pins[NF_MPS2_LINE_PIN];
    (void)edges;
    (void)last_us;
    if (pin.handler != NULL) {
        pin.handler(NF_MPS2_LINE_PIN, true, pin.parameter);
    }
}

static const nf_sensor_listener listener = {OnLineRose, NULL, NULL, NULL};

bool CPU_GPIO_Initialize()
{
    memset(pins, 0, sizeof pins);
    nf_sensor_listen(NF_SENSOR_PIN, &listener);
    return true;
}

bool CPU_GPIO_Uninitialize()
{
    nf_sensor_listen(NF_SENSOR_PIN, NULL);
    return true;
}

int32_t CPU_GPIO_GetPinCount()
{
    return NF_MPS2_PINS;
}

bool CPU_GPIO_ReservePin(GPIO_PIN number, bool reserve)
{
    if (!IsPin(number) || (reserve && pins[number].is_reserved)) {
        return false;
    }
    pins[number].is_reserved = reserve;
    return true;
}

bool CPU_GPIO_PinIsBusy(GPIO_PIN number)
{
    return IsPin(number) && pins[number].is_reserved;
}

bool CPU_GPIO_DriveModeSupported(GPIO_PIN number, PinMode mode)
{
    return IsPin(number) && (mode <= PinMode_InputPullUp || (mode == PinMode_Output && number != NF_MPS2_LINE_PIN));
}

bool CPU_GPIO_SetDriveMode(GPIO_PIN number, PinMode mode)
{
    if (!CPU_GPIO_DriveModeSupported(number, mode)) {
        return false;
    }
    pins[number].mode = mode;
    pins[number].is_output = mode == PinMode_Output;
    return true;
}

bool CPU_GPIO_EnableInputPin(GPIO_PIN number, uint32_t debounce, GPIO_INTERRUPT_SERVICE_ROUTINE handler,
                             void *parameter, GPIO_INT_EDGE edge, PinMode mode)
{
    (void)debounce;
    (void)edge; /* the managed side drops what it did not ask for */
    if (mode >= PinMode_Output || !CPU_GPIO_SetDriveMode(number, mode)) {
        return false;
    }
    const uint32_t was_masked = nf_mask_interrupts();
    pins[number].handler = handler;
    pins[number].parameter = parameter;
    nf_unmask_interrupts(was_masked);
    return true;
}

bool CPU_GPIO_EnableOutputPin(GPIO_PIN number, GpioPinValue value, PinMode mode)
{
    if (!CPU_GPIO_SetDriveMode(number, mode)) {
        return false;
    }
    pins[number].is_high = value == GpioPinValue_High;
    return true;
}

void CPU_GPIO_DisablePin(GPIO_PIN number, PinMode mode, uint32_t alternate)
{
    (void)alternate;
    if (IsPin(number)) {
        const uint32_t was_masked = nf_mask_interrupts();
        pins[number].handler = NULL;
        pins[number].is_output = false;
        pins[number].mode = mode;
        pins[number].is_reserved = false;
        nf_unmask_interrupts(was_masked);
    }
}

GpioPinValue CPU_GPIO_GetPinState(GPIO_PIN number)
{
    return IsPin(number) && LevelOf(number) ? GpioPinValue_High : GpioPinValue_Low;
}

void CPU_GPIO_SetPinState(GPIO_PIN number, GpioPinValue value)
{
    if (IsPin(number)) {
        pins[number].is_high = value == GpioPinValue_High;
    }
}

void CPU_GPIO_TogglePinState(GPIO_PIN number)
{
    if (IsPin(number)) {
        pins[number].is_high = !pins[number].is_high;
    }
}

uint32_t CPU_GPIO_GetPinDebounce(GPIO_PIN number)
{
    (void)number;
    return 0;
}

bool CPU_GPIO_SetPinDebounce(GPIO_PIN number, uint32_t milliseconds)
{
    (void)milliseconds;
    return IsPin(number);
}
