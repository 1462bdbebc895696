/* What the CLR asks of a board beyond time and devices: start, heaps, text, power. */
#include "board.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include <nanoCLR_Application.h>
#include <nanoCLR_Runtime.h>
#include <nanoHAL.h>
#include <nanoHAL_ConfigurationManager.h>
#include <nanoPAL_BlockStorage.h>
#include <nanoPAL_Events.h>

#undef malloc
#undef free
#undef strcpy
#undef strncpy
#undef strlen
#undef strncmp

static const unsigned short MaxContextSwitches = 50;

extern "C" unsigned char nf_managed_heap_start[], nf_managed_heap_end[];
extern "C" char nf_native_heap_start[], nf_native_heap_end[];

int main(void)
{
    CLR_SETTINGS settings = {};

    nf_clock_start();
    nf_sensor_power_up();
    nanoHAL_Initialize();
    settings.MaxContextSwitches = MaxContextSwitches;
    ClrStartup(settings);
    return 1; /* a firmware runs forever */
}

void nanoHAL_Initialize()
{
    HAL_CONTINUATION::InitializeList();
    HAL_COMPLETION::InitializeList();
    BlockStorageList_Initialize();
    BlockStorage_AddDevices();
    BlockStorageList_InitializeDevices();
    memset(nf_managed_heap_start, 0, (size_t)(nf_managed_heap_end - nf_managed_heap_start));
    Events_Initialize();
    CPU_GPIO_Initialize();
}

void nanoHAL_Uninitialize(bool is_powering_down)
{
    (void)is_powering_down;
    CPU_GPIO_Uninitialize();
    Events_Uninitialize();
    HAL_CONTINUATION::Uninitialize();
    HAL_COMPLETION::Uninitialize();
    BlockStorageList_UnInitializeDevices();
}

void HeapLocation(unsigned char *&start, unsigned int &bytes)
{
    start = nf_managed_heap_start;
    bytes = (unsigned int)(nf_managed_heap_end - nf_managed_heap_start);
}

/* ---- text: 0 is success ---- */

size_t hal_strlen_s(const char *text)
{
    return strlen(text);
}

int hal_strncpy_s(char *to, size_t room, const char *from, size_t count)
{
    if (to == NULL || from == NULL || room <= count) {
        return 1;
    }
    memset(to, 0, count + 1);
    for (size_t i = 0; i < count && from[i] != '\0'; i++) {
        to[i] = from[i];
    }
    return 0;
}

int hal_strcpy_s(char *to, size_t room, const char *from)
{
    return from == NULL ? 1 : hal_strncpy_s(to, room, from, strlen(from));
}

int hal_stricmp(const char *left, const char *right)
{
    return strcasecmp(left, right);
}

/* ---- what the CLR says: UART 1 ---- */

void CLR_Debug::Emit(const char *text, int bytes)
{
    nf_uart_write(1, text, bytes < 0 ? strlen(text) : (size_t)bytes);
}

int CLR_Debug::PrintfV(const char *format, va_list arguments)
{
    char text[256];
    const int length = vsnprintf(text, sizeof text, format, arguments);
    const int kept = length < (int)sizeof text ? length : (int)sizeof text - 1;

    Emit(text, kept);
    return kept;
}

int CLR_Debug::Printf(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    const int length = PrintfV(format, arguments);
    va_end(arguments);
    return length;
}

extern "C" {

/* ---- native heap ---- */

void *platform_malloc(size_t bytes)
{
    return malloc(bytes);
}

void platform_free(void *memory)
{
    free(memory);
}

static uint32_t heap_was_masked;

void __malloc_lock(struct _reent *reentry)
{
    (void)reentry;
    heap_was_masked = nf_mask_interrupts();
}

void __malloc_unlock(struct _reent *reentry)
{
    (void)reentry;
    nf_unmask_interrupts(heap_was_masked);
}

void *_sbrk(ptrdiff_t bytes)
{
    static char *end = nf_native_heap_start;
    char *const before = end;

    if (bytes > nf_native_heap_end - end) {
        return (void *)-1;
    }
    end += bytes;
    return before;
}

/* ---- power ---- */

void CPU_Reset(void)
{
    nf_leave(false);
}

void CPU_Sleep(SLEEP_LEVEL_type level, uint64_t events)
{
    (void)level;
    (void)events;
    nf_wait_for_interrupt();
}

void CPU_SetPowerMode(PowerLevel_type level)
{
    (void)level;
}

void RtosYield(void)
{
}

void HAL_AssertEx(void)
{
    nf_leave(false);
}

bool LaunchProprietaryBootloader(void)
{
    return false;
}

bool RequestToLaunchProprietaryBootloader(void)
{
    return false;
}

bool RequestToLaunchNanoBooter(int32_t error)
{
    (void)error;
    return false;
}

/* ---- identity: the board has none ---- */

void ConfigurationManager_GetOemModelSku(char *text, size_t room)
{
    memset(text, 0, room);
}

void ConfigurationManager_GetModuleSerialNumber(char *text, size_t room)
{
    memset(text, 0, room);
}

void ConfigurationManager_GetSystemSerialNumber(char *text, size_t room)
{
    memset(text, 0, room);
}
}
