#include "nvic.h"

#include <stddef.h>

#define SYST_CSR (*(volatile uint32_t *)0xE000E010u)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014u)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018u)
#define NVIC_ISER0 (*(volatile uint32_t *)0xE000E100u)
#define NVIC_ISPR0 (*(volatile uint32_t *)0xE000E200u)
#define NVIC_IPR ((volatile uint8_t *)0xE000E400u)
#define VTOR (*(volatile uint32_t *)0xE000ED08u)

#define EXCEPTIONS 16u
#define SYSTICK 15u
#define CSR_ENABLE_INTERRUPT_CORE_CLOCK 7u
#define PRIORITY 0x80u

typedef void (*handler)(void);

/* Aligned to the next power of two above its size. */
static _Alignas(256) handler vectors[EXCEPTIONS + NVIC_INTERRUPTS];

void nvic_open(void (*systick)(void))
{
    const handler *reset_vectors = (const handler *)(uintptr_t)VTOR;
    for (uint32_t i = 0; i < EXCEPTIONS; i++) {
        vectors[i] = reset_vectors[i];
    }
    vectors[SYSTICK] = systick;
    VTOR = (uint32_t)(uintptr_t)vectors;
    __asm__ volatile("dsb\n isb" ::: "memory");
}

void nvic_enable(uint32_t interrupt, void (*interrupt_handler)(void))
{
    vectors[EXCEPTIONS + interrupt] = interrupt_handler;
    NVIC_IPR[interrupt] = PRIORITY;
    NVIC_ISER0 = 1u << interrupt;
}

void nvic_set_pending(uint32_t interrupt)
{
    NVIC_ISPR0 = 1u << interrupt;
    __asm__ volatile("dsb\n isb" ::: "memory");
}

void nvic_mask(void)
{
    __asm__ volatile("msr basepri, %0\n isb" ::"r"(PRIORITY) : "memory");
}

void nvic_unmask(void)
{
    __asm__ volatile("msr basepri, %0\n isb" ::"r"(0) : "memory");
}

void nvic_systick_after(uint32_t clocks)
{
    SYST_RVR = clocks;
    SYST_CVR = 0;
    SYST_CSR = CSR_ENABLE_INTERRUPT_CORE_CLOCK;
}

void nvic_systick_stop(void)
{
    SYST_CSR = 0;
}
