/* Vector table, reset, and what needs the core's own instructions. */
#include "board.h"

#include <string.h>

#define INTERRUPTS 32
#define TIMER0_NUMBER 8u
#define TIMER1_NUMBER 9u
#define PENDED_NUMBER 31u /* nothing on this board raises it by itself */

#define NVIC_ENABLE (*(volatile uint32_t *)0xE000E100u)
#define NVIC_PEND (*(volatile uint32_t *)0xE000E200u)
#define CFSR (*(const volatile uint32_t *)0xE000ED28u)

#define SEMIHOSTING_EXIT 0x18u
#define ADP_APPLICATION_EXIT 0x20026u
#define ADP_RUNTIME_ERROR 0x20023u

typedef void (*handler)(void);

typedef struct vector_table {
    const uint32_t *initial_stack;
    handler exceptions[15];
    handler interrupts[INTERRUPTS];
} vector_table;

typedef struct cmsdk_uart {
    uint32_t data, state, ctrl, interrupt, baud_divisor;
} cmsdk_uart;

extern const uint32_t nf_stack_top[];
extern uint32_t nf_data_start[], nf_data_end[], nf_bss_start[], nf_bss_end[];
extern const uint32_t nf_data_load[];
extern void (*const nf_init_start[])(void);
extern void (*const nf_init_end[])(void);

__attribute__((noreturn)) void nf_reset(void);
__attribute__((noreturn)) void nf_report_fault(const uint32_t *frame);

static void put_hex(uint32_t value)
{
    char text[9];
    for (int i = 0; i < 8; i++) {
        text[i] = "0123456789abcdef"[(value >> (28 - 4 * i)) & 15u];
    }
    text[8] = ' ';
    nf_uart_write(1, text, sizeof text);
}

void nf_report_fault(const uint32_t *frame)
{
    static const char words[] = "fault: cfsr, pc, lr ";
    nf_uart_write(1, words, sizeof words - 1);
    put_hex(CFSR);
    put_hex(frame[6]);
    put_hex(frame[5]);
    nf_leave(false);
}

__attribute__((naked)) static void fault(void)
{
    __asm__ volatile("mrs r0, msp\n"
                     "b nf_report_fault\n");
}

/* Everything has one priority, so that no handler interrupts another: the capture's producer asks for it. */
__attribute__((section(".vectors"), used)) static const vector_table vectors = {
    .initial_stack = nf_stack_top,
    .exceptions = {nf_reset, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault,
                   nf_tick_interrupt},
    .interrupts = {[TIMER0_NUMBER] = nf_i2c_interrupt,
                   [TIMER1_NUMBER] = nf_sensor_interrupt,
                   [PENDED_NUMBER] = nf_sensor_interrupt},
};

void nf_reset(void)
{
    memcpy(nf_data_start, nf_data_load, (size_t)((char *)nf_data_end - (char *)nf_data_start));
    memset(nf_bss_start, 0, (size_t)((char *)nf_bss_end - (char *)nf_bss_start));
    for (void (*const *init)(void) = nf_init_start; init < nf_init_end; init++) {
        (*init)();
    }
    NVIC_ENABLE = 1u << TIMER0_NUMBER | 1u << TIMER1_NUMBER | 1u << PENDED_NUMBER;
    nf_leave(main() == 0);
}

void nf_interrupt_pend(void)
{
    NVIC_PEND = 1u << PENDED_NUMBER;
}

uint32_t nf_mask_interrupts(void)
{
    uint32_t was_masked;
    __asm__ volatile("mrs %0, primask\n cpsid i" : "=r"(was_masked)::"memory");
    return was_masked;
}

void nf_unmask_interrupts(uint32_t was_masked)
{
    __asm__ volatile("msr primask, %0\n isb" ::"r"(was_masked) : "memory");
}

void nf_wait_for_interrupt(void)
{
    __asm__ volatile("dsb\n wfi" ::: "memory");
}

void nf_leave(bool success)
{
    register uint32_t r0 __asm__("r0") = SEMIHOSTING_EXIT;
    register uint32_t r1 __asm__("r1") = success ? ADP_APPLICATION_EXIT : ADP_RUNTIME_ERROR;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    for (;;) {
    }
}

void nf_uart_write(uint32_t uart, const char *text, size_t bytes)
{
    volatile cmsdk_uart *port = (volatile cmsdk_uart *)(0x40004000u + 0x1000u * uart);
    port->baud_divisor = 16;
    port->ctrl = 1; /* transmits */
    for (size_t i = 0; i < bytes; i++) {
        while ((port->state & 1u) != 0) {
        }
        port->data = (uint8_t)text[i];
    }
}
