/* void nf_mve_add_halved(const nf_mve_halved_sum *sum): see add_s8.c. */
    .syntax unified
    .thumb

    .macro requantize result, value, multiplier, shift
    vshr.s32  \result, \value, #31
    vqrdmlah.s32 \result, \value, \multiplier
    vrshl.s32 \result, \shift
    .endm

    /* Eight values a turn. Saturating to int16, or to int8, changes nothing that the clamp would not. */
    .macro add_eights clamped
1:  vldrb.s32 q0, [r2], #4
    vldrb.s32 q1, [r2], #4
    vmlas.s32 q0, q7, r6
    vmlas.s32 q1, q7, r6
    requantize q2, q0, r7, r8
    requantize q3, q1, r7, r8
    vldrb.s32 q0, [r1], #4
    vldrb.s32 q1, [r1], #4
    vmla.s32  q2, q0, r4
    vmla.s32  q3, q1, r4
    vadd.i32  q2, q2, r5
    vadd.i32  q3, q3, r5
    requantize q0, q2, r9, r10
    requantize q1, q3, r9, r10
    vqmovnb.s32 q0, q0
    vqmovnt.s32 q0, q1
    vqadd.s16 q0, q0, r11
    .if \clamped
    vmax.s16  q0, q0, q5
    vmin.s16  q0, q0, q6
    .else
    vqmovnb.s16 q0, q0
    .endif
    vstrb.16  q0, [r3, q4]
    add       r3, r3, #8
    le        lr, 1b
    .endm

    .section .text.nf_mve_add_halved, "ax", %progbits
    .global nf_mve_add_halved
    .type nf_mve_add_halved, %function
nf_mve_add_halved:
    push      {r4-r11, lr}
    vpush     {d8-d15}
    ldm       r0!, {r1-r11}
    dls       lr, r4
    ldrd      r4, r12, [r0]
    vdup.16   q5, r4
    vdup.16   q6, r12
    sub       r4, r12, r4
    cmp       r4, #255
    adr       r12, .Lorder
    vldrw.32  q4, [r12]
    mov.w     r4, #1 << 19
    vmov.i32  q7, #1 << 20

    bne       2f
    add_eights 0
    b         3f
2:  add_eights 1

3:  vpop      {d8-d15}
    pop       {r4-r11, pc}

    .align 2
.Lorder:
    .hword    0, 4, 1, 5, 2, 6, 3, 7
    .size nf_mve_add_halved, . - nf_mve_add_halved
