/* void nf_mve_softmax_four(int8_t *scores, int32_t keys, const int32_t *exponentials, int8_t *weights, int32_t stride,
 *                          const int32_t *unseen): see attention.h. The arithmetic is NUMERICS 3.5, one lane per row. */
    .syntax unified
    .thumb

    .equ SAVED, 6 * 4 + 64
    .equ ONE_OVER_4096, 1 << 19         /* as Q0.31: the high multiply rounds as the shift by 12 does */
    .equ NEWTON_START, 1515870810
    .equ NEWTON_SLOPE, -1010580540
    .equ SHARE_SHIFT, 35

    /* The exponentials of one key's four differences, times the reciprocals, as Q0.8 less 128. */
    .macro share result, index, next
    vldrb.u32 \index, [r0], #\next
    vldrw.u32 \result, [r2, \index, uxtw #2]
    vqrdmulh.s32 \result, \result, q5
    vqrdmlash.s32 \result, q4, r4
    .endm

    .macro sum_key
    vldrb.u32 q1, [r7], #4
    vldrw.u32 q2, [r2, q1, uxtw #2]
    vqrdmlah.s32 q3, q2, r9
    .endm

    /* Of four keys, from query by query to key by key. */
    .macro differences
    vldrb.8   q1, [r7]
    vsub.i8   q1, q0, q1
    vstrb.8   q1, [r7, q4]
    .endm

    .section .text.nf_mve_softmax_four, "ax", %progbits
    .global nf_mve_softmax_four
    .type nf_mve_softmax_four, %function
nf_mve_softmax_four:
    push      {r4, r6-r9, lr}
    vpush     {d8-d15}
    ldr       r4, [sp, #SAVED]
    mov       r7, r0
    add       r8, r1, #3
    lsr       r8, r8, #2
    vldrb.8   q0, [r0]
    dls       lr, r8
1:  vldrb.8   q1, [r7], #16
    vmax.s8   q0, q0, q1
    le        lr, 1b
    vrev16.8  q1, q0                    /* a lane's four keys are one */
    vmax.s8   q0, q0, q1
    vrev32.16 q1, q0
    vmax.s8   q0, q0, q1

    mov       r9, #ONE_OVER_4096
    vmov.i32  q3, #0
    ldr       r6, [sp, #SAVED + 4]
    cbz       r6, 7f
    vmov.i8   q1, #0x80                 /* take off what the unseen are going to add */
    vsub.i8   q1, q0, q1
    vshr.u32  q1, q1, #24
    vldrw.u32 q2, [r2, q1, uxtw #2]
    vqrdmulh.s32 q2, q2, r9
    vldrw.32  q1, [r6]
    vmul.i32  q2, q2, q1
    vsub.i32  q3, q3, q2

7:  mov       r7, r0
    adr       r6, .Lkey_by_key
    vldrw.32  q4, [r6]
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

5:  vclz.s32  q4, q3
    vshl.u32  q3, q3, q4
    vshr.u32  q3, q3, #1
    movw      r6, #:lower16:NEWTON_START
    movt      r6, #:upper16:NEWTON_START
    movw      r7, #:lower16:NEWTON_SLOPE
    movt      r7, #:upper16:NEWTON_SLOPE
    vdup.32   q5, r6
    vqrdmlah.s32 q5, q3, r7
    vmov.i32  q7, #0x20000000
    .rept 3
    vqrdmulh.s32 q6, q3, q5
    vsub.i32  q6, q7, q6
    vqrdmulh.s32 q6, q5, q6
    vqshl.s32 q6, q6, #2
    vadd.i32  q5, q5, q6
    .endr
    vqshl.s32 q5, q5, #1
    mov       r7, #31 - SHARE_SHIFT     /* the rounding shift by 35 - headroom is a product with 2^(headroom - 4) */
    vadd.i32  q4, q4, r7
    vmov.i32  q6, #1
    vshl.s32  q4, q6, q4

    mov       r6, #0
    vidup.u32 q0, r6, #1
    sub       r3, r3, #4
    vmul.i32  q0, q0, r4
    vadd.i32  q0, q0, r3
    mvn       r4, #127
    dls       lr, r8
6:  share     q1, q6, 8
    share     q3, q6, -4
    vmovnt.i32 q1, q3
    share     q2, q6, 8
    share     q6, q3, 4
    vmovnt.i32 q2, q6
    vqmovnb.s16 q1, q1
    vqmovnt.s16 q1, q2
    vstrw.32  q1, [q0, #4]!
    le        lr, 6b

    vpop      {d8-d15}
    pop       {r4, r6-r9, pc}

    .align 2
.Lkey_by_key:
    .byte     0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15
    .size nf_mve_softmax_four, . - nf_mve_softmax_four
