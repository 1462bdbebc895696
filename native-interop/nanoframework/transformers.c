/* Places and arena: which transformer has which. */
#include "transformers.h"

#define ALIGNMENT 16u

static _Alignas(16) uint8_t arena[NF_FIRMWARE_ARENA_BYTES];
static nf_transformer places[NF_FIRMWARE_TRANSFORMERS];
static int32_t last_serial;

static uint32_t needed_bytes(const nf_model *model)
{
    return model->step_arena_bytes > model->arena_bytes ? model->step_arena_bytes : model->arena_bytes;
}

/* Whether nobody has a part of these bytes. */
static bool is_free(uint32_t start, uint32_t bytes)
{
    if (start > sizeof arena || bytes > sizeof arena - start) {
        return false;
    }
    for (size_t i = 0; i < NF_FIRMWARE_TRANSFORMERS; i++) {
        if (places[i].handle != 0 && start < places[i].arena_end && places[i].arena_start < start + bytes) {
            return false;
        }
    }
    return true;
}

/* The lowest free start: that of the arena, or where someone else's part ends. False when there is none. */
static bool find_room(uint32_t bytes, uint32_t *start)
{
    bool found = is_free(0, bytes);

    *start = 0;
    for (size_t i = 0; i < NF_FIRMWARE_TRANSFORMERS; i++) {
        const uint32_t end = (places[i].arena_end + ALIGNMENT - 1u) / ALIGNMENT * ALIGNMENT;
        if (places[i].handle != 0 && is_free(end, bytes) && (!found || end < *start)) {
            *start = end;
            found = true;
        }
    }
    return found;
}

static nf_transformer *free_place(void)
{
    for (size_t i = 0; i < NF_FIRMWARE_TRANSFORMERS; i++) {
        if (places[i].handle == 0) {
            return &places[i];
        }
    }
    return NULL;
}

/* serial * places + index + 1: not one of the last billion, so that what was closed stays closed. */
static int32_t new_handle(const nf_transformer *place)
{
    last_serial = last_serial < INT32_MAX / NF_FIRMWARE_TRANSFORMERS - 1 ? last_serial + 1 : 0;
    return last_serial * NF_FIRMWARE_TRANSFORMERS + (int32_t)(place - places) + 1;
}

static nf_status open_at(nf_transformer *place, const nf_flash_view *image)
{
    const size_t claimed = nf_image_bytes(image->bytes, image->room);
    nf_status status =
        nf_model_open(&place->model, NF_FIRMWARE_KERNELS, image->bytes, claimed > 0 ? claimed : image->room);
    if (status != NF_OK) {
        return status;
    }

    const uint32_t bytes = needed_bytes(&place->model);
    if (!find_room(bytes, &place->arena_start)) {
        return NF_ERROR_ARENA_TOO_SMALL;
    }
    place->arena_end = place->arena_start + bytes;
    return nf_session_open(&place->session, &place->model, arena + place->arena_start, bytes);
}

int32_t nf_transformers_open(const nf_flash_view *image)
{
    nf_transformer *place = free_place();
    if (place == NULL) {
        nf_board_unmap(image);
        return 0;
    }

    *place = (nf_transformer){.image = *image};
    const nf_status status = open_at(place, image);
    if (status != NF_OK) {
        nf_board_unmap(image);
        return status;
    }
    place->handle = new_handle(place);
    return place->handle;
}

nf_transformer *nf_transformers_find(int32_t handle)
{
    if (handle <= 0) {
        return NULL;
    }
    nf_transformer *place = &places[(handle - 1) % NF_FIRMWARE_TRANSFORMERS];
    return place->handle == handle ? place : NULL;
}

void nf_transformer_close(nf_transformer *transformer)
{
    nf_board_unmap(&transformer->image);
    transformer->handle = 0;
}

void nf_transformers_close_all(void)
{
    for (size_t i = 0; i < NF_FIRMWARE_TRANSFORMERS; i++) {
        if (places[i].handle != 0) {
            nf_transformer_close(&places[i]);
        }
    }
}
