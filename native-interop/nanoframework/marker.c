#include "marker.h"

#include "firmware_board.h"

#define NO_PIN (-1)

static int32_t marker_pin = NO_PIN;

bool nf_marker_attach(int32_t pin)
{
    nf_marker_detach();
    if (pin < 0 || !nf_board_pin_open(pin)) {
        return false;
    }
    marker_pin = pin;
    return true;
}

void nf_marker_detach(void)
{
    if (marker_pin == NO_PIN) {
        return;
    }
    nf_board_pin_write(marker_pin, false);
    nf_board_pin_close(marker_pin);
    marker_pin = NO_PIN;
}

void nf_marker_write(bool high)
{
    if (marker_pin != NO_PIN) {
        nf_board_pin_write(marker_pin, high);
    }
}
