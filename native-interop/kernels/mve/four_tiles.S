/* void nf_mve_four_tiles(const nf_mve_four *four): see attention.h.
 *
 * A tile is four rows by four x, as in tiles.S: two passes take x 0 and 2, then 1 and 3; a pass is one run of straight code, entered at the
 * vector that leaves as many as the row has. The last vector of rows is read with a predicate. Multiplier and shift hold for all rows.
 *
 *   q0-q3  x, rows                    r1, r3, r5, r7   last vector of rows 0, 2, 1, 3
 *   q4-q7  sums of rows 0, 2, 1, 3    r9, r11          last vector of x 0 and 2, or 1 and 3
 *   r0, r2 ... lr   sums, from the corrections on: -row_zero_point times the sum of (x - x_zero_point); in between scratch */
    .syntax unified
    .thumb

    .equ CORRECTION_A, 0                /* of x 0 and 2, four times each */
    .equ CORRECTION_B, 32               /* of x 1 and 3 */
    .equ CONSTANTS, 64                  /* zero point, multiplier, shift, y, y_step, four rows, rows_end */
    .equ Y, CONSTANTS + 12
    .equ BIAS, 92
    .equ ENTRY_A, 96
    .equ ENTRY_B, 100
    .equ X_A, 104                       /* last vectors of 0 and 2 */
    .equ X_B, 112                       /* of 1 and 3 */
    .equ OFFSETS, 120
    .equ FRAME, 136
    .equ VECTOR_CODE, 14 * 4            /* bytes of code for one vector of a pass */

    .macro vector at
    vldrb.8   q0, [r9, #\at]
    vldrb.8   q1, [r11, #\at]
    vldrb.8   q2, [r1, #\at]
    vmladava.s8 r0, q0, q2
    vmladava.s8 r8, q1, q2
    vldrb.8   q3, [r3, #\at]
    vmladava.s8 r2, q0, q3
    vmladava.s8 r10, q1, q3
    vldrb.8   q2, [r5, #\at]
    vmladava.s8 r4, q0, q2
    vmladava.s8 r12, q1, q2
    vldrb.8   q3, [r7, #\at]
    vmladava.s8 r6, q0, q3
    vmladava.s8 lr, q1, q3
    .endm

    .macro pass entry, last
    ldr       pc, [sp, #\entry]
    .irp      at, -112, -96, -80, -64, -48, -32, -16
    vector    \at
    .endr
\last:
    vldrb.8   q0, [r9]
    vldrb.8   q1, [r11]
    vpstt
    vldrbt.8 q2, [r1]
    vldrbt.8 q3, [r3]
    vmladava.s8 r0, q0, q2
    vmladava.s8 r8, q1, q2
    vmladava.s8 r2, q0, q3
    vmladava.s8 r10, q1, q3
    vpstt
    vldrbt.8 q2, [r5]
    vldrbt.8 q3, [r7]
    vmladava.s8 r4, q0, q2
    vmladava.s8 r12, q1, q2
    vmladava.s8 r6, q0, q3
    vmladava.s8 lr, q1, q3
    .endm

    .section .text.nf_mve_four_tiles, "ax", %progbits
    .global nf_mve_four_tiles
    .type nf_mve_four_tiles, %function
nf_mve_four_tiles:
    push      {r4-r11, lr}
    vpush     {d8-d15}
    sub       sp, sp, #FRAME
    ldm       r0!, {r1-r11}
    vldrw.32  q0, [r0], #16
    vstrw.32  q0, [sp, #OFFSETS]
    str       r4, [sp, #BIAS]
    strd      r6, r7, [sp, #CONSTANTS]
    strd      r8, r5, [sp, #CONSTANTS + 8]
    ldm       r0, {r4, r12, lr}
    lsl       r6, r12, #2
    strd      r4, r6, [sp, #CONSTANTS + 16]
    sub       r5, lr, #1
    lsr       r5, r5, #4                /* vectors before the last */
    sub       r8, lr, r5, lsl #4
    vctp.8    r8
    lsl       r8, r5, #4
    add       r11, r11, r8
    str       r11, [sp, #CONSTANTS + 24]
    mov       r6, #VECTOR_CODE
    mul       r6, r6, r5
    ldr       r7, =.Llast_a + 1
    ldr       r11, =.Llast_b + 1
    sub       r7, r7, r6
    sub       r11, r11, r6
    strd      r7, r11, [sp, #ENTRY_A]

    mul       r9, r9, r10
    add       r7, r8, #16
    mul       r9, r9, r7
    rsb       r10, r10, #0
    mov       lr, r5
    add       r5, r1, r2
    add       r7, r5, r2
    add       r11, r7, r2
    vldrb.8   q0, [r1]
    vldrb.8   q1, [r5]
    vldrb.8   q2, [r7]
    vldrb.8   q3, [r11]
    vaddv.s8  r0, q0
    vaddv.s8  r2, q1
    vaddv.s8  r4, q2
    vaddv.s8  r6, q3
    wls       lr, lr, 2f
1:  vldrb.8   q0, [r1, #16]!
    vldrb.8   q1, [r5, #16]!
    vldrb.8   q2, [r7, #16]!
    vldrb.8   q3, [r11, #16]!
    vaddva.s8 r0, q0
    vaddva.s8 r2, q1
    vaddva.s8 r4, q2
    vaddva.s8 r6, q3
    le        lr, 1b
2:  mla       r0, r0, r10, r9
    mla       r2, r2, r10, r9
    mla       r4, r4, r10, r9
    mla       r6, r6, r10, r9
    vdup.32   q0, r0
    vdup.32   q1, r2
    vdup.32   q2, r4
    vdup.32   q3, r6
    vstrw.32  q0, [sp, #CORRECTION_A]
    vstrw.32  q1, [sp, #CORRECTION_B]
    vstrw.32  q2, [sp, #CORRECTION_A + 16]
    vstrw.32  q3, [sp, #CORRECTION_B + 16]
    strd      r1, r7, [sp, #X_A]
    strd      r5, r11, [sp, #X_B]
    add       r1, r3, r8
    add       r5, r1, r12
    add       r3, r5, r12
    add       r7, r3, r12

.Ltile:
    ldrd      r9, r11, [sp, #X_A]
    ldm       sp, {r0, r2, r4, r6, r8, r10, r12, lr}
    pass      ENTRY_A, .Llast_a
    vmov      q4[2], q4[0], r0, r8
    vmov      q5[2], q5[0], r2, r10
    ldrd      r9, r11, [sp, #X_B]
    vmov      q6[2], q6[0], r4, r12
    vmov      q7[2], q7[0], r6, lr
    add       r0, sp, #CORRECTION_B
    ldm       r0, {r0, r2, r4, r6, r8, r10, r12, lr}
    pass      ENTRY_B, .Llast_b
    vmov      q4[3], q4[1], r0, r8
    vmov      q5[3], q5[1], r2, r10
    vmov      q6[3], q6[1], r4, r12
    vmov      q7[3], q7[1], r6, lr
    ldr       r8, [sp, #BIAS]
    ldm       r8!, {r0, r2, r4, r6}
    vadd.i32  q4, q4, r0
    vadd.i32  q5, q5, r2
    vadd.i32  q6, q6, r4
    vadd.i32  q7, q7, r6
    str       r8, [sp, #BIAS]
    add       r0, sp, #CONSTANTS
    ldm       r0, {r0, r2, r4, r6, r8, r10, r12}
    vshr.s32  q0, q4, #31
    vqrdmlah.s32 q0, q4, r2
    vshr.s32  q1, q5, #31
    vqrdmlah.s32 q1, q5, r2
    vshr.s32  q2, q6, #31
    vqrdmlah.s32 q2, q6, r2
    vshr.s32  q3, q7, #31
    vqrdmlah.s32 q3, q7, r2
    vrshl.s32 q0, r4
    vrshl.s32 q1, r4
    vrshl.s32 q2, r4
    vrshl.s32 q3, r4
    vqmovnb.s32 q0, q0
    vqmovnt.s32 q0, q1
    vqmovnb.s32 q2, q2
    vqmovnt.s32 q2, q3
    vqadd.s16 q0, q0, r0
    vqadd.s16 q2, q2, r0
    vldrw.32  q1, [sp, #OFFSETS]
    vqmovnb.s16 q0, q0
    vqmovnt.s16 q0, q2
    vstrh.16  q0, [r6, q1]
    add       r6, r6, r8
    str       r6, [sp, #Y]
    add       r1, r1, r10
    add       r3, r3, r10
    add       r5, r5, r10
    add       r7, r7, r10
    cmp       r1, r12
    bne.w     .Ltile

    add       sp, sp, #FRAME
    vpop      {d8-d15}
    pop       {r4-r11, pc}

    .align 2
    .ltorg
    .size nf_mve_four_tiles, . - nf_mve_four_tiles
