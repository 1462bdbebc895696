/* void nf_mve_four_rows_8(const nf_mve_four *four), nf_mve_four_rows_16: see attention.h.
 *
 * Four vectors stay in registers, the rows stream past them, two a turn. Of 16 int8 values nothing can be taken off, so that a fifth
 * product gives the share of x_zero_point; 8 values are widened to int16 and centred at once. What is left of the zero points is a constant
 * for each lane. */
    .syntax unified
    .thumb

    .equ SAVED, 16

    .macro products type
    vmladav.\type r0, q0, q4
    vmladav.\type r2, q1, q4
    vmladav.\type r4, q2, q4
    vmladav.\type r6, q3, q4
    .endm

    .macro collect sums
    vmov      \sums[2], \sums[0], r0, r4
    vmov      \sums[3], \sums[1], r2, r6
    .endm

    .macro four_rows width, load, type
    .section .text.nf_mve_four_rows_\width, "ax", %progbits
    .global nf_mve_four_rows_\width
    .type nf_mve_four_rows_\width, %function
nf_mve_four_rows_\width:
    push      {r4-r11, lr}
    vpush     {d8-d15}
    .if \width == 16
    sub       sp, sp, #SAVED
    .endif
    ldm       r0!, {r1, r2}
    add       r3, r1, r2
    \load     q0, [r1]
    add       r4, r3, r2
    \load     q1, [r3]
    \load     q2, [r4]
    add       r4, r4, r2
    \load     q3, [r4]
    ldm       r0!, {r1, r3, r5, r7-r12}
    dls       lr, r3
    mov       r3, r0                        /* the offsets */
    .if \width == 8
    vsub.i16  q0, q0, r10
    vsub.i16  q1, q1, r10
    vsub.i16  q2, q2, r10
    vsub.i16  q3, q3, r10
    .endif
    vaddv.\type r0, q0
    vaddv.\type r2, q1
    vaddv.\type r4, q2
    vaddv.\type r6, q3
    collect   q4
    rsb       r12, r12, #0
    .if \width == 8
    vmul.i32  q7, q4, r12
    .else
    vdup.8    q7, r10
    lsl       r10, r10, #4
    vsub.i32  q4, q4, r10
    vmul.i32  q4, q4, r12
    vstrw.32  q4, [sp]
    .endif

1:  \load     q4, [r1], #\width
    products  \type
    .if \width == 16
    vmladav.s8 r10, q7, q4
    .endif
    \load     q4, [r1], #\width
    collect   q5
    products  \type
    collect   q6
    .if \width == 8
    vadd.i32  q5, q5, q7
    vadd.i32  q6, q6, q7
    .else
    vmladav.s8 r12, q7, q4
    vldrw.32  q4, [sp]
    vsub.i32  q5, q5, r10
    vsub.i32  q6, q6, r12
    vadd.i32  q5, q5, q4
    vadd.i32  q6, q6, q4
    .endif
    vshr.s32  q4, q5, #31
    vqrdmlah.s32 q4, q5, r9
    vshr.s32  q5, q6, #31
    vqrdmlah.s32 q5, q6, r9
    vrshl.s32 q4, r11
    vrshl.s32 q5, r11
    vqmovnb.s32 q4, q4
    vqmovnt.s32 q4, q5
    vldrw.32  q5, [r3]
    vqadd.s16 q4, q4, r8
    vqmovnb.s16 q4, q4
    vstrb.16  q4, [r5, q5]
    add       r5, r5, r7
    le        lr, 1b

    .if \width == 16
    add       sp, sp, #SAVED
    .endif
    vpop      {d8-d15}
    pop       {r4-r11, pc}
    .size nf_mve_four_rows_\width, . - nf_mve_four_rows_\width
    .endm

    four_rows 8, vldrb.s16, s16
    four_rows 16, vldrb.8, s8
