#include "assembly.inc"
#include "tile.h"

/* The matrix product of two widened rows with any number of widened tokens: 2 x 4 sums at a time, and 2 x 2 when a pair is left over.
 *
 *   r0       walks the two rows (weights, queries, or softmax weights)
 *   lr       walks the tokens
 *   r5-r8    sums of the first row with four tokens
 *   r9-r12   sums of the second row
 *   r1-r4    two columns of each row, and of two tokens
 *
 * A load takes two cycles, and one right behind another load. So what is needed next is loaded together, register by register: two columns
 * are six loads in eight cycles and eight SMLAD. (LDM would take fewer instructions, but a cycle per word and one more.) All fourteen
 * registers are taken, so everything else lies in a frame at sp (tile.h). One LDM brings the rows, the biases to start with, and the
 * place in the unrolled columns to start at.
 *
 * A value is stored in five instructions. The sums are doubled (one operand and the bias are), so SMMLAR yields what section 2.1 of
 * NUMERICS.md calls the doubling high multiply, added to c - 1 if it is negative: c = 2^(s - 1) rounds the shift by s, halves away from
 * zero; with zero_point * 2^s in c the shift also adds the zero point. A product that rounds to 0 from below is taken for
 * negative and still comes to 0, as 2^(s - 1) - 1 < 2^s. */

/* Two columns of both rows, in r1 and r2, times those of two tokens, in r3 and r4. */
.macro multiply_two a, b, c, d
    smlad   \a, r1, r3, \a
    smlad   \c, r2, r3, \c
    smlad   \b, r1, r4, \b
    smlad   \d, r2, r4, \d
.endm

