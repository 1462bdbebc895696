/* void nf_mve_scores_8(const nf_mve_four *four), nf_mve_scores_16, nf_mve_context_16: see attention.h.
 *
 * Four vectors stay in registers, the rows stream past them, four a turn: 0 and 2, then 1 and 3 (four_rows.inc). 8 values are widened to
 * int16 and x is centred at once; of 16 int8 values nothing can be taken off, so that each row has a bias.
 *
 *   q0-q3  x                      r1     rows, behind the four at work    r7   zero point
 *   q4     row; rows 0 and 2      r3     bias; rows_end of 8 values       r9   multiplier
 *   q5-q7  row; sums, scaled      r5     y                                r11  shift
 *   r0, r2 ... lr   sums; in between scratch */
    .syntax unified
    .thumb

    .equ ROWS_END, 32                   /* behind the corrections */
    .equ OFFSETS, 48
    .equ FRAME, 64

#include "four_rows.inc"

    .macro four_rows name, width, load, type, is_scattered
    .section .text.nf_mve_\name\()_\width, "ax", %progbits
    .global nf_mve_\name\()_\width
    .type nf_mve_\name\()_\width, %function
nf_mve_\name\()_\width:
    push      {r4-r11, lr}
    vpush     {d8-d15}
    sub       sp, sp, #FRAME
    ldm       r0!, {r2, r4}
    add       r6, r2, r4
    \load     q0, [r2]
    add       r2, r6, r4
    \load     q1, [r6]
    add       r6, r2, r4
    \load     q2, [r2]
    \load     q3, [r6]
    ldm       r0!, {r1, r3, r5, r7, r9, r11, r12, lr}
    rsb       r10, lr, #0
    .if \width == 8
    ldr       r3, [r0]
    center
    .else
    ldr       r8, [r0], #4
    str       r8, [sp, #ROWS_END]
    lsl       r12, r12, #4
    .endif
    .if \is_scattered
    vldrw.32  q4, [r0]
    vstrw.32  q4, [sp, #OFFSETS]
    .endif
    corrections \width, \type

1:  rows_of_four \width, \load, \type
    .if \is_scattered
    vldrw.32  q5, [sp, #OFFSETS]
    vstrh.16  q4, [r5, q5]
    add       r5, r5, #4
    .else
    vstrb.8   q4, [r5], #16
    .endif
    .if \width == 16
    ldr       r0, [sp, #ROWS_END]
    cmp       r1, r0
    .else
    cmp       r1, r3
    .endif
    bne       1b

    add       sp, sp, #FRAME
    vpop      {d8-d15}
    pop       {r4-r11, pc}
    .size nf_mve_\name\()_\width, . - nf_mve_\name\()_\width
    .endm

    four_rows scores, 8, vldrb.s16, s16, 0
    four_rows scores, 16, vldrb.8, s8, 0
    four_rows context, 16, vldrb.8, s8, 1
