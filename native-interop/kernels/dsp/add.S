#include "assembly.inc"

/* void nf_dsp_add_run(const nf_dsp_addition *job): count > 0 sums of a value whose multiplier is exactly 1/2 (NUMERICS 3.7: that of the
 * larger scale), for which the requantization is a plain shift, and one that is requantized in full. All terms are doubled, as SMMLAR
 * wants them; r12 and lr hold what is on its way. */
.macro add_one
    ldrsb   r12, [r1], #1
    add     r12, r5, r12, lsl #21
    add     lr, r7, r12, asr #31
    smmlar  r12, r12, r6, lr
    asr     r12, r12, r8
    ldrsb   lr, [r0], #1
    add     lr, r4, lr, lsl #20
    add     r12, lr, r12, lsl #1
    add     lr, r10, r12, asr #31
    smmlar  r12, r12, r9, lr
    asr     r12, r12, r11
    ssat    r12, #8, r12
    strb    r12, [r2], #1
.endm

    function nf_dsp_add_run
    push    {r4-r11, lr}
    ldm     r0, {r0-r11}
    subs    r3, r3, #4
    blt     1f
0:  add_one
    add_one
    add_one
    add_one
    subs    r3, r3, #4
    bge     0b
1:  adds    r3, r3, #4
    beq     3f
2:  add_one
    subs    r3, r3, #1
    bne     2b
3:  pop     {r4-r11, pc}
    end_function nf_dsp_add_run
