/* int32_t nf_mve_linear_32(const nf_linear_params *params, const nf_channel_constants *constants, const int8_t *x,
 *                          const int8_t *weights, int8_t *y): see linear_s8.c.
 *
 * Two rows of weights fill four vector registers and stay there while all tokens, four at a time, stream past them. The eight sums
 * become two vectors, one per row, whose lanes are tokens; from there on as tiles.S. */
    .syntax unified
    .thumb

    .equ TOKENS, 0                      /* of nf_linear_params */
    .equ OUTPUTS, 8
    .equ STRIDES, 16
    .equ PARAMS_ZERO_POINT, 24
    .equ CLAMP, 28

    .equ CONSTANTS, 0                   /* bias[2], multiplier[2], shift[2] of the pair; zero point */
    .equ ZERO_POINT, 24
    .equ POINTERS, 32                   /* bias, multiplier, shift */
    .equ X, 44
    .equ NEXT_ROWS, 48                  /* from the last tokens of a pair to the first of the next, in y; */
    .equ WEIGHTS_END, 52
    .equ LOW, 64
    .equ HIGH, 80
    .equ FRAME, 96
    .equ SAVED, FRAME + 64 + 36         /* y */

    .macro token sum0, sum1
    vldrb.8   q4, [r1], #16
    vmladav.s8 \sum0, q4, q0
    vmladav.s8 \sum1, q4, q2
    vldrb.8   q4, [r1], #16
    vmladava.s8 \sum0, q4, q1
    vmladava.s8 \sum1, q4, q3
    .endm

    .macro four_tokens clamped
    token     r0, r8
    token     r2, r10
    token     r4, r12
    token     r6, lr
    vmov      q5[2], q5[0], r0, r4
    vmov      q5[3], q5[1], r2, r6
    vmov      q6[2], q6[0], r8, r12
    vmov      q6[3], q6[1], r10, lr
    ldm       sp, {r0, r2, r4, r6, r8, r10, r12}
    vadd.i32  q5, q5, r0
    vadd.i32  q6, q6, r2
    vshr.s32  q4, q5, #31
    vqrdmlah.s32 q4, q5, r4
    vshr.s32  q5, q6, #31
    vqrdmlah.s32 q5, q6, r6
    vrshl.s32 q4, r8
    vrshl.s32 q5, r10
    vqmovnb.s32 q4, q4
    vqmovnt.s32 q4, q5
    vqadd.s16 q4, q4, r12
    .if \clamped
    vldrw.32  q5, [sp, #LOW]
    vldrw.32  q6, [sp, #HIGH]
    vmax.s16  q4, q4, q5
    vmin.s16  q4, q4, q6
    .else
    vqmovnb.s16 q4, q4
    .endif
    vstrb.16  q4, [r5, q7]
    add       r5, r5, r7
    .endm

    .macro pairs clamped
1:  ldm       r3, {r2, r4, r6}
    vldrb.8   q0, [r11], #16
    vldrb.8   q1, [r11], #16
    vldrb.8   q2, [r11], #16
    vldrb.8   q3, [r11], #16
    ldrd      r0, r1, [r2], #8
    ldrd      r8, r10, [r4], #8
    ldrd      r12, lr, [r6], #8
    tst       r12, lr
    bpl       3f                        /* a shift that is not below 0 */
    stm       r3, {r2, r4, r6}
    stm       sp, {r0, r1, r8, r10, r12, lr}
    ldr       r1, [sp, #X]
2:  four_tokens \clamped
    four_tokens \clamped
    cmp       r1, r9
    bne       2b
    ldrd      r0, r2, [sp, #NEXT_ROWS]
    add       r5, r5, r0
    cmp       r11, r2
    bne       1b
    b         5f
3:
    .endm

    .section .text.nf_mve_linear_32, "ax", %progbits
    .global nf_mve_linear_32
    .type nf_mve_linear_32, %function
nf_mve_linear_32:
    push      {r4-r11, lr}
    vpush     {d8-d15}
    sub       sp, sp, #FRAME
    ldrd      r4, r5, [r1]
    ldr       r6, [r1, #8]
    mov       r11, r3
    add       r3, sp, #POINTERS
    stm       r3, {r4, r5, r6}
    str       r2, [sp, #X]
    ldr       r5, [sp, #SAVED]
    ldr       r4, [r0, #PARAMS_ZERO_POINT]
    str       r4, [sp, #ZERO_POINT]
    ldr       r6, [r0, #TOKENS]
    add       r9, r2, r6, lsl #5
    ldrd      r7, r8, [r0, #STRIDES]
    mov       r10, #0
    vidup.u16 q6, r10, #1               /* from y: r0 t0, r1 t0, r0 t1 ... */
    vmov.i16  q5, #1
    vand      q7, q6, q5
    vshr.u16  q6, q6, #1
    vmul.i16  q7, q7, r8
    vmul.i16  q6, q6, r7
    vadd.i16  q7, q7, q6
    lsl       r8, r8, #1
    mls       r8, r6, r7, r8
    ldr       r10, [r0, #OUTPUTS]
    add       r10, r11, r10, lsl #5
    strd      r8, r10, [sp, #NEXT_ROWS]
    lsl       r7, r7, #2                /* four tokens in y */
    ldrd      r4, r6, [r0, #CLAMP]
    sub       r8, r6, r4
    cmp       r8, #255
    bne       4f
    pairs     0
    b         6f
4:  vdup.16   q0, r4
    vdup.16   q1, r6
    vstrw.32  q0, [sp, #LOW]
    vstrw.32  q1, [sp, #HIGH]
    pairs     1
6:  sub       r11, r11, #64             /* the pair that was not done */
5:  ldr       r0, [sp, #WEIGHTS_END]
    sub       r0, r0, r11
    lsr       r0, r0, #6
    add       sp, sp, #FRAME
    vpop      {d8-d15}
    pop       {r4-r11, pc}
    .size nf_mve_linear_32, . - nf_mve_linear_32
