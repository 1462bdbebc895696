#include "blob.h"
#include "test_port.h"
#include "uart.h"

const uint8_t *test_blob(size_t *bytes)
{
    *bytes = nf_blob_bytes;
    return *bytes > 0 ? nf_blob : NULL;
}

void test_write(const char *text)
{
    nf_uart_write(text);
}
