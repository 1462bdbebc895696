/* The least that a firmware does with a model: open it, open a session, run a window; with STREAMS among the operators, feed a stream
   and test itself. */
#include "blob.h"
#include "nanoformer/engine.h"

extern const nf_kernels footprint_kernels;

static _Alignas(16) uint8_t arena[16384];
static int16_t window[4096];
static int8_t output[64];

int main(void)
{
    nf_model model;
    nf_session session;

    if (nf_model_open(&model, &footprint_kernels, nf_blob, nf_blob_bytes) != NF_OK ||
        nf_session_open(&session, &model, arena, sizeof arena) != NF_OK) {
        return 1;
    }
    const size_t values = (size_t)model.window_samples * model.channel_count;
#if defined(NF_FOOTPRINT_STREAMS)
    uint32_t steps;
    if (nf_session_self_test(&session, NULL) == NF_OK && nf_session_stream(&session) == NF_OK) {
        return nf_session_step(&session, window, values, output, model.output_count, &steps);
    }
#endif
    return nf_session_run(&session, window, values, output, model.output_count);
}
