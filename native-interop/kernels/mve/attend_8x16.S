/* void nf_mve_attend_8x16(const nf_attention_params *params, const int8_t *query, const int8_t *key, const int8_t *value, int8_t *y):
 * see stretch.h.
 *
 * The steps of four_rows.S and softmax_four.S for four queries a turn, with everything in one frame: the small windows of wearables spend
 * a fifth of their attention on calls otherwise. Registers are those of four_rows.S and softmax.inc. */
    .syntax unified
    .thumb

    .equ P_QUERIES, 0                   /* of nf_attention_params */
    .equ P_OUTPUT_STRIDE, 24
    .equ P_ZERO_POINTS, 36              /* of queries and keys */
    .equ P_VALUE_ZERO_POINT, 44
    .equ P_SCORE, 48                    /* multiplier, shift, zero point */
    .equ P_CONTEXT, 60
    .equ P_EXPONENTIALS, 72

    .equ KEYS, 16
    .equ COLUMNS, 8
    .equ WEIGHT_ZERO_POINT, -128

    .equ OFFSETS, 32                    /* of four_rows.S, behind the corrections */
    .equ WEIGHTS_AT, 48                 /* the words before the first of each query */
    .equ BIAS, 64                       /* of the values, in paired order */
    .equ SCORES, 96
    .equ WEIGHTS, 160
    .equ SCORE, 224                     /* r1, r3, r5, r7, r9-r12 of four_rows.S */
    .equ CONTEXT, 256
    .equ Y, CONTEXT + 8
    .equ X, 288                         /* and its end */
    .equ EXPONENTIALS, 296
    .equ Y_STEP, 300
    .equ FRAME, 304
    .equ SAVED, FRAME + 64 + 36         /* y */

