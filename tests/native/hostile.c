#include "hostile.h"
#include "test_port.h"

#define ARENA_BYTES (64u * 1024u)
#define GUARD 0x5AFEC0DEu

static uint32_t image_room[HOSTILE_IMAGE_BYTES / 4];
static uint32_t arena_room[1 + ARENA_BYTES / 4];
static int16_t window[32768];
static int8_t output[32768];

uint8_t *hostile_copy(const uint8_t *source, uint32_t size)
{
    if (size > HOSTILE_IMAGE_BYTES) {
        return NULL;
    }
    uint8_t *image = (uint8_t *)(image_room + (HOSTILE_IMAGE_BYTES - size) / 4);
    for (uint32_t i = 0; i < size; i++) {
        image[i] = source[i];
    }
    return image;
}

/* Each backend of the build in turn. */
static const nf_kernels *next_backend(void)
{
    static const nf_kernels *const *next = nf_kernels_built;
    if (*next == NULL) {
        next = nf_kernels_built;
    }
    return *next++;
}

static bool is_named(nf_status status)
{
    return nf_status_name(status)[0] != 'U' || status == NF_ERROR_UNSUPPORTED_OPERATOR ||
           status == NF_ERROR_UNSUPPORTED_VERSION;
}

static void fill_window(void)
{
    for (uint32_t i = 0; window[1] == 0 && i < sizeof window / sizeof window[0]; i++) {
        window[i] = (int16_t)(i * 2654435761u >> 16);
    }
}

static void run(const nf_model *model)
{
    const size_t values = (size_t)model->window_samples * model->channel_count;
    const uint32_t arena_bytes =
        model->arena_bytes > model->step_arena_bytes ? model->arena_bytes : model->step_arena_bytes;
    nf_session session;

    if (arena_bytes > ARENA_BYTES || values > sizeof window / sizeof window[0]) {
        return;
    }
    fill_window();
    uint32_t *arena = arena_room + 1 + (ARENA_BYTES - arena_bytes) / 4;
    arena[-1] = GUARD;
    TEST_CHECK(nf_session_open(&session, model, arena, arena_bytes) == NF_OK);
    TEST_CHECK(nf_session_run(&session, window, values, output, model->output_count) == NF_OK);
    TEST_CHECK(is_named(nf_session_self_test(&session, NULL)));
    if (model->step_samples != 0) {
        uint32_t steps;
        TEST_CHECK(nf_session_stream(&session) == NF_OK);
        TEST_CHECK(nf_session_step(&session, window, values, output, model->output_count, &steps) == NF_OK);
    }
    TEST_CHECK(arena[-1] == GUARD);
}

nf_status hostile_open_and_run(const void *image, size_t size)
{
    nf_model model;
    const nf_status status = nf_model_open(&model, next_backend(), image, size);

    TEST_CHECK(is_named(status));
    if (status == NF_OK) {
        run(&model);
    } else {
        TEST_CHECK(model.image == NULL);
    }
    return status;
}
