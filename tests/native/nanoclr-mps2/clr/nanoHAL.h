/* A double of nanoCLR's hardware layer: as much of it as the board uses, under the names that nanoCLR gives it. */
#ifndef NANOHAL_H
#define NANOHAL_H

#include <nanoCLR_Runtime.h>
#include <string.h>

typedef uint32_t GPIO_PIN;

typedef enum PinMode {
    PinMode_Input = 0,
    PinMode_InputPullDown = 1,
    PinMode_InputPullUp = 2,
    PinMode_Output = 3
} PinMode;
typedef enum GpioPinValue { GpioPinValue_Low = 0, GpioPinValue_High = 1 } GpioPinValue;
enum GPIO_INT_EDGE { GPIO_INT_NONE = 0 };
typedef void (*GPIO_INTERRUPT_SERVICE_ROUTINE)(GPIO_PIN pin, bool state, void *parameter);

bool CPU_GPIO_Initialize();
bool CPU_GPIO_Uninitialize();
void CPU_GPIO_DisablePin(GPIO_PIN pin, PinMode mode, uint32_t alternate);
bool CPU_GPIO_EnableOutputPin(GPIO_PIN pin, GpioPinValue value, PinMode mode);
bool CPU_GPIO_EnableInputPin(GPIO_PIN pin, uint32_t debounce, GPIO_INTERRUPT_SERVICE_ROUTINE handler, void *parameter,
                             GPIO_INT_EDGE edge, PinMode mode);
GpioPinValue CPU_GPIO_GetPinState(GPIO_PIN pin);
void CPU_GPIO_SetPinState(GPIO_PIN pin, GpioPinValue value);
void CPU_GPIO_TogglePinState(GPIO_PIN pin);
bool CPU_GPIO_PinIsBusy(GPIO_PIN pin);
bool CPU_GPIO_ReservePin(GPIO_PIN pin, bool reserve);
int32_t CPU_GPIO_GetPinCount();
uint32_t CPU_GPIO_GetPinDebounce(GPIO_PIN pin);
bool CPU_GPIO_SetPinDebounce(GPIO_PIN pin, uint32_t milliseconds);
bool CPU_GPIO_SetDriveMode(GPIO_PIN pin, PinMode mode);
bool CPU_GPIO_DriveModeSupported(GPIO_PIN pin, PinMode mode);

#define HAL_COMPLETION_IDLE_VALUE 0x0000FFFFFFFFFFFFull

struct HAL_CONTINUATION {
    static void InitializeList();
    static void Uninitialize();
    static bool Dequeue_And_Execute();
};

struct HAL_COMPLETION {
    static void InitializeList();
    static void Uninitialize();
    static void DequeueAndExec();
};

typedef enum SLEEP_LEVEL { SLEEP_LEVEL__AWAKE = 0 } SLEEP_LEVEL_type;
typedef enum PowerLevel { PowerLevel__Active = 0 } PowerLevel_type;

void nanoHAL_Initialize();
void nanoHAL_Uninitialize(bool is_powering_down);
void HeapLocation(unsigned char *&start, unsigned int &bytes);

size_t hal_strlen_s(const char *text);
int hal_strcpy_s(char *to, size_t room, const char *from);
int hal_strncpy_s(char *to, size_t room, const char *from, size_t count);
int hal_stricmp(const char *left, const char *right);

struct CLR_Debug {
    static int PrintfV(const char *format, va_list arguments);
    static int Printf(const char *format, ...);
    static void Emit(const char *text, int bytes);
};

bool CLR_SafeSprintf(char *&text, size_t &room, const char *format, ...);

extern "C" {
void *platform_malloc(size_t bytes);
void platform_free(void *memory);
void CPU_Reset(void);
void CPU_Sleep(SLEEP_LEVEL_type level, uint64_t events);
void CPU_SetPowerMode(PowerLevel_type level);
void RtosYield(void);
void HAL_AssertEx(void);
bool LaunchProprietaryBootloader(void);
bool RequestToLaunchProprietaryBootloader(void);
bool RequestToLaunchNanoBooter(int32_t error);
}

#endif
