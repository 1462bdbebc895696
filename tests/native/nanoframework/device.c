#include "device.h"

#include <string.h>

#include "../../../native-interop/nanoframework/firmware_board.h"
#include "../../../native-interop/nanoframework/linked_images.h"
#include "board.h"
#include "corpus.h"
#include "nanoformer/engine.h"
#include "test_port.h"

#define MAX_IMAGE_BYTES 16384u

device_graph device_windowed, device_streamed;
device_log device = {.open_pin = -1};

/* The firmware's own copies; both have room to spare. */
static _Alignas(16) uint8_t linked[2][MAX_IMAGE_BYTES];
const nf_linked_image nf_linked_images[] = {
    {linked[0], linked[0] + sizeof linked[0]},
    {linked[1], linked[1] + sizeof linked[1]},
};
const int32_t nf_linked_image_count = 2;

static board sensor_board;

static device_graph graph_of(const test_case *test)
{
    const uint32_t *head = (const uint32_t *)(const void *)test->payload; /* image_bytes, windows, values, outputs */
    cursor arrays = {test->payload + 16};
    device_graph graph = {.image_bytes = head[0], .values = head[2], .outputs = head[3]};
    graph.image = cursor_take(&arrays, graph.image_bytes);
    graph.window = cursor_take(&arrays, graph.values * sizeof(int16_t));
    graph.expected = cursor_take(&arrays, graph.outputs);
    return graph;
}

/* Whether the second window has another answer than the first: else a test could pass without looking at its
 * samples. */
static bool has_answers(const device_graph *graph)
{
    cursor arrays = {(const uint8_t *)graph->expected};

    cursor_take(&arrays, graph->outputs);
    cursor_take(&arrays, graph->values * sizeof(int16_t));
    return !same_bytes(graph->expected, cursor_take(&arrays, graph->outputs), graph->outputs);
}

/* Graphs that the tests can do with: test vectors, several operators, and at least two samples. */
static bool is_useful(const nf_model *model)
{
    return model->image_bytes <= MAX_IMAGE_BYTES && model->test_vector_count > 0 && model->operator_count > 2 &&
           model->window_samples > 1 && model->channel_count > 1 && model->output_count > 2 && model->value_bytes == 2;
}

bool device_open(void)
{
    size_t size;
    const uint8_t *bytes = test_blob(&size);
    corpus graphs;
    test_case test;
    nf_model model;

    if (!corpus_open(&graphs, bytes, size)) {
        return false;
    }
    while (corpus_next(&graphs, &test) && (device_windowed.image == NULL || device_streamed.image == NULL)) {
        const device_graph graph = graph_of(&test);
        if (nf_model_open(&model, nf_kernels_built[0], graph.image, graph.image_bytes) != NF_OK || !is_useful(&model) ||
            !has_answers(&graph)) {
            continue;
        }
        device_graph *place = model.step_samples > 0 ? &device_streamed : &device_windowed;
        if (place->image == NULL) {
            *place = graph;
        }
    }
    if (device_windowed.image == NULL || device_streamed.image == NULL) {
        return false;
    }
    memcpy(linked[0], device_windowed.image, device_windowed.image_bytes);
    memcpy(linked[1], device_streamed.image, device_streamed.image_bytes);
    return true;
}

static nf_board_result show(const device_graph *graph, uint32_t offset, nf_flash_view *view)
{
    *view = (nf_flash_view){graph->image + offset, graph->image_bytes - offset, 1};
    device.mapped++;
    return NF_BOARD_OK;
}

nf_board_result nf_board_map_address(uint32_t address, nf_flash_view *view)
{
    if (address < DEVICE_ADDRESS || address >= DEVICE_ADDRESS + device_streamed.image_bytes) {
        return NF_BOARD_NOT_FOUND;
    }
    return show(&device_streamed, address - DEVICE_ADDRESS, view);
}

nf_board_result nf_board_map_partition(const char *label, nf_flash_view *view)
{
    if (same_bytes(label, "none", 5)) {
        return NF_BOARD_NOT_SUPPORTED;
    }
    return same_bytes(label, "model", 6) ? show(&device_windowed, 0, view) : NF_BOARD_NOT_FOUND;
}

void nf_board_unmap(const nf_flash_view *view)
{
    device.mapped -= (int32_t)view->mapping;
}

uint32_t nf_board_ticks(void)
{
    device.microseconds += 5;
    return device.microseconds * 10;
}

uint32_t nf_board_microseconds(uint32_t ticks)
{
    return ticks / 10;
}

bool nf_board_pin_open(int32_t pin)
{
    if (pin >= DEVICE_PINS) {
        return false;
    }
    device.open_pin = pin;
    return true;
}

void nf_board_pin_write(int32_t pin, bool high)
{
    (void)pin;
    device.rises += high ? 1 : 0;
    device.falls += high ? 0 : 1;
}

void nf_board_pin_close(int32_t pin)
{
    (void)pin;
    device.open_pin = -1;
    device.closes++;
}

nf_capture_status nf_capture_port_open(nf_capture_port *port, const nf_capture_wiring *wiring, nf_capture *capture,
                                       void (*wake)(void *), void *wake_context)
{
    if (wiring->address != 0x68) {
        return NF_CAPTURE_PORT_FAILED;
    }
    board_open(&sensor_board, capture, 14, 0);
    *port = sensor_board.port;
    port->wake = wake;
    return wake_context == NULL ? NF_CAPTURE_OK : NF_CAPTURE_BAD_SETTINGS;
}

void nf_capture_port_close(nf_capture_port *port)
{
    *port = (nf_capture_port){0};
}

void device_make_samples(uint32_t count)
{
    const uint32_t until = sensor_board.device.made + count;

    while (sensor_board.device.made < until) {
        board_step(&sensor_board);
    }
    while (sensor_board.transfer.in_flight) {
        board_step(&sensor_board);
    }
}
