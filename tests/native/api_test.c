/* The public functions called wrongly: each mistake has a name and leaves nothing behind. */
#include "../../native-interop/engine/image.h"
#include "corpus.h"
#include "test_port.h"

static uint32_t arena[16384];
static int16_t window[32768];
static int8_t output[32768];
static uint32_t changed_image[16384];

static void checksum_matches_published_value(void)
{
    TEST_CHECK(nf_crc32((const uint8_t *)"123456789", 9) == 0xCBF43926u);
}

static void every_status_has_a_name_and_a_text(void)
{
    for (int32_t status = NF_ERROR_NO_STREAM; status <= NF_OK; status++) {
        TEST_CHECK(nf_status_name((nf_status)status)[0] != 0 && nf_status_text((nf_status)status)[0] != 0);
    }
    TEST_CHECK(same_bytes(nf_status_name(NF_ERROR_OVERSIZED), "OVERSIZED", 10));
    TEST_CHECK(same_bytes(nf_status_name((nf_status)1), "UNKNOWN_STATUS", 15));
    TEST_CHECK(same_bytes(nf_status_name((nf_status)-1000), "UNKNOWN_STATUS", 15));
}

static void opening_wrongly(const uint8_t *image, uint32_t size)
{
    const nf_kind *const none[NF_KINDS] = {0};
    const nf_kernels no_kinds = {.kinds = none}, no_kernels = {.kinds = nf_all_kinds};
    const nf_kernels *kernels = nf_kernels_built[0];
    nf_model model;

    TEST_CHECK(nf_model_open(NULL, kernels, image, size) == NF_ERROR_NULL_ARGUMENT);
    TEST_CHECK(nf_model_open(&model, NULL, image, size) == NF_ERROR_NULL_ARGUMENT);
    TEST_CHECK(nf_model_open(&model, &no_kinds, image, size) == NF_ERROR_UNSUPPORTED_OPERATOR);
    TEST_CHECK(nf_model_open(&model, &no_kernels, image, size) == NF_ERROR_UNSUPPORTED_OPERATOR);
    TEST_CHECK(nf_model_open(&model, kernels, NULL, size) == NF_ERROR_NULL_ARGUMENT);
    TEST_CHECK(nf_model_open(&model, kernels, image + 1, size - 1) == NF_ERROR_MISALIGNED);
    TEST_CHECK(nf_model_open(&model, kernels, image, 127) == NF_ERROR_TRUNCATED);
    TEST_CHECK(nf_model_open(&model, kernels, image, size - 1) == NF_ERROR_TRUNCATED);
    TEST_CHECK(nf_model_open(&model, kernels, image, size + 16) == NF_ERROR_OVERSIZED);
    TEST_CHECK(nf_model_open(&model, kernels, image + 16, size - 16) == NF_ERROR_BAD_MAGIC);
    TEST_CHECK(nf_image_bytes(image, size + 16) == size && nf_image_bytes(image, size) == size);
    TEST_CHECK(nf_image_bytes(image, size - 1) == 0 && nf_image_bytes(image, 127) == 0);
    TEST_CHECK(nf_image_bytes(NULL, size) == 0 && nf_image_bytes(image + 16, size - 16) == 0);
    TEST_CHECK(nf_model_id(&model) == NULL && nf_model_label(&model, 0) == NULL);
}

static void sessions_wrongly(const nf_model *model)
{
    const nf_model closed = {0};
    nf_session session;
    const size_t values = (size_t)model->window_samples * model->channel_count;
    const size_t outputs = model->output_count;
    uint32_t remaining;

    TEST_CHECK(nf_session_open(NULL, model, arena, sizeof arena) == NF_ERROR_NULL_ARGUMENT);
    TEST_CHECK(nf_session_open(&session, &closed, arena, sizeof arena) == NF_ERROR_NULL_ARGUMENT);
    TEST_CHECK(nf_session_open(&session, model, NULL, sizeof arena) == NF_ERROR_NULL_ARGUMENT);
    TEST_CHECK(nf_session_open(&session, model, (uint8_t *)arena + 2, sizeof arena - 2) == NF_ERROR_MISALIGNED);
    const size_t least = model->step_samples != 0 && model->step_arena_bytes < model->arena_bytes
                             ? model->step_arena_bytes
                             : model->arena_bytes;
    TEST_CHECK(nf_session_open(&session, model, arena, least - 1) == NF_ERROR_ARENA_TOO_SMALL);
    TEST_CHECK(nf_session_open(&session, model, arena, model->arena_bytes) == NF_OK);

    TEST_CHECK(nf_session_run(NULL, window, values, output, outputs) == NF_ERROR_NULL_ARGUMENT);
    TEST_CHECK(nf_session_run(&session, NULL, values, output, outputs) == NF_ERROR_NULL_ARGUMENT);
    TEST_CHECK(nf_session_run(&session, window, values, NULL, outputs) == NF_ERROR_NULL_ARGUMENT);
    TEST_CHECK(nf_session_run(&session, window, values - 1, output, outputs) == NF_ERROR_WRONG_SHAPE);
    TEST_CHECK(nf_session_run(&session, window, values, output, outputs + 1) == NF_ERROR_WRONG_SHAPE);
    TEST_CHECK(nf_session_continue(&session, 1, output, outputs, &remaining) == NF_ERROR_NOT_RUNNING);
    TEST_CHECK(nf_session_begin(&session, window, values) == NF_OK);
    TEST_CHECK(nf_session_continue(&session, 1, output, outputs, NULL) == NF_ERROR_NULL_ARGUMENT);
    TEST_CHECK(nf_session_continue(&session, UINT32_MAX, output, outputs, &remaining) == NF_OK && remaining == 0);
    TEST_CHECK(nf_session_continue(&session, 1, output, outputs, &remaining) == NF_ERROR_NOT_RUNNING);
}

