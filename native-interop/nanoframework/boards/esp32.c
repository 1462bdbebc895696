/* ESP32 and its relatives: the microsecond timer, and flash through the memory management unit, which has few pages:
 * only as many as the image needs are mapped. */
#include "../firmware_board.h"

#include "nanoformer/engine.h"

#include <esp_flash.h>
#include <esp_partition.h>
#include <esp_timer.h>
#include <spi_flash_mmap.h>

uint32_t nf_board_ticks(void)
{
    return (uint32_t)esp_timer_get_time();
}

uint32_t nf_board_microseconds(uint32_t ticks)
{
    return ticks;
}

/* Maps `bytes` bytes; pages start at multiples of their size. */
static bool map(uint32_t address, size_t bytes, nf_flash_view *view)
{
    const uint32_t before = address % SPI_FLASH_MMU_PAGE_SIZE;
    const void *page;
    spi_flash_mmap_handle_t handle;

    if (spi_flash_mmap(address - before, before + bytes, SPI_FLASH_MMAP_DATA, &page, &handle) != ESP_OK) {
        return false;
    }
    *view = (nf_flash_view){.bytes = (const uint8_t *)page + before, .room = bytes, .mapping = (uint32_t)handle};
    return true;
}

/* The first bytes tell how long the image is. Without an image they are all there is to show. */
static nf_board_result map_image(uint32_t address, size_t room, nf_flash_view *view)
{
    const size_t head = room < 128u ? room : 128u;

    if (!map(address, head, view)) {
        return NF_BOARD_NOT_FOUND;
    }
    const size_t bytes = nf_image_bytes(view->bytes, room);
    if (bytes <= head) {
        return NF_BOARD_OK;
    }
    nf_board_unmap(view);
    return map(address, bytes, view) ? NF_BOARD_OK : NF_BOARD_NOT_FOUND;
}

nf_board_result nf_board_map_address(uint32_t address, nf_flash_view *view)
{
    uint32_t flash_bytes;

    if (esp_flash_get_size(NULL, &flash_bytes) != ESP_OK || address >= flash_bytes) {
        return NF_BOARD_NOT_FOUND;
    }
    return map_image(address, flash_bytes - address, view);
}

nf_board_result nf_board_map_partition(const char *label, nf_flash_view *view)
{
    const esp_partition_t *partition =
        esp_partition_find_first(ESP_PARTITION_TYPE_ANY, ESP_PARTITION_SUBTYPE_ANY, label);

    if (partition == NULL) {
        return NF_BOARD_NOT_FOUND;
    }
    return map_image(partition->address, partition->size, view);
}

void nf_board_unmap(const nf_flash_view *view)
{
    if (view->mapping != 0) {
        spi_flash_munmap((spi_flash_mmap_handle_t)view->mapping);
    }
}
