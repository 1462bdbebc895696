#include "assembly.inc"

#include "widen_pair.inc"

    widen_pair nf_dsp_widen_pair, 0
    widen_pair nf_dsp_widen_pair_doubled, 1

/* void nf_dsp_widen_two(int16_t *out, const int8_t *a, const int8_t *b, int32_t columns, uint32_t offset, nf_dsp_widen *widen) */
    function nf_dsp_widen_two
    push    {r4-r11, lr}
    ldrd    r12, r4, [sp, #36]
    blx     r4
    pop     {r4-r11, pc}
    end_function nf_dsp_widen_two

/* void nf_dsp_widen_fours(int16_t *out, const int8_t *x, int32_t stride, int32_t rows, int32_t columns, uint32_t offset, int32_t doubled):
 * a multiple of four rows of at least four columns. Four columns of rows a to d take 32 bytes: a0 a2 | a1 a3 | b0 b2 | b1 b3 | c0 ... A last
 * group of fewer columns is filled with the offset: in the pair that it is multiplied with these are 0. */
.macro widen_fours doubled
0:  ldr     r3, [sp, #40]               /* columns */
    subs    r3, r3, #4
1:  ldr     r6, [r1, r2]
    ldr     r8, [r1, r2, lsl #1]
    ldr     r10, [r1, lr]
    ldr     r4, [r1], #4
2:  widen_group r4, r5, r6, r7, \doubled
    widen_group r8, r9, r10, r11, \doubled
    stm     r0!, {r4-r11}
    subs    r3, r3, #4
    bge     1b
    adds    r4, r3, #4
    ble     3f
    add     r1, r1, r3                  /* one to three columns are left: the upper bytes of the last word of each row */
    rsb     r5, r3, #0
    lsl     r5, r5, #3
    ldr     r6, [r1, r2]
    ldr     r8, [r1, r2, lsl #1]
    ldr     r10, [r1, lr]
    ldr     r4, [r1], #4
    lsr     r6, r6, r5
    lsr     r8, r8, r5
    lsr     r10, r10, r5
    lsr     r4, r4, r5
    mov     r3, #-4
    b       2b
3:  ldr     r3, [sp, #40]
    ldr     r4, [sp]
    add     r1, r1, r2, lsl #2
    sub     r1, r1, r3
    subs    r4, r4, #4
    str     r4, [sp]
    bgt     0b
    add     sp, sp, #4
    pop     {r4-r11, pc}
.endm

    function nf_dsp_widen_fours
    push    {r3-r11, lr}
    ldrd    r12, r4, [sp, #44]          /* offset, doubled */
    add     lr, r2, r2, lsl #1
    cmp     r4, #0
    bne     4f
    widen_fours 0
4:  widen_fours 1
    end_function nf_dsp_widen_fours

/* A single row of a multiple of four columns: x0 x2 | x1 x3 | x4 x6 ... r0 out, r1 x, r2 columns, r3 what is added to both halves of each
 * pair. Uses r4-r11. */
.macro double even, odd
    sadd16  \even, \even, \even
    sadd16  \odd, \odd, \odd
.endm

.macro widen_vector name, doubled
    function \name
    tst     r1, #3
    bne     2f
    subs    r2, r2, #16
    blt     1f
0:  ldm     r1!, {r4, r6, r8, r10}
    sxtab16 r5, r3, r4, ror #8
    sxtab16 r4, r3, r4
    sxtab16 r7, r3, r6, ror #8
    sxtab16 r6, r3, r6
    sxtab16 r9, r3, r8, ror #8
    sxtab16 r8, r3, r8
    sxtab16 r11, r3, r10, ror #8
    sxtab16 r10, r3, r10
.if \doubled
    double  r4, r5
    double  r6, r7
    double  r8, r9
    double  r10, r11
.endif
    stm     r0!, {r4-r11}
    subs    r2, r2, #16
    bge     0b
1:  adds    r2, r2, #16
    it      eq
    bxeq    lr
2:  ldr     r4, [r1], #4
    sxtab16 r5, r3, r4, ror #8
    sxtab16 r4, r3, r4
.if \doubled
    double  r4, r5
.endif
    stm     r0!, {r4, r5}
    subs    r2, r2, #4
    bgt     2b
    bx      lr
    end_function \name
.endm

    widen_vector nf_dsp_widen_vector_run, 0
    widen_vector widen_vector_doubled_run, 1

/* void nf_dsp_widen_vector_doubled(int16_t *out, const int8_t *x, int32_t columns, uint32_t offset) */
    function nf_dsp_widen_vector_doubled
    push    {r4-r11, lr}
    bl      widen_vector_doubled_run
    pop     {r4-r11, pc}
    end_function nf_dsp_widen_vector_doubled
