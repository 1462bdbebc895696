/* For targets whose flash cannot be read in place, or whose layout is not known here. */
#include "../firmware_board.h"

nf_board_result nf_board_map_address(uint32_t address, nf_flash_view *view)
{
    (void)address;
    (void)view;
    return NF_BOARD_NOT_SUPPORTED;
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
