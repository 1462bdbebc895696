#include "stack.h"

#define PAINT 0x5AFE57ACu
#define START_FRAMES 32 /* words the start itself may have on the stack when it paints */

static uint32_t bytes_between(const volatile uint32_t *low, const volatile uint32_t *high)
{
    return (uint32_t)((uintptr_t)high - (uintptr_t)low);
}

void nf_stack_paint(const uint32_t *stack_pointer)
{
    for (volatile uint32_t *word = nf_stack_bottom; word < stack_pointer - START_FRAMES; word++) {
        *word = PAINT;
    }
}

uint32_t nf_stack_high_water(void)
{
    const volatile uint32_t *word = nf_stack_bottom;
    while (word < nf_stack_top && *word == PAINT) {
        word++;
    }
    return bytes_between(word, nf_stack_top);
}

uint32_t nf_stack_size(void)
{
    return bytes_between(nf_stack_bottom, nf_stack_top);
}
