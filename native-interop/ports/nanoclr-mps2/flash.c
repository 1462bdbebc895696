/* The model's part of the board's memory, as flash that is read in place. */
#include "board.h"

#include "../../nanoframework/firmware_board.h"

nf_board_result nf_board_map_address(uint32_t address, nf_flash_view *view)
{
    if (address < NF_MPS2_MODEL || address - NF_MPS2_MODEL >= NF_MPS2_PART_BYTES) {
        return NF_BOARD_NOT_FOUND;
    }
    *view = (nf_flash_view){.bytes = (const void *)(uintptr_t)address,
                            .room = NF_MPS2_PART_BYTES - (address - NF_MPS2_MODEL)};
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
