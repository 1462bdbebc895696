/* int32_t nf_mve_tiles(const nf_mve_product *product, int32_t row): see product.h.
 *
 * A tile is four rows of weights by four tokens. Two passes take two tokens each: eight sums fill the eight even registers that
 * VMLADAV can add to, the pointers of four rows and two tokens the odd ones. A pass starts from the biases and is one run of
 * straight code, entered at the vector that leaves as many as the row has. The sums then become four vectors, one per row, whose lanes are
 * tokens: multiplier and shift are scalars. The rounding shift rounds halves away from zero because the sign (-1 or 0) is added first. */
    .syntax unified
    .thumb

    .equ P_X, 0                 /* of nf_mve_product */
    .equ P_WEIGHTS, 4           /* and y */
    .equ P_TOKENS, 12
    .equ P_ROWS, 16
    .equ P_INNER, 20
    .equ P_STRIDES, 24          /* of x, weights; token, output */
    .equ P_BIAS, 40             /* and multiplier */
    .equ P_SHIFT, 48            /* and constants_step */
    .equ P_CORRECTION, 56
    .equ P_ZERO_POINT, 60
    .equ P_CLAMP, 64

    .equ BIAS, 0                /* bias[4] of the group, twice */
    .equ SCALE, 32              /* multiplier[4], shift[4] */
    .equ ZERO_POINT, 64         /* and the step from token 1 to token 4 */
    .equ Y_NOW, 72              /* of rows 0 and 2 */
    .equ Y_TOKEN_STEP, 80       /* and x of the token behind the last tile */
    .equ X_STRIDE, 88
    .equ ENTRY_A, 92
    .equ ENTRY_B, 96
    .equ FINISH, 100
    .equ WEIGHTS, 104           /* and stride */
    .equ CONSTANT_POINTERS, 112 /* bias, multiplier, shift, step of the last two */
    .equ X, 128                 /* tokens 0 and 2 */
    .equ Y, 136                 /* and the step of a group */
    .equ Y_HALF_STEP, 144
    .equ GROUPS, 148
    .equ OFFSETS, 152
    .equ LOW, 168               /* and high; or where the correction is */
    .equ FRAME, 176
    .equ VECTOR_CODE, 14 * 4    /* bytes of code for one vector of a pass */

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

    .macro pass entry, end
    ldm       sp, {r0, r2, r4, r6, r8, r10, r12, lr}
    ldr       pc, [sp, #\entry]
    .irp      at, 112, 96, 80, 64, 48, 32, 16, 0
    vector    \at
    .endr
\end:
    .endm

    .macro requantize corrected
    .if \corrected
    ldr       r0, [sp, #LOW]
    vldrw.32  q0, [r0]
    vadd.i32  q4, q4, q0
    vadd.i32  q5, q5, q0
    vadd.i32  q6, q6, q0
    vadd.i32  q7, q7, q0
    .endif
    add       r0, sp, #SCALE
    ldm       r0, {r0, r2, r4, r6, r8, r10, r12, lr}
    vshr.s32  q0, q4, #31
    vqrdmlah.s32 q0, q4, r0
    vshr.s32  q1, q5, #31
    vqrdmlah.s32 q1, q5, r2
    vshr.s32  q2, q6, #31
    vqrdmlah.s32 q2, q6, r4
    vshr.s32  q3, q7, #31
    vqrdmlah.s32 q3, q7, r6
    vrshl.s32 q0, r8
    vrshl.s32 q1, r10
    vrshl.s32 q2, r12
    vrshl.s32 q3, lr
    .endm

    /* Saturating to int16 and to int8 changes nothing that the clamp would not. */
    .macro store clamped
    ldrd      r0, r2, [sp, #ZERO_POINT]
    vqmovnb.s32 q0, q0
    vqmovnt.s32 q0, q1
    vqmovnb.s32 q2, q2
    vqmovnt.s32 q2, q3
    ldrd      r4, r6, [sp, #Y_NOW]
    ldrd      r8, r10, [sp, #Y_TOKEN_STEP]
    vqadd.s16 q0, q0, r0
    vqadd.s16 q2, q2, r0
    vldrw.32  q1, [sp, #OFFSETS]
    .if \clamped
    ldrd      r12, lr, [sp, #LOW]
    vdup.16   q3, r12
    vdup.16   q4, lr
    vmax.s16  q0, q0, q3
    vmax.s16  q2, q2, q3
    vmin.s16  q0, q0, q4
    vmin.s16  q2, q2, q4
    .else
    vqmovnb.s16 q0, q0
    vqmovnb.s16 q2, q2
    .endif
    vstrb.16  q0, [r4, q1]
    vstrb.16  q2, [r6, q1]
    add       r9, r9, r2
    add       r11, r11, r2
    add       r4, r4, r8
    add       r6, r6, r8
    cmp       r9, r10
    strd      r4, r6, [sp, #Y_NOW]
    bne.w     .Ltile
    b.w       .Lgroup_done
    .endm

    .section .text.nf_mve_tiles, "ax", %progbits
    .global nf_mve_tiles
    .type nf_mve_tiles, %function
nf_mve_tiles:
    push      {r4-r11, lr}
    vpush     {d8-d15}
    sub       sp, sp, #FRAME

    ldrd      r2, r3, [r0, #P_STRIDES]
    ldrd      r4, r5, [r0, #P_STRIDES + 8]
    ldr       r6, [r0, #P_X]
    ldr       r8, [r0, #P_TOKENS]
    bic       r8, r8, #3
    mla       r8, r8, r2, r6
    lsl       r7, r4, #2
    strd      r7, r8, [sp, #Y_TOKEN_STEP]
    str       r2, [sp, #X_STRIDE]
    ldr       r7, [r0, #P_ZERO_POINT]
    add       r8, r2, r2, lsl #1
    strd      r7, r8, [sp, #ZERO_POINT]
    add       r7, r6, r2, lsl #1
    strd      r6, r7, [sp, #X]
    ldrd      r6, r7, [r0, #P_WEIGHTS]
    mla       r6, r1, r3, r6
    strd      r6, r3, [sp, #WEIGHTS]
    mla       r6, r1, r5, r7
    lsl       r7, r5, #2
    strd      r6, r7, [sp, #Y]
    ldr       r7, [r0, #P_ROWS]
    lsl       r6, r5, #1
    sub       r7, r7, r1
    lsr       r7, r7, #2
    strd      r6, r7, [sp, #Y_HALF_STEP]
    ldrd      r6, r7, [r0, #P_BIAS]
    ldrd      r8, r9, [r0, #P_SHIFT]
    mul       r10, r1, r9
    add       r6, r6, r1, lsl #2
    add       r7, r7, r10, lsl #2
    add       r8, r8, r10, lsl #2
    lsl       r9, r9, #4
    strd      r6, r7, [sp, #CONSTANT_POINTERS]
    strd      r8, r9, [sp, #CONSTANT_POINTERS + 8]

    mov       r8, #0
    vidup.u16 q0, r8, #1                /* from y: r0 t0, r1 t0, r0 t1 ... */
    vmov.i16  q1, #1
    vand      q1, q1, q0
    vshr.u16  q0, q0, #1
    vmul.i16  q1, q1, r5
    vmul.i16  q0, q0, r4
    vadd.i16  q0, q0, q1
    vstrw.32  q0, [sp, #OFFSETS]

    ldr       r4, [r0, #P_INNER]
    mov       r5, #VECTOR_CODE
    lsr       r4, r4, #4
    mul       r4, r4, r5
    ldr       r2, =.Lend_a + 1
    ldr       r3, =.Lend_b + 1
    sub       r2, r2, r4
    sub       r3, r3, r4
    strd      r2, r3, [sp, #ENTRY_A]

    ldr       r2, [r0, #P_CORRECTION]
    ldrd      r3, r4, [r0, #P_CLAMP]
    ldr       r5, =.Lplain + 1
    sub       r6, r4, r3
    cbz       r2, 1f
    strd      r2, r4, [sp, #LOW]
    ldr       r5, =.Lcorrected + 1
1:  cmp       r6, #255
    beq       2f
    strd      r3, r4, [sp, #LOW]
    ldr       r5, =.Lclamped + 1
2:  str       r5, [sp, #FINISH]

.Lgroup:
    ldrd      r0, r2, [sp, #CONSTANT_POINTERS]
    ldrd      r4, r6, [sp, #CONSTANT_POINTERS + 8]
    vldrw.32  q0, [r0], #16
    vldrw.32  q1, [r2]
    vldrw.32  q2, [r4]
    add       r2, r2, r6
    add       r4, r4, r6
    vstrw.32  q0, [sp, #BIAS]
    vstrw.32  q0, [sp, #BIAS + 16]
    vstrw.32  q1, [sp, #SCALE]
    vstrw.32  q2, [sp, #SCALE + 16]
    strd      r0, r2, [sp, #CONSTANT_POINTERS]
    str       r4, [sp, #CONSTANT_POINTERS + 8]
    mov       r8, #-1
    vmaxv.s32 r8, q2
    cmp       r8, #0
    bge.w     .Lleave
    ldrd      r1, r8, [sp, #WEIGHTS]
    ldrd      r9, r11, [sp, #X]
    add       r3, r1, r8
    add       r5, r3, r8
    add       r7, r5, r8
    add       r8, r8, r7
    str       r8, [sp, #WEIGHTS]
    ldrd      r0, r2, [sp, #Y]
    ldr       r4, [sp, #Y_HALF_STEP]
    add       r4, r4, r0
    strd      r0, r4, [sp, #Y_NOW]
    add       r0, r0, r2
    str       r0, [sp, #Y]

.Ltile:
    pass      ENTRY_A, .Lend_a
    vmov      q4[2], q4[0], r0, r8
    vmov      q5[2], q5[0], r2, r10
    ldr       r0, [sp, #X_STRIDE]
    vmov      q6[2], q6[0], r4, r12
    vmov      q7[2], q7[0], r6, lr
    add       r9, r9, r0
    add       r11, r11, r0
    pass      ENTRY_B, .Lend_b
    vmov      q4[3], q4[1], r0, r8
    vmov      q5[3], q5[1], r2, r10
    vmov      q6[3], q6[1], r4, r12
    vmov      q7[3], q7[1], r6, lr
    ldr       pc, [sp, #FINISH]

.Lplain:
    requantize 0
    store     0
.Lclamped:
    requantize 0
    store     1
.Lcorrected:
    requantize 1
    store     0

.Lgroup_done:
    ldr       r0, [sp, #GROUPS]
    subs      r0, r0, #1
    str       r0, [sp, #GROUPS]
    bne.w     .Lgroup
.Lleave:
    ldr       r0, [sp, #GROUPS]
    add       sp, sp, #FRAME
    vpop      {d8-d15}
    pop       {r4-r11, pc}

    .align 2
    .ltorg
    .size nf_mve_tiles, . - nf_mve_tiles
