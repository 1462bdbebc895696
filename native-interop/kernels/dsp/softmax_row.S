#include "assembly.inc"

/* Softmax of one row of scores, as the widened operand of its product with the values: value + 128, 0..255 (NUMERICS 3.5).
 *
 * void nf_dsp_softmax_row(const int8_t *scores, int32_t groups, const int32_t *table, int32_t *exponentials, int16_t *out,
 *                         int32_t before, int32_t after, int32_t alone)
 *
 * `groups` of four scores, aligned; room for their exponentials, which the last pass reads again. The first `before` and the last
 * `after` scores, 0..3 of each and all -128, only fill the groups: they change no maximum, and their exponentials become 0. The row is
 * one of two that lie group by group, for tile.S, or alone and doubled, for vector.S. */

/* m = the larger of m and x in each of four bytes. */
.macro maximum m, x, scratch
    ssub8   \scratch, \x, \m
    sel     \m, \x, \m
.endm

/* Takes the next \count exponentials at r12 out of the sum in r5; r4 is 2^20. */
.macro strike_out count
0:  subs    \count, \count, #1
    blt     1f
    ldr     r8, [r12]
    smmulr  r8, r8, r4
    sub     r5, r5, r8
    mov     r8, #0
    str     r8, [r12], #4
    b       0b
1:
.endm

/* The exponentials of four scores at r0, by their differences to the maximum, to r3; and to the sum in r5, shifted by 12. */
.macro four_exponentials
    ldr     r7, [r0], #4
    usub8   r7, r4, r7
    uxtb    r8, r7
    uxtb    r9, r7, ror #8
    uxtb    r10, r7, ror #16
    lsr     r11, r7, #24
    ldr     r8, [r2, r8, lsl #2]
    ldr     r9, [r2, r9, lsl #2]
    ldr     r10, [r2, r10, lsl #2]
    ldr     r11, [r2, r11, lsl #2]
    smmlar  r5, r8, r6, r5
    smmlar  r5, r9, r6, r5
    smmlar  r5, r10, r6, r5
    smmlar  r5, r11, r6, r5
    stm     r3!, {r8-r11}
.endm

/* e -> (e + high(e * multiplier) + rounding) >> shift: multiplier is twice the reciprocal modulo 2^32, and as the reciprocal is never
 * below 2^30 (there are but 2^27 sums to try), its topmost bit is set and e is added once more. Unsigned, as all of it is below 2^32. */
.macro share e
    add     r10, r4, \e
    smmlar  \e, \e, r2, r10
    lsr     \e, \e, r5
.endm

/* Four shares in r6, r7. */
.macro four_shares
    ldm     lr!, {r6-r9}
    share   r6
    share   r7
    share   r8
    share   r9
    orr     r6, r6, r8, lsl #16
    orr     r7, r7, r9, lsl #16
    usat16  r6, #8, r6
    usat16  r7, #8, r7
.endm

    function nf_dsp_softmax_row
    push    {r4-r11, lr}
    ldr     r4, [r0]
    mov     r5, r0
    subs    r6, r1, #4
    blt     1f
0:  ldm     r5!, {r7-r10}
    maximum r4, r7, r11
    maximum r4, r8, r11
    maximum r4, r9, r11
    maximum r4, r10, r11
    subs    r6, r6, #4
    bge     0b
1:  adds    r6, r6, #4
    beq     3f
2:  ldr     r7, [r5], #4
    maximum r4, r7, r11
    subs    r6, r6, #1
    bne     2b
3:  ror     r7, r4, #16
    maximum r4, r7, r11
    ror     r7, r4, #8
    maximum r4, r7, r11                 /* all four bytes are the maximum now */

    /* The sum of the exponentials, each shifted right by 12 with rounding: SMMLAR by 2^20 does both at once. */
    mov     r5, #0
    mov     r6, #1 << 20
    mov     r12, r1
    mov     lr, r3
    tst     r1, #1
    bne     5f
4:  four_exponentials
5:  four_exponentials
    subs    r12, r12, #2
    bgt     4b

    ldrd    r7, r9, [sp, #40]
    orrs    r8, r7, r9
    beq     6f
    mov     r4, r6
    mov     r12, lr
    strike_out r7
    sub     r12, r3, r9, lsl #2
    strike_out r9

    /* The reciprocal, by the three Newton steps of one_over_one_plus. half is r6 in [2^30, 2^31), x is r8 below 2^30, so x is what is
     * doubled for SMMULR, and nothing saturates before the end. */
6:  clz     r4, r5
    lsl     r6, r5, r4
    lsr     r6, r6, #1
    ldr     r7, =-2021161080
    ldr     r8, =1515870810
    smmlar  r8, r6, r7, r8
    mov     r9, #1 << 29
.rept 3
    lsl     r10, r8, #1
    smmulr  r7, r6, r10
    sub     r7, r9, r7
    smmulr  r7, r10, r7
    add     r8, r8, r7, lsl #2
.endr
    qadd    r8, r8, r8
    lsl     r2, r8, #1
    rsb     r5, r4, #35
    mov     r3, #1
    sub     r4, r5, #1
    lsl     r4, r3, r4
    ldr     r3, [sp, #36]
    ldr     r6, [sp, #48]
    cmp     r6, #0
    bne     9f
    tst     r1, #1
    bne     8f
7:  four_shares
    strd    r6, r7, [r3], #16
8:  four_shares
    strd    r6, r7, [r3], #16
    subs    r1, r1, #2
    bgt     7b
    pop     {r4-r11, pc}
9:  four_shares
    sadd16  r6, r6, r6
    sadd16  r7, r7, r7
    strd    r6, r7, [r3], #8
    subs    r1, r1, #1
    bne     9b
    pop     {r4-r11, pc}
    .ltorg
    end_function nf_dsp_softmax_row
