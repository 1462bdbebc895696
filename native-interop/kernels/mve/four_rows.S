/* void nf_mve_scores_8(const nf_mve_four *four), nf_mve_scores_16, nf_mve_context_16: see attention.h.
 *
 * Four vectors stay in registers, the rows stream past them, four a turn: 0 and 2, then 1 and 3. The eight sums of two rows start from the
 * corrections, -row_zero_point times the sum of (x - x_zero_point), and become two vectors, whose lanes are x. 8 values are widened to
 * int16 and x is centred at once; of 16 int8 values nothing can be taken off, so that each row has a bias.
 *
 *   q0-q3  x                      r1     rows, behind the four at work    r7   zero point
 *   q4     row; rows 0 and 2      r3     bias; rows_end of 8 values       r9   multiplier
 *   q5-q7  row; sums, scaled      r5     y                                r11  shift
 *   r0, r2 ... lr   sums; in between scratch */
    .syntax unified
    .thumb

    .equ CORRECTION, 0                  /* of x 0..3, twice */
    .equ ROWS_END, 32
    .equ OFFSETS, 48
    .equ FRAME, 64

    .macro collect first, second
    vmov      \first[2], \first[0], r0, r4
    vmov      \first[3], \first[1], r2, r6
    vmov      \second[2], \second[0], r8, r12
    vmov      \second[3], \second[1], r10, lr
    .endm

    /* Two rows at the offsets `first` and `second` from r1 to eight int16 values in `result`, through `row`, q5 and q6. */
    .macro two_rows width, load, type, result, row, second, first:vararg
    \load     \row, \first
    ldm       sp, {r0, r2, r4, r6, r8, r10, r12, lr}
    vmladava.\type r0, q0, \row
    vmladava.\type r2, q1, \row
    vmladava.\type r4, q2, \row
    vmladava.\type r6, q3, \row
    \load     \row, [r1, #\second]
    vmladava.\type r8, q0, \row
    vmladava.\type r10, q1, \row
    vmladava.\type r12, q2, \row
    vmladava.\type lr, q3, \row
    collect   q5, q6
    .if \width == 16
    ldrd      r0, r2, [r3], #8
    vadd.i32  q5, q5, r0
    vadd.i32  q6, q6, r2
    .endif
    vshr.s32  \result, q5, #31
    vqrdmlah.s32 \result, q5, r9
    vshr.s32  q5, q6, #31
    vqrdmlah.s32 q5, q6, r9
    vrshl.s32 \result, r11
    vrshl.s32 q5, r11
    vqmovnb.s32 \result, \result
    vqmovnt.s32 \result, q5
    vqadd.s16 \result, \result, r7
    .endm

    .macro four_rows name, width, load, type, is_scattered
    .section .text.nf_mve_\name\()_\width, "ax", %progbits
    .global nf_mve_\name\()_\width
    .type nf_mve_\name\()_\width, %function
nf_mve_\name\()_\width:
    push      {r4-r11, lr}
    vpush     {d8-d15}
    sub       sp, sp, #FRAME
    ldm       r0!, {r2, r4}
    add       r6, r2, r4
    \load     q0, [r2]
    add       r2, r6, r4
    \load     q1, [r6]
    add       r6, r2, r4
    \load     q2, [r2]
    \load     q3, [r6]
    ldm       r0!, {r1, r3, r5, r7, r9, r11, r12, lr}
    rsb       r10, lr, #0
    .if \width == 8
    ldr       r3, [r0]
    vsub.i16  q0, q0, r12
    vsub.i16  q1, q1, r12
    vsub.i16  q2, q2, r12
    vsub.i16  q3, q3, r12
    .else
    ldr       r8, [r0], #4
    str       r8, [sp, #ROWS_END]
    lsl       r12, r12, #4
    .endif
    .if \is_scattered
    vldrw.32  q4, [r0]
    vstrw.32  q4, [sp, #OFFSETS]
    .endif
    vaddv.\type r0, q0
    vaddv.\type r2, q1
    vaddv.\type r4, q2
    vaddv.\type r6, q3
    vmov      q4[2], q4[0], r0, r4
    vmov      q4[3], q4[1], r2, r6
    .if \width == 16
    vsub.i32  q4, q4, r12
    .endif
    vmul.i32  q4, q4, r10
    vstrw.32  q4, [sp, #CORRECTION]
    vstrw.32  q4, [sp, #CORRECTION + 16]

1:  two_rows  \width, \load, \type, q4, q4, -2 * \width, [r1], #4 * \width
    two_rows  \width, \load, \type, q7, q5, -\width, [r1, #-3 * \width]
    vqmovnb.s16 q4, q4
    vqmovnt.s16 q4, q7
    .if \is_scattered
    vldrw.32  q5, [sp, #OFFSETS]
    vstrh.16  q4, [r5, q5]
    add       r5, r5, #4
    .else
    vstrb.8   q4, [r5], #16
    .endif
    .if \width == 16
    ldr       r0, [sp, #ROWS_END]
    cmp       r1, r0
    .else
    cmp       r1, r3
    .endif
    bne       1b

    add       sp, sp, #FRAME
    vpop      {d8-d15}
    pop       {r4-r11, pc}
    .size nf_mve_\name\()_\width, . - nf_mve_\name\()_\width
    .endm

    four_rows scores, 8, vldrb.s16, s16, 0
    four_rows scores, 16, vldrb.8, s8, 0
    four_rows context, 16, vldrb.8, s8, 1
