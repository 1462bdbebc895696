/* What the glue needs from a board beyond the CLR. boards/ holds one file for each family of targets. */
#ifndef NANOFORMER_BOARD_H
#define NANOFORMER_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Flash that can be read in place. */
typedef struct nf_flash_view {
    const void *bytes;
    size_t room;      /* bytes from there on that may be read */
    uint32_t mapping; /* the board's own note, for nf_board_unmap; 0 when there is nothing to give back */
} nf_flash_view;

typedef enum nf_board_result {
    NF_BOARD_OK,
    NF_BOARD_NOT_FOUND,    /* no such partition, or an address outside the flash */
    NF_BOARD_NOT_SUPPORTED /* the board has no partitions, or no flash that can be read in place */
} nf_board_result;

/* Makes the image at an address (a multiple of 4) readable. Where mapping is dear the view ends with the image. */
nf_board_result nf_board_map_address(uint32_t address, nf_flash_view *view);

/* The same for the image at the start of a partition. */
nf_board_result nf_board_map_partition(const char *label, nf_flash_view *view);

/* Gives a view back. */
void nf_board_unmap(const nf_flash_view *view);

/* A free-running counter, and the duration of a difference of two of its values. */
uint32_t nf_board_ticks(void);
uint32_t nf_board_microseconds(uint32_t ticks);

/* An output pin, low at first. Opening fails when there is no such pin, or it is in use. */
bool nf_board_pin_open(int32_t pin);
void nf_board_pin_write(int32_t pin, bool high);
void nf_board_pin_close(int32_t pin);

#ifdef __cplusplus
}
#endif

#endif
