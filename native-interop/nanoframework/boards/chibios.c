/* STM32 under ChibiOS: the core's cycle counter, and internal flash, which is a part of memory. */
#include "../firmware_board.h"

#include <hal.h>
#include <nanoPAL_BlockStorage.h>

extern const MEMORY_MAPPED_NOR_BLOCK_CONFIG Device_BlockStorageConfig;

uint32_t nf_board_ticks(void)
{
    return chSysGetRealtimeCounterX();
}

uint32_t nf_board_microseconds(uint32_t ticks)
{
    return (uint32_t)((uint64_t)ticks * 1000000u / SystemCoreClock);
}

nf_board_result nf_board_map_address(uint32_t address, nf_flash_view *view)
{
    const CPU_MEMORY_CONFIG *flash = &Device_BlockStorageConfig.Memory;

    if (address < flash->BaseAddress || address - flash->BaseAddress >= flash->SizeInBytes) {
        return NF_BOARD_NOT_FOUND;
    }
    *view = (nf_flash_view){
        .bytes = (const void *)(uintptr_t)address,
        .room = flash->SizeInBytes - (address - flash->BaseAddress),
    };
    return NF_BOARD_OK;
}

nf_board_result nf_board_map_partition(const char *label, nf_flash_view *view)
{
    (void)label;
    (void)view;
    return NF_BOARD_NOT_SUPPORTED;
}

void nf_board_unmap(const nf_flash_view *view)
{
    (void)view;
}