static void names_stay_in_range(const nf_model *model)
{
    int32_t mantissa, shift;

    TEST_CHECK(nf_model_id(model)[0] != 0);
    TEST_CHECK(nf_model_channel_name(model, 0)[0] != 0 && nf_model_channel_unit(model, 0) != NULL);
    TEST_CHECK(nf_model_channel_name(model, model->channel_count) == NULL);
    TEST_CHECK(nf_model_channel_unit(model, model->channel_count) == NULL);
    TEST_CHECK(nf_model_label(model, model->label_count) == NULL);
    TEST_CHECK(nf_model_channel_scale(model, 0, &mantissa, &shift) == NF_OK && mantissa > 0);
    TEST_CHECK(nf_model_channel_scale(model, model->channel_count, &mantissa, &shift) == NF_ERROR_WRONG_SHAPE);
    TEST_CHECK(nf_model_channel_scale(model, 0, NULL, &shift) == NF_ERROR_NULL_ARGUMENT);
}

static nf_status self_test_of(const uint8_t *image, uint32_t size, uint32_t *failed)
{
    nf_model model;
    nf_session session;

    TEST_CHECK(nf_model_open(&model, nf_kernels_built[0], image, size) == NF_OK);
    TEST_CHECK(nf_session_open(&session, &model, arena, sizeof arena) == NF_OK);
    return nf_session_self_test(&session, failed);
}

/* One expected value of each test vector in turn is another one. */
static void self_test_compares_every_vector(const uint8_t *image, uint32_t size)
{
    uint8_t *changed = (uint8_t *)changed_image;
    nf_header *header = (nf_header *)(void *)changed_image;
    const nf_model view = {.image = changed};
    uint32_t failed;

    for (uint32_t i = 0; i < size; i++) {
        changed[i] = image[i];
    }
    const nf_tensor *input = &nf_tensors(&view)[header->input_tensor];
    for (uint32_t vector = 0; vector < header->test_vector_count; vector++) {
        uint8_t *expected = changed + header->test_vectors_offset + vector * nf_test_vector_bytes(&view) + input->bytes;
        *expected ^= 1u;
        header->crc32 = nf_crc32(changed + 16, size - 16);
        TEST_CHECK(self_test_of(changed, size, &failed) == NF_ERROR_SELF_TEST_FAILED && failed == vector);
        *expected ^= 1u;
    }
    TEST_CHECK(self_test_of(image, size, &failed) == NF_OK && failed == header->test_vector_count);
}

/* The first image with a test vector. */
static void self_test_is_tested(corpus *graphs)
{
    test_case test;
    bool found = false;

    while (!found && corpus_next(graphs, &test)) {
        const nf_header *header = (const nf_header *)(const void *)(test.payload + 16);
        found = header->test_vector_count > 0 && header->image_bytes <= sizeof changed_image &&
                header->arena_bytes <= sizeof arena;
        if (found) {
            self_test_compares_every_vector(test.payload + 16, header->image_bytes);
        }
    }
    TEST_CHECK(found);
}

int main(void)
{
    size_t size;
    const uint8_t *bytes = test_blob(&size);
    corpus graphs;
    test_case test;
    nf_model model;

    checksum_matches_published_value();
    every_status_has_a_name_and_a_text();
    if (!TEST_CHECK(corpus_open(&graphs, bytes, size)) || !TEST_CHECK(corpus_next(&graphs, &test))) {
        return test_report_result();
    }

    const uint8_t *image = test.payload + 16;
    const uint32_t image_bytes = ((const nf_header *)(const void *)image)->image_bytes;
    opening_wrongly(image, image_bytes);
    if (TEST_CHECK(nf_model_open(&model, nf_kernels_built[0], image, image_bytes) == NF_OK)) {
        sessions_wrongly(&model);
        names_stay_in_range(&model);
    }
    self_test_is_tested(&graphs);
    return test_report_result();
}
