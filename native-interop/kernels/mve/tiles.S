/* int32_t nf_mve_tiles(const nf_mve_product *product, int32_t row): see product.h.
 *
 * A tile is four rows of weights by four tokens. Two passes take two tokens each: eight sums fill the eight even registers that
 * VMLADAV can add to, the pointers of four rows and two tokens the odd ones. A pass starts from the biases and is one run of
 * straight code, entered at the vector that leaves as many as the row has, or before at what is less than a vector. The sums then become
 * four vectors, one per row, whose lanes are tokens: multiplier and shift are scalars. The rounding shift rounds halves away from zero
 * because the sign (-1 or 0) is added first.
 *
 *   q0-q3  tokens, rows               r1, r3, r5, r7   last whole vector of rows 0, 2, 1, 3
 *   q4-q7  sums of rows 0, 2, 1, 3    r9, r11          last whole vector of tokens 0 and 2, or 1 and 3
 *   r0, r2 ... lr   sums, from the biases on; in between scratch */
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
    .equ P_ZERO_POINT, 60
    .equ P_CLAMP, 64

    .equ BIAS, 0                /* bias[4] of the group, twice; this and the scale in the order of the rows' registers */
    .equ SCALE, 32              /* multiplier[4], shift[4] */
    .equ CONSTANTS, 64          /* behind the scale: zero point, y, its step, step from token 1 to token 4, x of the token behind the last tile */
    .equ Y_NOW, CONSTANTS + 4
    .equ X_STRIDE, 84
    .equ ENTRY_A, 88            /* where a pass begins, and its whole vectors */
    .equ WHOLE_A, 92
    .equ ENTRY_B, 96
    .equ WHOLE_B, 100
    .equ FINISH, 104
    .equ STORE, 108
    .equ WEIGHTS, 112           /* and stride */
    .equ CONSTANT_POINTERS, 120 /* bias, multiplier, shift, step of the last two */
    .equ X, 136                 /* tokens 0 and 2 */
    .equ Y, 144                 /* and the step of a group */
    .equ OUTPUT_STRIDE, 152
    .equ GROUPS, 156
    .equ OFFSETS, 160
    .equ ORDER, 176             /* of rows: 0, 2, 1, 3 */
    .equ CLAMP, 192
    .equ FRAME, 200
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

    .macro pass entry, whole, part, end
    ldm       sp, {r0, r2, r4, r6, r8, r10, r12, lr}
    ldr       pc, [sp, #\entry]
\part:
    vpstttt
    vldrbt.8  q0, [r9, #16]
    vldrbt.8  q1, [r11, #16]
    vldrbt.8  q2, [r1, #16]
    vldrbt.8  q3, [r3, #16]
    vmladava.s8 r0, q0, q2
    vmladava.s8 r8, q1, q2
    vmladava.s8 r2, q0, q3
    vmladava.s8 r10, q1, q3
    vpstt
    vldrbt.8  q2, [r5, #16]
    vldrbt.8  q3, [r7, #16]
    vmladava.s8 r4, q0, q2
    vmladava.s8 r12, q1, q2
    vmladava.s8 r6, q0, q3
    vmladava.s8 lr, q1, q3
    ldr       pc, [sp, #\whole]
    .irp      at, -112, -96, -80, -64, -48, -32, -16, 0
    vector    \at
    .endr
\end:
    .endm

    .section .text.nf_mve_tiles, "ax", %progbits
    .global nf_mve_tiles
    .type nf_mve_tiles, %function
nf_mve_tiles:
    push      {r4-r11, lr}
    vpush     {d8-d15}
    sub       sp, sp, #FRAME

    ldr       r12, [r0, #P_INNER]
    lsr       r11, r12, #4              /* whole vectors */
    and       r12, r12, #15
    vctp.8    r12
    mov       r4, #VECTOR_CODE
    mul       r4, r11, r4
    ldr       r2, =.Lend_a + 1
    ldr       r3, =.Lend_b + 1
    sub       r5, r2, r4
    sub       r7, r3, r4
    mov       r4, r5
    mov       r6, r7
    cmp       r12, #0
    beq       1f
    ldr       r4, =.Lpart_a + 1
    ldr       r6, =.Lpart_b + 1
1:  strd      r4, r5, [sp, #ENTRY_A]
    strd      r6, r7, [sp, #ENTRY_B]
    lsl       r11, r11, #4
    sub       r11, r11, #16             /* from the first vector to the last whole one */

    ldrd      r2, r3, [r0, #P_STRIDES]
    ldrd      r4, r5, [r0, #P_STRIDES + 8]
    ldr       r6, [r0, #P_X]
    ldr       r8, [r0, #P_TOKENS]
    add       r6, r6, r11
    bic       r8, r8, #3
    mla       r8, r8, r2, r6
    add       r7, r2, r2, lsl #1
    strd      r7, r8, [sp, #CONSTANTS + 12]
    lsl       r7, r4, #2
    str       r7, [sp, #CONSTANTS + 8]
    ldr       r7, [r0, #P_ZERO_POINT]
    str       r7, [sp, #CONSTANTS]
    str       r2, [sp, #X_STRIDE]
    add       r7, r6, r2, lsl #1
    strd      r6, r7, [sp, #X]
    ldrd      r6, r7, [r0, #P_WEIGHTS]
    add       r6, r6, r11
    mla       r6, r1, r3, r6
    strd      r6, r3, [sp, #WEIGHTS]
    mla       r6, r1, r5, r7
    lsl       r7, r5, #2
    strd      r6, r7, [sp, #Y]
    ldr       r7, [r0, #P_ROWS]
    sub       r7, r7, r1
    lsr       r7, r7, #2
    strd      r5, r7, [sp, #OUTPUT_STRIDE]
    ldrd      r6, r7, [r0, #P_BIAS]
    ldrd      r8, r9, [r0, #P_SHIFT]
    mul       r10, r1, r9
    add       r6, r6, r1, lsl #2
    add       r7, r7, r10, lsl #2
    add       r8, r8, r10, lsl #2
    lsl       r9, r9, #4
    strd      r6, r7, [sp, #CONSTANT_POINTERS]
    strd      r8, r9, [sp, #CONSTANT_POINTERS + 8]

    add       r6, r4, r5
    add       r6, r6, r6, lsl #1
    cmp       r6, #255
    bhi       2f
    mov       r8, #0
    vidup.u8  q0, r8, #1                /* from y: t0 r0, t0 r1, t0 r2, t0 r3, t1 r0 ... */
    vmov.i8   q1, #3
    vand      q1, q1, q0
    vshr.u8   q0, q0, #2
    vmul.i8   q1, q1, r5
    vmul.i8   q0, q0, r4
    vadd.i8   q0, q0, q1
    ldr       r6, =.Lbytes + 1
    b         3f
2:  mov       r8, #0
    vidup.u16 q0, r8, #1                /* from y: t0 r0, t0 r2, t1 r0 ... */
    vmov.i16  q1, #1
    vand      q1, q1, q0
    vshr.u16  q0, q0, #1
    lsl       r5, r5, #1
    vmul.i16  q1, q1, r5
    vmul.i16  q0, q0, r4
    vadd.i16  q0, q0, q1
    ldr       r6, =.Lpairs + 1
3:  vstrw.32  q0, [sp, #OFFSETS]
    adr       r7, .Lorder
    vldrw.32  q0, [r7]
    vstrw.32  q0, [sp, #ORDER]

    ldrd      r3, r4, [r0, #P_CLAMP]
    mov       r7, r6
    sub       r5, r4, r3
    cmp       r5, #255
    beq       4f
    ldr       r6, =.Lclamped + 1
4:  strd      r6, r7, [sp, #FINISH]
    strd      r3, r4, [sp, #CLAMP]

.Lgroup:
    ldrd      r0, r2, [sp, #CONSTANT_POINTERS]
    ldrd      r4, r6, [sp, #CONSTANT_POINTERS + 8]
    vldrw.32  q3, [sp, #ORDER]
    vldrw.u32 q0, [r0, q3, uxtw #2]
    vldrw.u32 q1, [r2, q3, uxtw #2]
    vldrw.u32 q2, [r4, q3, uxtw #2]
    add       r0, r0, #16
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
    add       r5, r1, r8
    add       r3, r5, r8
    add       r7, r3, r8
    add       r8, r8, r7
    str       r8, [sp, #WEIGHTS]
    ldrd      r0, r2, [sp, #Y]
    str       r0, [sp, #Y_NOW]
    add       r0, r0, r2
    str       r0, [sp, #Y]

.Ltile:
    pass      ENTRY_A, WHOLE_A, .Lpart_a, .Lend_a
    vmov      q4[2], q4[0], r0, r8
    vmov      q5[2], q5[0], r2, r10
    ldr       r0, [sp, #X_STRIDE]
    vmov      q6[2], q6[0], r4, r12
    vmov      q7[2], q7[0], r6, lr
    add       r9, r9, r0
    add       r11, r11, r0
    pass      ENTRY_B, WHOLE_B, .Lpart_b, .Lend_b
    vmov      q4[3], q4[1], r0, r8
    vmov      q5[3], q5[1], r2, r10
    vmov      q6[3], q6[1], r4, r12
    vmov      q7[3], q7[1], r6, lr
    add       lr, sp, #SCALE
    ldm       lr!, {r0, r2, r4, r6, r8, r10, r12}
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
    ldm       lr, {r0, r2, r4, r6, r8, r10}
    vrshl.s32 q3, r0
    vqmovnb.s32 q0, q0                  /* saturating to int16, or to int8, changes nothing that the clamp would not */
    vqmovnt.s32 q0, q1
    vqmovnb.s32 q2, q2
    vqmovnt.s32 q2, q3
    vqadd.s16 q0, q0, r2
    vqadd.s16 q2, q2, r2
    vldrw.32  q1, [sp, #OFFSETS]
    ldr       pc, [sp, #FINISH]

.Lclamped:
    ldrd      r0, r2, [sp, #CLAMP]
    vdup.16   q3, r0
    vdup.16   q4, r2
    vmax.s16  q0, q0, q3
    vmax.s16  q2, q2, q3
    vmin.s16  q0, q0, q4
    vmin.s16  q2, q2, q4
    ldr       pc, [sp, #STORE]
.Lpairs:
    ldr       r0, [sp, #OUTPUT_STRIDE]
    vqmovnb.s16 q0, q0
    vqmovnb.s16 q2, q2
    add       r0, r0, r4
    vstrb.16  q0, [r4, q1]
    vstrb.16  q2, [r0, q1]
    b         5f
.Lbytes:
    vqmovnb.s16 q0, q0
    vqmovnt.s16 q0, q2
    vstrb.8   q0, [r4, q1]
5:  add       r9, r9, r8
    add       r11, r11, r8
    add       r4, r4, r6
    str       r4, [sp, #Y_NOW]
    cmp       r9, r10
    bne.w     .Ltile

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
.Lorder:
    .word     0, 2, 1, 3
    .ltorg
    .size nf_mve_tiles, . - nf_mve_tiles
