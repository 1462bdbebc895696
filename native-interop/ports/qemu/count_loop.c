/* Runs the loop of known length and reports what the core's own counter says about it. */
#include "uart.h"
#include "yardstick.h"

int main(void)
{
    nf_yardstick_start();
    nf_yardstick_loop();
    const uint32_t ticks = nf_yardstick_ticks();
    nf_uart_write("ticks=0x");
    nf_uart_write_hex(ticks);
    nf_uart_write("\n");
    return 0;
}
