/* Random graphs: with every backend the engine must give, byte for byte, what the C# reference computed, in one run and in slices. */
#include "corpus.h"
#include "nanoformer/engine.h"
#include "nanoformer/kernels.h"
#include "test_port.h"

#define ARENA_BYTES (256u * 1024u)
#define MAX_OUTPUTS 32768

static _Alignas(16) uint32_t arena[ARENA_BYTES / 4];
static int8_t output[MAX_OUTPUTS];

typedef struct graph_case {
    uint32_t image_bytes, window_count, values, outputs;
} graph_case;

static nf_status run_in_slices(nf_session *session, const void *window, size_t values, size_t outputs)
{
    uint32_t remaining = 0;
    nf_status status = nf_session_begin(session, window, values);

    do {
        if (status != NF_OK) {
            return status;
        }
        status = nf_session_continue(session, 1, output, outputs, &remaining);
    } while (remaining > 0);
    return status;
}

static void windows_agree(nf_session *session, const graph_case *graph, cursor *arrays)
{
    for (uint32_t i = 0; i < graph->window_count; i++) {
        const void *window = cursor_take(arrays, (size_t)graph->values * session->model->value_bytes);
        const int8_t *expected = cursor_take(arrays, graph->outputs);

        TEST_CHECK(nf_session_run(session, window, graph->values, output, graph->outputs) == NF_OK);
        TEST_CHECK(same_bytes(output, expected, graph->outputs));

        /* What an earlier run left in the arena must not matter. */
        for (size_t byte = 0; byte < session->model->arena_bytes / 4; byte++) {
            arena[byte] = 0xA5A5A5A5u;
        }
        TEST_CHECK(run_in_slices(session, window, graph->values, graph->outputs) == NF_OK);
        TEST_CHECK(same_bytes(output, expected, graph->outputs));
    }
}

static void run_graph(const test_case *test, const nf_kernels *kernels)
{
    const graph_case *graph = (const graph_case *)(const void *)test->payload;
    cursor arrays = {test->payload + sizeof(graph_case)};
    const void *image = cursor_take(&arrays, graph->image_bytes);
    nf_model model;
    nf_session session;

    if (!TEST_CHECK(nf_model_open(&model, kernels, image, graph->image_bytes) == NF_OK) ||
        !TEST_CHECK(graph->outputs <= MAX_OUTPUTS) ||
        !TEST_CHECK(nf_session_open(&session, &model, arena, sizeof arena) == NF_OK)) {
        return;
    }
    if (model.test_vector_count > 0) {
        TEST_CHECK(nf_session_self_test(&session, NULL) == NF_OK);
    }
    windows_agree(&session, graph, &arrays);
}

static int32_t run_graphs(const uint8_t *bytes, size_t size, const nf_kernels *kernels)
{
    corpus graphs;
    test_case test;
    int32_t count = 0;

    if (!TEST_CHECK(corpus_open(&graphs, bytes, size))) {
        return 0;
    }
    while (corpus_next(&graphs, &test)) {
        if (TEST_CHECK(test.kind == CASE_GRAPH)) {
            run_graph(&test, kernels);
            count++;
        }
    }
    TEST_CHECK(graphs.remaining == 0 && count > 0);
    return count;
}

int main(void)
{
    size_t size;
    const uint8_t *bytes = test_blob(&size);

    for (uint32_t backend = 0; nf_kernels_built[backend] != NULL; backend++) {
        test_report_number(nf_kernels_built[backend]->name, run_graphs(bytes, size, nf_kernels_built[backend]));
    }
    return test_report_result();
}
