/* void nf_mve_product_rows(const nf_mve_product *product, int32_t row, int32_t row_end, int32_t token, int32_t token_end): see product.h.
 *
 * One token by four rows at a time, lanes are rows: tails of every size, long rows, and shifts to the left. Rows beyond the last are the
 * last once more; their lanes are not stored.
 *
 *   q0-q2  values; sums               r0, r2, r4, r6   sums         r8    y
 *   q3     offsets of the rows in y   r1               x            r10   tokens left
 *   q4     bias                       r3, r5, r7, r9   rows         r11   product
 *   q5     multiplier
 *   q6     shift to the right, negative, or 0
 *   q7     shift to the left, or 0 */
    .syntax unified
    .thumb

    .equ P_X, 0                 /* of nf_mve_product */
    .equ P_WEIGHTS, 4           /* and y */
    .equ P_INNER, 20            /* and stride of x */
    .equ P_X_STRIDE, 24
    .equ P_WEIGHT_STRIDE, 28
    .equ P_TOKEN_STRIDE, 32     /* and of outputs */
    .equ P_BIAS, 40             /* and multiplier */
    .equ P_SHIFT, 48            /* and constants_step */
    .equ P_CORRECTION, 56
    .equ P_ZERO_POINT, 60       /* and clamp */

    .equ ROW, 0                 /* and the end */
    .equ TOKEN, 8
    .equ X, 12                  /* of the first token */
    .equ CORRECTION, 16
    .equ FRAME, 24
    .equ TOKEN_END, FRAME + 64 + 36

    .macro another_row result, before, least
    cmp       r12, #\least
    ite       ge
    addge     \result, \before, r4
    movlt     \result, \before
    .endm

    .section .text.nf_mve_product_rows, "ax", %progbits
    .global nf_mve_product_rows
    .type nf_mve_product_rows, %function
nf_mve_product_rows:
    push      {r4-r11, lr}
    vpush     {d8-d15}
    sub       sp, sp, #FRAME
    mov       r11, r0
    strd      r1, r2, [sp, #ROW]
    ldrd      r4, r5, [r11, #P_INNER]
    ldr       r6, [r11, #P_X]
    mla       r6, r3, r5, r6
    strd      r3, r6, [sp, #TOKEN]

.Lrows:
    ldrd      r1, r2, [sp, #ROW]
    sub       r12, r2, r1
    vctp.32   r12
    ldrd      r2, r3, [r11, #P_BIAS]
    ldrd      r4, r5, [r11, #P_SHIFT]
    mul       r5, r5, r1
    add       r2, r2, r1, lsl #2
    add       r3, r3, r5, lsl #2
    add       r4, r4, r5, lsl #2
    vpsttt
    vldrwt.u32 q4, [r2]
    vldrwt.u32 q5, [r3]
    vldrwt.u32 q6, [r4]
    vmov.i32  q0, #0
    vmax.s32  q7, q6, q0
    vmin.s32  q6, q6, q0
    mov       r0, #0
    vidup.u32 q3, r0, #1
    ldrd      r3, r8, [r11, #P_WEIGHTS]
    ldrd      r6, r7, [r11, #P_TOKEN_STRIDE]
    ldr       r4, [r11, #P_WEIGHT_STRIDE]
    vmul.i32  q3, q3, r7
    mla       r8, r1, r7, r8
    mla       r3, r1, r4, r3
    another_row r5, r3, 2
    another_row r7, r5, 3
    another_row r9, r7, 4
    ldr       r2, [sp, #TOKEN]
    mla       r8, r2, r6, r8
    ldr       r10, [sp, #TOKEN_END]
    sub       r10, r10, r2
    ldr       r0, [r11, #P_CORRECTION]
    add       r0, r0, r2, lsl #2
    str       r0, [sp, #CORRECTION]
    ldr       r1, [sp, #X]

.Ltoken:
    ldr       r12, [r11, #P_INNER]
    mov       r0, #0
    mov       r2, #0
    mov       r4, #0
    mov       r6, #0
    dlstp.8   lr, r12
1:  vldrb.8   q0, [r1], #16
    vldrb.8   q1, [r3], #16
    vmladava.s8 r0, q0, q1
    vldrb.8   q2, [r5], #16
    vmladava.s8 r2, q0, q2
    vldrb.8   q1, [r7], #16
    vmladava.s8 r4, q0, q1
    vldrb.8   q2, [r9], #16
    vmladava.s8 r6, q0, q2
    letp      lr, 1b
    vmov      q0[2], q0[0], r0, r4
    vmov      q0[3], q0[1], r2, r6
    vadd.i32  q0, q0, q4
    ldr       r0, [r11, #P_CORRECTION]
    cbz       r0, 2f
    ldr       r0, [sp, #CORRECTION]
    ldr       r2, [r0], #4
    str       r0, [sp, #CORRECTION]
    vadd.i32  q0, q0, r2
2:  vshl.s32  q0, q0, q7
    vqrdmulh.s32 q0, q0, q5
    vand      q1, q0, q6                /* VRSHL rounds halves up; one less before it makes negative halves go down */
    vshr.s32  q1, q1, #31
    vadd.i32  q0, q0, q1
    vrshl.s32 q0, q0, q6
    add       r0, r11, #P_ZERO_POINT
    ldm       r0, {r0, r2, r4}
    vadd.i32  q0, q0, r0
    vdup.32   q1, r2
    vdup.32   q2, r4
    vmax.s32  q0, q0, q1
    vmin.s32  q0, q0, q2
    vpst
    vstrbt.32 q0, [r8, q3]
    subs      r10, r10, #1
    beq       3f
    add       r0, r12, #15
    bic       r0, r0, #15
    sub       r1, r1, r0
    sub       r3, r3, r0
    sub       r5, r5, r0
    sub       r7, r7, r0
    sub       r9, r9, r0
    ldr       r2, [r11, #P_X_STRIDE]
    ldr       r4, [r11, #P_TOKEN_STRIDE]
    add       r1, r1, r2
    add       r8, r8, r4
    b         .Ltoken

3:  ldrd      r1, r2, [sp, #ROW]
    add       r1, r1, #4
    str       r1, [sp, #ROW]
    cmp       r1, r2
    blt.w     .Lrows

    add       sp, sp, #FRAME
    vpop      {d8-d15}
    pop       {r4-r11, pc}
    .size nf_mve_product_rows, . - nf_mve_product_rows
