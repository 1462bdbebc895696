/* void nf_mve_softmax_four(const nf_mve_softmax *softmax): see attention.h.
 *
 *   r0  scores, of the shares    r2  exponentials    r5  weights_at                    r8  blocks of four keys
 *   r1  keys                     r3  unseen, or 0    r7  scores, of maximum and sum    r9, q0-q7  as in softmax.inc */
    .syntax unified
    .thumb

#include "softmax.inc"

    .section .text.nf_mve_softmax_four, "ax", %progbits
    .global nf_mve_softmax_four
    .type nf_mve_softmax_four, %function
nf_mve_softmax_four:
    push      {r4-r9, lr}
    vpush     {d8-d15}
    add       r5, r0, #4 * 4
    ldm       r0, {r0, r1, r2, r3}
    mov       r7, r0
    add       r8, r1, #3
    lsr       r8, r8, #2
    vldrb.8   q0, [r0]
    dls       lr, r8
1:  vldrb.8   q1, [r7], #16
    vmax.s8   q0, q0, q1
    le        lr, 1b
    join_maximum

    mov       r9, #ONE_OVER_4096
    vmov.i32  q3, #0
    cbz       r3, 7f
    vmov.i8   q1, #0x80                 /* take off what the unseen are going to add */
    vsub.i8   q1, q0, q1
    vshr.u32  q1, q1, #24
    vldrw.u32 q2, [r2, q1, uxtw #2]
    vqrdmulh.s32 q2, q2, r9
    vldrw.32  q1, [r3]
    vmul.i32  q2, q2, q1
    vsub.i32  q3, q3, q2

7:  mov       r7, r0
    adr       r6, .Lkey_by_key
    vldrw.32  q4, [r6]
    vldrw.32  q5, [r6, #16]
    lsr       r6, r1, #2
    wls       lr, r6, 3f
2:  differences
    .rept 4
    sum_key
    .endr
    le        lr, 2b
3:  ands      r1, r1, #3
    beq       5f
    differences
    dls       lr, r1
4:  sum_key
    le        lr, 4b

5:  reciprocals
    vldrw.32  q0, [r5]
    mvn       r4, #127
    dls       lr, r8
6:  shares
    le        lr, 6b

    vpop      {d8-d15}
    pop       {r4-r9, pc}

    softmax_constants
    .size nf_mve_softmax_four, . - nf_mve_softmax_four
