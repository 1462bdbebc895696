/* void nf_mve_biases_of_fours(const int8_t *rows, int32_t stride, int32_t fours, int32_t values, int32_t factor, int32_t *bias):
 * see attention.h.
 *
 *   r0, r5, r7, r9   rows 0, 1, 2, 3     r1   stride            r3    factor
 *   r4, r6, r8, r10  their sums          r2   fours             r11   bias
 *   q0-q3            values              r12  vectors of a row but for the last, which is
 *                                        read first, with a predicate */
    .syntax unified
    .thumb

    .equ SAVED, 9 * 4                   /* factor, bias */

    .section .text.nf_mve_biases_of_fours, "ax", %progbits
    .global nf_mve_biases_of_fours
    .type nf_mve_biases_of_fours, %function
nf_mve_biases_of_fours:
    push      {r4-r11, lr}
    sub       r12, r3, #1
    lsr       r12, r12, #4
    sub       r3, r3, r12, lsl #4
    vctp.8    r3
    ldrd      r3, r11, [sp, #SAVED]

1:  add       r0, r0, r12, lsl #4
    add       r5, r0, r1
    add       r7, r5, r1
    add       r9, r7, r1
    vpstttt
    vldrbt.8  q0, [r0]
    vldrbt.8  q1, [r5]
    vldrbt.8  q2, [r7]
    vldrbt.8  q3, [r9]
    vaddv.s8  r4, q0
    vaddv.s8  r6, q1
    vaddv.s8  r8, q2
    vaddv.s8  r10, q3
    wls       lr, r12, 3f
2:  vldrb.8   q0, [r0, #-16]!
    vldrb.8   q1, [r5, #-16]!
    vldrb.8   q2, [r7, #-16]!
    vldrb.8   q3, [r9, #-16]!
    vaddva.s8 r4, q0
    vaddva.s8 r6, q1
    vaddva.s8 r8, q2
    vaddva.s8 r10, q3
    le        lr, 2b
3:  vmov      q0[2], q0[0], r4, r6
    vmov      q0[3], q0[1], r8, r10
    vmul.i32  q0, q0, r3
    vstrw.32  q0, [r11], #16
    add       r0, r9, r1
    subs      r2, r2, #1
    bne       1b

    pop       {r4-r11, pc}
    .size nf_mve_biases_of_fours, . - nf_mve_biases_of_fours
