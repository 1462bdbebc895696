#include "assembly.inc"
#include "tile.h"

/* The matrix product of two widened rows with any number of widened token pairs: 2 x 2 sums at a time.
 *
 *   r0       walks the two rows (weights, queries, or softmax weights)      r5-r8    four columns of them
 *   lr       walks the token pairs                                          r9-r12   four columns of two tokens
 *   r1, r2   sums of the first row with both tokens; r3, r4 of the second
 *
 * Four columns are 2 LDM and 8 SMLAD: 10 instructions for 16 products. All fourteen registers are taken, so everything else lies in a
 * frame at sp (tile.h), loaded by LDM when the operands are dead: one load brings pointers, sums and the place in the unrolled columns
 * to start at, another the constants of the epilogue and where to go on.
 *
 * A value is stored in five instructions. The sums are doubled (one operand and the bias are), so SMMLAR yields what section 2.1 of
 * NUMERICS.md calls the doubling high multiply, added to c - 1 if it is negative: c = 2^(s - 1) rounds the shift by s, halves away from
 * zero; with zero_point * 2^s in c the shift also adds the zero point. A product that rounds to 0 from below is taken for
 * negative and still comes to 0, as 2^(s - 1) - 1 < 2^s. */

.macro multiply_columns
    ldm     r0!, {r5-r8}
    ldm     lr!, {r9-r12}
    smlad   r1, r5, r9, r1
    smlad   r1, r6, r10, r1
    smlad   r2, r5, r11, r2
    smlad   r2, r6, r12, r2
    smlad   r3, r7, r9, r3
    smlad   r3, r8, r10, r3
    smlad   r4, r7, r11, r4
    smlad   r4, r8, r12, r4
.endm

/* Requantizes the sums \a and \b of one row by multiplier r9, c r10 and shift r11. */
.macro requantize_row a, b, scratch
    add     \scratch, r10, \a, asr #31
    smmlar  \a, \a, r9, \scratch
    add     \scratch, r10, \b, asr #31
    smmlar  \b, \b, r9, \scratch
    asr     \a, \a, r11
    asr     \b, \b, r11
    ssat    \a, #8, \a
    ssat    \b, #8, \b
.endm

/* void nf_dsp_tile_prepare(nf_dsp_tile *tile, nf_dsp_internal *store): where to enter the unrolled columns, and what comes behind them. */
    function nf_dsp_tile_prepare
    ldr     r2, [r0, #TILE_GROUPS]
    str     r1, [r0, #TILE_STORE]
    cmp     r2, #UNROLLED
    it      gt
    adrgt   r1, .Lmore + 1
    str     r1, [r0, #TILE_BEHIND]
    ldr     r1, [r0, #TILE_ROWS]
    add     r1, r1, r2, lsl #4
    str     r1, [r0, #TILE_ROWS_END]
    rsb     r2, r2, #0
    and     r2, r2, #UNROLLED - 1       /* groups the first pass leaves out */
    mov     r1, #COLUMNS_BYTES
    mul     r2, r2, r1
    adr     r1, .Lcolumns + 1
    add     r1, r1, r2
    str     r1, [r0, #TILE_ENTRY]
    bx      lr

    internal nf_dsp_tile_store
    requantize_row r1, r2, r0
    strb    r1, [r5]
    strb    r2, [r5, r6]
    ldm     r12!, {r0, r9-r11}          /* end of the tokens; constants of the second row */
    requantize_row r3, r4, r1
    strb    r3, [r5, r7]
    strb    r4, [r5, r8]
    add     r5, r5, r6, lsl #1
    str     r5, [sp, #TILE_Y]
    cmp     lr, r0
    bne     nf_dsp_tile_run
    ldr     pc, [sp, #TILE_RETURN]

/* Enters with the frame at sp, lr at the tokens and r12 at frame + TILE_START; returns to TILE_RETURN. */
    internal nf_dsp_tile_run
    ldm     r12, {r0-r4, pc}
    .balign 4
.Lcolumns:
.rept UNROLLED
    multiply_columns
.endr
    ldm     sp, {r5-r12, pc}

    .balign 4
.Lmore:                                 /* more columns than are unrolled: another pass, unless the rows are at their end */
    ldr     r9, [sp, #TILE_ROWS_END]
    cmp     r0, r9
    bne     .Lcolumns
    ldr     r9, [sp, #TILE_MULTIPLIER]
    ldr     pc, [sp, #TILE_STORE]
    end_function nf_dsp_tile_prepare

/* void nf_dsp_tile_rows(const nf_dsp_tile *tile): two rows that are widened already. */
    function nf_dsp_tile_rows
    push    {r4-r11, lr}
    sub     sp, sp, #TILE_BYTES
    mov     r12, sp
    ldm     r0!, {r1-r8}
    stm     r12!, {r1-r8}
    ldm     r0!, {r1-r8}
    stm     r12!, {r1-r8}
    ldm     r0, {r1-r7}
    stm     r12, {r1-r7}
    add     r12, sp, #TILE_TOKENS_END
    str     r12, [sp, #TILE_NEXT]
    adr     r0, .Ldone + 1
    str     r0, [sp, #TILE_RETURN]
    mov     lr, r6
    add     r12, sp, #TILE_START
    b       nf_dsp_tile_run
    .balign 4
.Ldone:
    add     sp, sp, #TILE_BYTES
    pop     {r4-r11, pc}
    end_function nf_dsp_tile_rows
