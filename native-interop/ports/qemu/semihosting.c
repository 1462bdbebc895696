/* Operation numbers and argument blocks: "Semihosting for AArch32 and AArch64", ARM, 2.0; RISC-V has the same. */
#include "semihosting.h"

#include "semihosting_call.h"

#define SYS_OPEN 0x01u
#define SYS_WRITE 0x05u
#define SYS_READ 0x06u
#define SYS_EXIT_EXTENDED 0x20u
#define OPEN_READ_BINARY 1u
#define OPEN_WRITE_BINARY 5u
#define APPLICATION_EXIT 0x20026u

static uint32_t input_handle;
static uint32_t output_handle;

static uint32_t open_console(uint32_t mode)
{
    static const char name[] = ":tt";
    const uint32_t arguments[] = {(uint32_t)name, mode, sizeof name - 1};
    return nf_semihosting_call(SYS_OPEN, arguments);
}

void nf_semihosting_open(void)
{
    input_handle = open_console(OPEN_READ_BINARY);
    output_handle = open_console(OPEN_WRITE_BINARY);
}

size_t nf_semihosting_read(uint8_t *buffer, size_t capacity)
{
    const uint32_t arguments[] = {input_handle, (uint32_t)buffer, capacity};
    const uint32_t unread = nf_semihosting_call(SYS_READ, arguments);
    return unread < capacity ? capacity - unread : 0;
}

bool nf_semihosting_write(const uint8_t *bytes, size_t count)
{
    const uint32_t arguments[] = {output_handle, (uint32_t)bytes, count};
    return nf_semihosting_call(SYS_WRITE, arguments) == 0;
}

_Noreturn void nf_semihosting_exit(uint32_t code)
{
    const uint32_t arguments[] = {APPLICATION_EXIT, code};
    for (;;) {
        nf_semihosting_call(SYS_EXIT_EXTENDED, arguments);
    }
}
