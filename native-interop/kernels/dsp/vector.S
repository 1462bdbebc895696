#include "assembly.inc"
#include "vector.h"

/* Rows of int8 times one widened vector, two rows at a time: a query and the keys, shares and the values.
 *
 *   r0       walks the vector                r5-r8        eight columns of it
 *   r1, r2   walk the rows                   r9, r10, r11 eight columns of a row, widened four at a time
 *   r3, r4   sums of the two rows            r12          added to every widened pair (minus the zero point)
 *   lr       what a pair of rows begins with
 *
 * Eight columns are 19 instructions for 16 products. As in tile.S the columns are unrolled, with the rest in a frame at sp. */

#define UNROLLED 4
#define COLUMNS_BYTES 76

/* Four columns of a row in \word times the vector's \even and \odd columns. */
.macro multiply_word sum, word, even, odd
    sxtab16 r11, r12, \word, ror #8
    sxtab16 \word, r12, \word
    smlad   \sum, \word, \even, \sum
    smlad   \sum, r11, \odd, \sum
.endm

.macro multiply_columns
    ldm     r0!, {r5-r8}
    ldm     r1!, {r9, r10}
    multiply_word r3, r9, r5, r6
    multiply_word r3, r10, r7, r8
    ldm     r2!, {r9, r10}
    multiply_word r4, r9, r5, r6
    multiply_word r4, r10, r7, r8
.endm

/* void nf_dsp_vector_run(const nf_dsp_vector *job) */
    function nf_dsp_vector_run
    push    {r4-r11, lr}
    sub     sp, sp, #VECTOR_FRAME
    add     lr, sp, #VECTOR_RESTART
    ldm     r0!, {r1-r7}
    stm     sp, {r1-r7}
    mov     r12, r6                     /* the end of the rows */
    ldm     r0!, {r1-r7}
    stm     lr, {r1-r7}
    ldm     r0, {r1-r3}
    cmp     r1, r12
    mov     r12, r3
    beq     .Lend
    add     r2, r1, r2
    ldm     lr, {r0, r3, r4, pc}

    .balign 4
.Lstore:
    add     r0, r7, r3, asr #31         /* of r5 y, r6 multiplier, r7 rounding, r8 shift, r9 step, r10 end */
    smmlar  r3, r3, r6, r0
    add     r0, r7, r4, asr #31
    smmlar  r4, r4, r6, r0
    asr     r3, r3, r8
    asr     r4, r4, r8
    ssat    r3, #8, r3
    ssat    r4, #8, r4
    strb    r3, [r5], #1
    strb    r4, [r5], #1
    str     r5, [sp]
    add     r1, r1, r9
    add     r2, r2, r9
    cmp     r1, r10
    it      ne
    ldmne   lr, {r0, r3, r4, pc}

    /* A row that is left over is its own partner. */
.Lend:
    ldr     r0, [sp, #VECTOR_ODD]
    cbz     r0, 1f
    add     r2, r1, r0
    str     r2, [sp, #VECTOR_ROWS_END]
    mov     r0, #0
    str     r0, [sp, #VECTOR_ODD]
    mov     r2, r1
    ldm     lr, {r0, r3, r4, pc}
1:  add     sp, sp, #VECTOR_FRAME
    pop     {r4-r11, pc}

    .balign 4
.Lhalf:
    ldrd    r5, r6, [r0], #8
    ldr     r9, [r1], #4
    multiply_word r3, r9, r5, r6
    ldr     r9, [r2], #4
    multiply_word r4, r9, r5, r6
    ldr     pc, [sp, #VECTOR_ENTRY + 4]
    .balign 4
.Lcolumns:
.rept UNROLLED
    multiply_columns
.endr
.Lbehind:
    ldm     sp, {r5-r10, pc}

    .balign 4
.Lmore:
    ldr     r11, [sp, #VECTOR_X_END]
    cmp     r0, r11
    bne     .Lcolumns
    b       .Lstore

/* void nf_dsp_vector_prepare(nf_dsp_vector *job, int32_t columns): a multiple of four. */
    .balign 4
    .thumb_func
    .type   nf_dsp_vector_prepare, %function
    .global nf_dsp_vector_prepare
    .hidden nf_dsp_vector_prepare
nf_dsp_vector_prepare:
    lsr     r2, r1, #3
    cmp     r2, #UNROLLED
    adr     r3, .Lstore + 1
    it      gt
    adrgt   r3, .Lmore + 1
    str     r3, [r0, #VECTOR_NEXT]
    subs    r2, r2, #1
    it      pl
    andpl   r2, r2, #UNROLLED - 1
    add     r2, r2, #1                  /* eights of the first pass */
    mov     r12, #COLUMNS_BYTES
    adr     r3, .Lbehind + 1
    mls     r3, r2, r12, r3
    tst     r1, #4
    ite     ne
    adrne   r2, .Lhalf + 1
    moveq   r2, r3
    strd    r2, r3, [r0, #VECTOR_ENTRY]
    mov     r2, #0
    strd    r2, r2, [r0, #VECTOR_RESTART + 4]
    bx      lr
    end_function nf_dsp_vector_run