/* Four columns; the odd ones first, so that the last loads can step on. */
.macro multiply_fours
    ldr     r1, [r0, #4]
    ldr     r2, [r0, #12]
    ldr     r3, [lr, #4]
    ldr     r4, [lr, #12]
    multiply_two r5, r6, r9, r10
    ldr     r3, [lr, #20]
    ldr     r4, [lr, #28]
    multiply_two r7, r8, r11, r12
    ldr     r2, [r0, #8]
    ldr     r1, [r0], #16
    ldr     r3, [lr, #16]
    ldr     r4, [lr, #24]
    multiply_two r7, r8, r11, r12
    ldr     r4, [lr, #8]
    ldr     r3, [lr], #32
    multiply_two r5, r6, r9, r10
.endm

.macro multiply_pairs
    ldm     r0!, {r1-r4}
    ldm     lr!, {r7, r8, r11, r12}
    smlad   r5, r1, r7, r5
    smlad   r5, r2, r8, r5
    smlad   r6, r1, r11, r6
    smlad   r6, r2, r12, r6
    smlad   r9, r3, r7, r9
    smlad   r9, r4, r8, r9
    smlad   r10, r3, r11, r10
    smlad   r10, r4, r12, r10
.endm

/* Two sums by a multiplier, c and a shift. */
.macro requantize_two a, b, multiplier, c, shift, scratch
    add     \scratch, \c, \a, asr #31
    smmlar  \a, \a, \multiplier, \scratch
    add     \scratch, \c, \b, asr #31
    smmlar  \b, \b, \multiplier, \scratch
    asr     \a, \a, \shift
    asr     \b, \b, \shift
    ssat    \a, #8, \a
    ssat    \b, #8, \b
.endm

.macro store_four a, b, c, d, y, stride, strides
    strb    \a, [\y]
    strb    \b, [\y, \stride]
    strb    \c, [\y, \stride, lsl #1]
    strb    \d, [\y, \strides]
.endm

/* Another pass of the columns unless the rows are at their end; the first row's multiplier r2, c r3 and shift r4. */
.macro end_columns columns
    ldr     r1, [sp, #TILE_ROWS_END]
    ldr     r2, [sp, #TILE_MULTIPLIER]
    ldr     r3, [sp, #TILE_ROUNDING]
    ldr     r4, [sp, #TILE_SHIFT]
    cmp     r0, r1
    bne     \columns
.endm

/* The second row's multiplier r5, c r6 and shift r7, and how far its results are from the first's r8. */
.macro load_second_row
    ldr     r5, [sp, #TILE_MULTIPLIER_2]
    ldr     r6, [sp, #TILE_ROUNDING_2]
    ldr     r7, [sp, #TILE_SHIFT_2]
    ldr     r8, [sp, #TILE_ROW_STRIDE]
.endm

/* Where to enter unrolled columns, so that what is left is whole passes. r1 is minus the number of groups. */
.macro enter_columns columns, unrolled, bytes, entry
    and     r2, r1, #\unrolled - 1
    mov     r3, #\bytes
    mul     r2, r2, r3
    adr     r3, \columns + 1
    add     r2, r2, r3
    str     r2, [r0, #\entry]
.endm

/* void nf_dsp_tile_prepare(nf_dsp_tile *tile, int32_t groups): where the rows end, which are as many groups of four columns, and where to enter
 * the unrolled columns. */
    function nf_dsp_tile_prepare
    ldr     r2, [r0, #TILE_ROWS]
    add     r2, r2, r1, lsl #4
    str     r2, [r0, #TILE_ROWS_END]
    rsb     r1, r1, #0
    enter_columns .Lfours, UNROLLED, FOURS_BYTES, TILE_ENTRY
    enter_columns .Lpairs, UNROLLED_PAIRS, PAIRS_BYTES, TILE_PAIRS_ENTRY
    bx      lr

    .balign 4
.Lfours:
.rept UNROLLED
    multiply_fours
.endr
    end_columns .Lfours
    requantize_two r5, r6, r2, r3, r4, r0
    requantize_two r7, r8, r2, r3, r4, r0
    ldr     r0, [sp, #TILE_Y]
    ldr     r1, [sp, #TILE_STRIDE]
    ldr     r2, [sp, #TILE_STRIDES]
    store_four r5, r6, r7, r8, r0, r1, r2
    load_second_row
    requantize_two r9, r10, r5, r6, r7, r3
    requantize_two r11, r12, r5, r6, r7, r3
    add     r8, r8, r0
    add     r0, r0, r1, lsl #2
    store_four r9, r10, r11, r12, r8, r1, r2
    str     r0, [sp, #TILE_Y]

/* Enters with the frame at sp and lr at the tokens; returns to TILE_RETURN. */
    .thumb_func
    .type   nf_dsp_tile_run, %function
    .global nf_dsp_tile_run
    .hidden nf_dsp_tile_run
nf_dsp_tile_run:
    ldr     r1, [sp, #TILE_FOURS_END]
    cmp     lr, r1
    it      ne
    ldmne   sp, {r0, r5-r12, pc}
.Lpair:
    ldr     r1, [sp, #TILE_TOKENS_END]
    cmp     lr, r1
    it      eq
    ldreq   pc, [sp, #TILE_RETURN]
    ldr     r0, [sp, #TILE_ROWS]
    ldr     r5, [sp, #TILE_BIAS]
    ldr     r9, [sp, #TILE_BIAS_2]
    mov     r6, r5
    mov     r10, r9
    ldr     pc, [sp, #TILE_PAIRS_ENTRY]

    .balign 4
.Lpairs:
.rept UNROLLED_PAIRS
    multiply_pairs
.endr
    end_columns .Lpairs
    requantize_two r5, r6, r2, r3, r4, r0
    ldr     r0, [sp, #TILE_Y]
    ldr     r1, [sp, #TILE_STRIDE]
    strb    r5, [r0]
    strb    r6, [r0, r1]
    load_second_row
    requantize_two r9, r10, r5, r6, r7, r3
    add     r8, r8, r0
    strb    r9, [r8]
    strb    r10, [r8, r1]
    add     r0, r0, r1, lsl #1
    str     r0, [sp, #TILE_Y]
    b       .Lpair
    end_function nf_dsp_tile_prepare

/* void nf_dsp_tile_rows(const nf_dsp_tile *tile): two rows that are widened already. */
    function nf_dsp_tile_rows
    push    {r4-r11, lr}
    sub     sp, sp, #TILE_BYTES
    mov     r12, sp
.rept 3
    ldm     r0!, {r1-r8}
    stm     r12!, {r1-r8}
.endr
    adr     r2, .Ldone + 1
    ldr     lr, [r0]
    str     r2, [sp, #TILE_RETURN]
    b       nf_dsp_tile_run
    .balign 4
.Ldone:
    add     sp, sp, #TILE_BYTES
    pop     {r4-r11, pc}
    end_function nf_dsp_tile_rows
