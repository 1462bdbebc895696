#include "assembly.inc"
#include "vector.h"

/* Rows of int8 times one widened token, two rows at a time, for when there are too few tokens to widen the rows first.
 *
 *   r0       walks the token                 r5-r8        eight columns of it
 *   r1, r2   walk the rows                   r9, r10, r11 eight columns of a row, widened four at a time
 *   r3, r4   sums of the two rows            r12          added to every widened pair (minus the zero points)
 *   lr       what a pair of rows begins with
 *
 * Eight columns are 19 instructions for 16 products. As in tile.S the columns are unrolled, with the rest in a frame at sp. */

#define UNROLLED 4
#define COLUMNS_BYTES 76

/* Four columns of a row in \word times the token's \even and \odd columns. */
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

/* Works out where to enter: r8 columns, r9 token, r12 the way to store; writes frame words and leaves the entry in r11. */
.macro prepare
    lsr     r3, r8, #3
    cmp     r3, #UNROLLED
    str     r12, [sp, #VECTOR_FINISH]
    it      gt
    adrgt   r12, .Lmore + 1
    str     r12, [sp, #VECTOR_BEHIND]
    rsbs    r3, r3, #0
    and     r3, r3, #UNROLLED - 1
    it      eq
    moveq   r3, #UNROLLED               /* a single group of four */
    mov     r4, #COLUMNS_BYTES
    mul     r3, r3, r4
    adr     r11, .Lcolumns + 1
    add     r11, r11, r3
    str     r11, [sp, #VECTOR_INNER_ENTRY]
    tst     r8, #4
    it      ne
    adrne   r11, .Lhalf + 1
    add     r3, r9, r8, lsl #1
    str     r3, [sp, #VECTOR_X_END]
.endm

/* const int8_t *nf_dsp_vector_linear_run(const nf_dsp_vector_linear *job): returns where it stopped: at weights_end, or at a pair of rows
 * that has a shift of 0 or more. Twice a multiplier, as SMMLAR wants it, is its 32 bits minus 2^32 when the topmost is set, so the sum
 * is added once more; the carry of the shift rounds. */
    function nf_dsp_vector_linear_run
    push    {r4-r11, lr}
    sub     sp, sp, #VECTOR_BYTES
    ldm     r0, {r1-r10}
    stm     sp, {r1-r7}
    mov     r0, r1
    strd    r8, r7, [sp, #VECTOR_COLUMNS]
    adr     r12, .Lstore_linear + 1
    prepare
    mov     r3, #0
    strd    r9, r3, [sp, #VECTOR_RESTART]
    str     r11, [sp, #VECTOR_RESTART + 8]
    mov     r1, r10
    add     r2, r10, r8
    ldrd    r3, r4, [r0], #8
    str     r0, [sp]
    add     lr, sp, #VECTOR_RESTART
    ldm     lr, {r0, r12, pc}

    .balign 4
.Lstore_linear:
    ldrd    r0, r12, [r7], #8           /* of r5 bias, r6 multiplier, r7 shift, r8 y, r9 its stride, r10 zero point */
    ands    r1, r0, r12
    bpl     .Lstop
    rsb     r0, r0, #0
    rsb     r12, r12, #0
    ldr     r1, [r6], #4
    lsls    r1, r1, #1
    and     r11, r3, r1, asr #31
    add     r11, r11, r3, asr #31
    smmlar  r3, r3, r1, r11
    asrs    r3, r3, r0
    adc     r3, r3, r10
    ssat    r3, #8, r3
    strb    r3, [r8]
    ldr     r1, [r6], #4
    lsls    r1, r1, #1
    and     r11, r4, r1, asr #31
    add     r11, r11, r4, asr #31
    smmlar  r4, r4, r1, r11
    asrs    r4, r4, r12
    adc     r4, r4, r10
    ssat    r4, #8, r4
    strb    r4, [r8, r9]
    ldrd    r0, r11, [sp, #VECTOR_COLUMNS]
    mov     r1, r2
    cmp     r1, r11
    beq     .Lend
    add     r2, r2, r0
    add     r8, r8, r9, lsl #1
    ldrd    r3, r4, [r5], #8
    stm     sp, {r5-r8}
    ldm     lr, {r0, r12, pc}

.Lstop:
    ldr     r0, [sp, #VECTOR_COLUMNS]
    sub     r1, r2, r0, lsl #1
.Lend:
    mov     r0, r1
    add     sp, sp, #VECTOR_BYTES
    pop     {r4-r11, pc}

    .balign 4
.Lhalf:
    ldrd    r5, r6, [r0], #8
    ldr     r9, [r1], #4
    multiply_word r3, r9, r5, r6
    ldr     r9, [r2], #4
    multiply_word r4, r9, r5, r6
    ldr     pc, [sp, #VECTOR_INNER_ENTRY]
    .balign 4
.Lcolumns:
.rept UNROLLED
    multiply_columns
.endr
    ldm     sp, {r5-r11, pc}

    .balign 4
.Lmore:
    ldr     r5, [sp, #VECTOR_X_END]
    cmp     r0, r5
    bne     .Lcolumns
    ldr     r5, [sp]
    ldr     pc, [sp, #VECTOR_FINISH]

    .balign 4
.Lstore_uniform:
    add     r0, r8, r3, asr #31         /* of r5 y, r6 its stride, r7 multiplier, r8 rounding, r9 shift, r10 step, r11 end */
    smmlar  r3, r3, r7, r0
    add     r0, r8, r4, asr #31
    smmlar  r4, r4, r7, r0
    asr     r3, r3, r9
    asr     r4, r4, r9
    ssat    r3, #8, r3
    ssat    r4, #8, r4
    strb    r3, [r5]
    strb    r4, [r5, r6]
    add     r5, r5, r6, lsl #1
    str     r5, [sp, #VECTOR_Y]
    add     r1, r1, r10
    add     r2, r2, r10
    cmp     r1, r11
    beq     .Lend
    ldm     lr, {r0, r3, r4, pc}

/* void nf_dsp_vector_uniform_run(const nf_dsp_vector_uniform *job) */
    .balign 4
    .thumb_func
    .type   nf_dsp_vector_uniform_run, %function
    .global nf_dsp_vector_uniform_run
    .hidden nf_dsp_vector_uniform_run
nf_dsp_vector_uniform_run:
    push    {r4-r11, lr}
    sub     sp, sp, #VECTOR_BYTES
    mov     lr, r0
    ldm     r0, {r1-r10}
    stm     sp, {r1-r7}
    adr     r12, .Lstore_uniform + 1
    prepare
    mov     r3, #0
    strd    r9, r3, [sp, #VECTOR_RESTART]
    strd    r3, r11, [sp, #VECTOR_RESTART + 8]
    mov     r1, r10
    ldrd    r2, r12, [lr, #40]          /* second row, offset */
    add     lr, sp, #VECTOR_RESTART
    ldm     lr, {r0, r3, r4, pc}
    end_function nf_dsp_vector_linear_run
