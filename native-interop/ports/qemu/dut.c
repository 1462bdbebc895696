/* The device under test of MLPerf Tiny on an emulated core: the protocol on UART0, the model in the blob. Its clock is the time that the
 * counted instructions of the inferences take (PROTOCOL.md). */
#include "blob.h"
#include "nanoformer/device_under_test.h"
#include "nanoformer/engine.h"
#include "semihosting.h"
#include "uart.h"
#include "yardstick.h"

#define MOST_OUTPUTS 4096u
#define TURNS_PER_SIGN_OF_LIFE 0x400000u
#define PICOSECONDS_PER_MICROSECOND 1000000u

static _Alignas(16) uint8_t arena[NF_PORT_ARENA_BYTES];
static int8_t outputs[MOST_OUTPUTS], results[MOST_OUTPUTS];
static nf_model model;
static nf_session session;
static nf_dut dut;
static uint64_t picoseconds;

static bool is_energy_mode(void)
{
    return nf_blob_parameters[1] != 0;
}

/* What the emulated board's instrument and pin would see goes to the console: a letter, and a number in eight digits. */
static void show(uint8_t what, uint32_t number)
{
    uint8_t event[9] = {what};
    for (uint32_t i = 0; i < 8u; i++) {
        event[8u - i] = (uint8_t) "0123456789abcdef"[number >> 4u * i & 15u];
    }
    if (!nf_semihosting_write(event, sizeof event)) {
        nf_semihosting_exit(0); /* the PC program is gone */
    }
}

static void run(void *context, const uint8_t *input, int8_t *result)
{
    const nf_dut_model *benchmarked = context;
    nf_yardstick_start();
    const nf_status status =
        nf_session_run(&session, input, benchmarked->input_bytes / model.value_bytes, outputs, model.output_count);
    const uint32_t ticks = nf_yardstick_ticks();

    if (status != NF_OK) {
        nf_uart_write("e-[");
        nf_uart_write(nf_status_name(status));
        nf_uart_write("]\r\n");
    }
    picoseconds += (uint64_t)ticks * nf_blob_parameters[0];
    show('r', ticks);
    for (uint32_t i = 0; i < benchmarked->results; i++) {
        result[i] = outputs[i];
    }
}

static void write_text(void *context, const uint8_t *bytes, size_t count)
{
    (void)context;
    for (size_t i = 0; i < count; i++) {
        nf_uart_put(bytes[i]);
    }
}

static uint64_t microseconds(void *context)
{
    (void)context;
    return picoseconds / PICOSECONDS_PER_MICROSECOND;
}

static void edge(void *context)
{
    (void)context;
    show('e', 0);
}

static nf_status open_model(void)
{
    const nf_status status = nf_model_open(&model, nf_kernels_built[0], nf_blob, nf_blob_bytes);
    return status == NF_OK ? nf_session_open(&session, &model, arena, sizeof arena) : status;
}

static int refuse(const char *name)
{
    nf_uart_write("e-[Model refused: ");
    nf_uart_write(name);
    nf_uart_write("]\r\n");
    return 1;
}

int main(void)
{
    nf_semihosting_open();
    const nf_status status = open_model();
    if (status != NF_OK) {
        return refuse(nf_status_name(status));
    }
    nf_dut_model benchmarked = {
        .context = &benchmarked,
        .id = nf_model_id(&model),
        .input_bytes = (uint32_t)model.window_samples * model.channel_count * model.value_bytes,
        /* A model with classes may give a score too; the rules' runners take every result for a class. */
        .results = model.class_count > 0 ? model.class_count : model.output_count,
        .run = run,
    };
    if (benchmarked.input_bytes > NF_DUT_LARGEST_INPUT || model.output_count > MOST_OUTPUTS) {
        return refuse("WRONG_SHAPE");
    }
    const nf_dut_port port = {
        .vendor = is_energy_mode() ? "NanoFormer on an emulated " NF_CORE_NAME " with a simulated instrument"
                                   : "NanoFormer on an emulated " NF_CORE_NAME,
        .write = write_text,
        .microseconds = microseconds,
        .edge = is_energy_mode() ? edge : NULL,
    };
    nf_dut_boot(&dut, &benchmarked, &port, results);
    show('i', 0);
    for (uint32_t turns = 0;; turns++) {
        if (turns % TURNS_PER_SIGN_OF_LIFE == 0) {
            show('l', 0);
        }
        if (!nf_uart_has()) {
            continue;
        }
        const uint8_t byte = nf_uart_get();
        if (byte == '%') {
            show('w', 0);
        }
        nf_dut_take(&dut, &byte, 1);
        if (byte == '%') {
            show('i', 0);
        }
    }
}