#include "four_rows.inc"
#include "softmax.inc"

    .macro biases_of_four at
    vldrb.8   q0, [r3, #KEYS * \at]
    vldrb.8   q1, [r3, #KEYS * (\at + 1)]
    vldrb.8   q2, [r3, #KEYS * (\at + 2)]
    vldrb.8   q3, [r3, #KEYS * (\at + 3)]
    vaddv.s8  r4, q0
    vaddv.s8  r6, q1
    vaddv.s8  r8, q2
    vaddv.s8  r10, q3
    vmov      q0[2], q0[0], r4, r6
    vmov      q0[3], q0[1], r8, r10
    vshl.i32  q0, q0, #7                /* by -WEIGHT_ZERO_POINT */
    vstrw.32  q0, [sp, #BIAS + 4 * \at]
    .endm

    .section .text.nf_mve_attend_8x16, "ax", %progbits
    .global nf_mve_attend_8x16
    .type nf_mve_attend_8x16, %function
nf_mve_attend_8x16:
    push      {r4-r11, lr}
    vpush     {d8-d15}
    sub       sp, sp, #FRAME
    ldr       r4, [sp, #SAVED]
    ldr       r5, [r0, #P_QUERIES]
    add       r5, r1, r5, lsl #3
    strd      r1, r5, [sp, #X]
    ldr       r6, [r0, #P_EXPONENTIALS]
    ldr       r7, [r0, #P_OUTPUT_STRIDE]
    lsl       r8, r7, #2
    strd      r6, r8, [sp, #EXPONENTIALS]

    ldrd      r5, r6, [r0, #P_ZERO_POINTS]
    rsb       r6, r6, #0
    ldrd      r8, r9, [r0, #P_SCORE]
    strd      r8, r6, [sp, #SCORE + 16]
    strd      r9, r5, [sp, #SCORE + 24]
    add       r5, sp, #SCORES
    ldr       r6, [r0, #P_SCORE + 8]
    strd      r5, r6, [sp, #SCORE + 8]
    add       r5, r2, #KEYS * COLUMNS
    strd      r2, r5, [sp, #SCORE]

    ldr       r6, [r0, #P_VALUE_ZERO_POINT]
    movw      r5, #:lower16:(KEYS * WEIGHT_ZERO_POINT)
    sxth      r5, r5
    rsb       r6, r6, #0
    ldrd      r8, r9, [r0, #P_CONTEXT]
    strd      r8, r6, [sp, #CONTEXT + 16]
    strd      r9, r5, [sp, #CONTEXT + 24]
    ldr       r6, [r0, #P_CONTEXT + 8]
    strd      r4, r6, [sp, #CONTEXT + 8]
    add       r5, sp, #BIAS
    strd      r3, r5, [sp, #CONTEXT]
    biases_of_four 0
    biases_of_four 4

    mov       r6, #0
    vidup.u16 q0, r6, #2                /* x 0, 0, 1, 1 ... times the stride, and 0, 2, 0, 2 ... */
    vmov.i16  q1, #2
    vand      q1, q1, q0
    vshr.u16  q0, q0, #2
    vmul.i16  q0, q0, r7
    vadd.i16  q0, q0, q1
    vstrw.32  q0, [sp, #OFFSETS]
    mov       r6, #0
    vidup.u32 q0, r6, #4
    vshl.i32  q0, q0, #2
    add       r5, sp, #WEIGHTS - 4
    vadd.i32  q0, q0, r5
    vstrw.32  q0, [sp, #WEIGHTS_AT]

.Lqueries:
    ldr       r2, [sp, #X]
    add       r0, sp, #SCORE
    vldrb.s16 q0, [r2]
    vldrb.s16 q1, [r2, #COLUMNS]
    vldrb.s16 q2, [r2, #2 * COLUMNS]
    vldrb.s16 q3, [r2, #3 * COLUMNS]
    ldm       r0, {r1, r3, r5, r7, r9, r10, r11, r12}
    center
    corrections 8, s16
1:  rows_of_four 8, vldrb.s16, s16
    vstrb.8   q4, [r5], #16
    cmp       r1, r3
    bne       1b

    vldrw.32  q0, [sp, #SCORES]
    vldrw.32  q1, [sp, #SCORES + 16]
    vldrw.32  q2, [sp, #SCORES + 32]
    vldrw.32  q3, [sp, #SCORES + 48]
    vmax.s8   q0, q0, q1
    vmax.s8   q2, q2, q3
    vmax.s8   q0, q0, q2
    join_maximum
    mov       r9, #ONE_OVER_4096
    vmov.i32  q3, #0
    ldr       r2, [sp, #EXPONENTIALS]
    add       r0, sp, #SCORES
    mov       r7, r0
    adr       r6, .Lkey_by_key
    vldrw.32  q4, [r6]
    vldrw.32  q5, [r6, #16]
    mov       r8, #KEYS / 4
    dls       lr, r8
2:  differences
    .rept 4
    sum_key
    .endr
    le        lr, 2b
    reciprocals
    vldrw.32  q0, [sp, #WEIGHTS_AT]
    mvn       r4, #127
    dls       lr, r8
3:  shares
    le        lr, 3b

    vldrw.32  q0, [sp, #WEIGHTS]
    vldrw.32  q1, [sp, #WEIGHTS + 16]
    vldrw.32  q2, [sp, #WEIGHTS + 32]
    vldrw.32  q3, [sp, #WEIGHTS + 48]
    add       r0, sp, #CONTEXT
    ldm       r0, {r1, r3, r5, r7, r9, r10, r11, r12}
    corrections 16, s8
4:  rows_of_four 16, vldrb.8, s8
    vldrw.32  q5, [sp, #OFFSETS]
    vstrh.16  q4, [r5, q5]
    add       r5, r5, #4
    add       r0, sp, #SCORES           /* the biases end there */
    cmp       r3, r0
    bne       4b

    ldrd      r0, r2, [sp, #X]
    ldr       r4, [sp, #Y]
    ldr       r6, [sp, #Y_STEP]
    add       r0, r0, #4 * COLUMNS
    add       r4, r4, r6
    str       r0, [sp, #X]
    str       r4, [sp, #Y]
    cmp       r0, r2
    bne.w     .Lqueries

    add       sp, sp, #FRAME
    vpop      {d8-d15}
    pop       {r4-r11, pc}

    softmax_constants
    .size nf_mve_attend_8x16, . - nf_mve_attend_8x16
