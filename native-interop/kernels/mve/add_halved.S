/* void nf_mve_add_halved(const nf_mve_halved_sum *sum): see add_s8.c.
 *
 * A rounding shift to the right and what comes behind it are one product with a power of two: VQRDMLASH multiplies, rounds and adds.
 *
 *   r1  halved        r4   2^19                       q0-q3  values
 *   r2  other         r5   offset of halved           q4     order of the bytes
 *   r3  y             r6   offset of other            q5     2^(31 + other shift)
 *                     r7   other multiplier           q6     2^(31 + shift)
 *                     r9   multiplier                 q7     2^20
 *                     r11  zero point */
    .syntax unified
    .thumb

    .equ LOW, 0
    .equ HIGH, 16
    .equ FRAME, 32

    /* Four values. */
    .macro sum result, other
    vldrb.s32 \result, [r2], #4
    vmlas.s32 \result, q7, r6
    vshr.s32  \other, \result, #31
    vqrdmlah.s32 \other, \result, r7
    vqrdmlash.s32 \other, q5, r5
    vldrb.s32 \result, [r1], #4
    vmla.s32  \other, \result, r4
    vshr.s32  \result, \other, #31
    vqrdmlah.s32 \result, \other, r9
    vqrdmlash.s32 \result, q6, r11
    .endm

    /* Sixteen values a turn. Saturating to int16, or to int8, changes nothing that the clamp would not. */
    .macro sums clamped
1:  sum       q0, q1
    sum       q1, q2
    vqmovnb.s32 q0, q0
    vqmovnt.s32 q0, q1
    sum       q1, q2
    sum       q2, q3
    vqmovnb.s32 q1, q1
    vqmovnt.s32 q1, q2
    .if \clamped
    vldrw.32  q2, [sp, #LOW]
    vldrw.32  q3, [sp, #HIGH]
    vmax.s16  q0, q0, q2
    vmax.s16  q1, q1, q2
    vmin.s16  q0, q0, q3
    vmin.s16  q1, q1, q3
    .endif
    vqmovnb.s16 q0, q0
    vqmovnt.s16 q0, q1
    vstrb.8   q0, [r3, q4]
    add       r3, r3, #16
    le        lr, 1b
    .endm

    .macro power result, shift
    add       \shift, \shift, #31
    lsl       \shift, r0, \shift
    vdup.32   \result, \shift
    .endm

    .section .text.nf_mve_add_halved, "ax", %progbits
    .global nf_mve_add_halved
    .type nf_mve_add_halved, %function
nf_mve_add_halved:
    push      {r4-r11, lr}
    vpush     {d8-d15}
    sub       sp, sp, #FRAME
    ldm       r0!, {r1-r11}
    dls       lr, r4
    ldrd      r4, r12, [r0]
    mov       r0, #1
    power     q5, r8
    power     q6, r10
    adr       r8, .Lorder
    vldrw.32  q4, [r8]
    vmov.i32  q7, #1 << 20
    sub       r8, r12, r4
    vdup.16   q0, r4
    vdup.16   q1, r12
    mov.w     r4, #1 << 19
    cmp       r8, #255
    bne       2f
    sums      0
    b         3f
2:  vstrw.32  q0, [sp, #LOW]
    vstrw.32  q1, [sp, #HIGH]
    sums      1

3:  add       sp, sp, #FRAME
    vpop      {d8-d15}
    pop       {r4-r11, pc}

    .align 2
.Lorder:
    .byte     0, 8, 4, 12, 1, 9, 5, 13, 2, 10, 6, 14, 3, 11, 7, 15
    .size nf_mve_add_halved, . - nf_mve_add_halved
