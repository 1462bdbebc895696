/* nf_xtensa_linear_rows: see linear_s8.c. A row costs about 60 instructions and 3.5 per value for its widening. */
#include "assembly.inc"
#include "token_loop.inc"
#include "linear_job.inc"

#define JOB_SLOT (SLOT + 4)

    /* The job in a2, and again in the registers of the token loop. */
    .macro load_operands
    l32i a14, a2, OUTPUT_STRIDE
    l32i a6, a2, Y
    add a14, a6, a14
    s32i a14, a2, Y
    l32i a0, a2, VALUES
    l32i a4, a2, TOKENS
    l32i a5, a2, TOKENS_END
    l32i a7, a2, TOKEN_STRIDE
    l32i a14, a2, LOW
    addi a0, a0, -4
    addi a4, a4, -4
    .endm

    begin nf_xtensa_linear_rows
    s32i a2, a1, JOB_SLOT
    l32i a3, a2, GROUPS
    s32i a3, a1, GROUPS_SLOT

.Lrow:
    /* a8 bias, a9 multiplier, a10 the shift to the right, a11 the sum's bound */
    l32i a3, a2, BIAS
    l32i a4, a2, TO_MULTIPLIER
    l32i a5, a2, TO_SHIFT
    l32i a11, a2, BOUND
    add a4, a3, a4
    add a5, a3, a5
    l32i a8, a3, 0
    l32i a9, a4, 0
    l32i a10, a5, 0
    abs a4, a8
    add a11, a11, a4
    extui a5, a11, 30, 2
    bnez a5, .Lstop
    neg a10, a10
    addi a6, a10, -1
    bgeui a6, 16, .Lstop
    addi a3, a3, 4
    s32i a3, a2, BIAS

    l32i a3, a2, WEIGHTS
    l32i a4, a2, VALUES
    l32i a5, a2, WHOLE_GROUPS
    l32i a6, a2, REST
    j .Lwiden
.Lstop:
    j .Lend
    .balign 4
    .byte 0
.Lwiden:
    loop_bytes_or_none A5, 3 * 14
    _l8ui a12, a3, 0
    _l8ui a13, a3, 1
    _l8ui a14, a3, 2
    _l8ui a15, a3, 3
    sext8 A12, A12
    sext8 A13, A13
    sext8 A14, A14
    sext8 A15, A15
    _s16i a12, a4, 0
    _s16i a13, a4, 2
    _s16i a14, a4, 4
    _s16i a15, a4, 6
    _addi a3, a3, 4
    _addi a4, a4, 8
    beqz a6, .Lwidened
    movi a12, 0
    s32i a12, a4, 0
    s32i a12, a4, 4
.Lrest:
    l8ui a12, a3, 0
    sext8 A12, A12
    s16i a12, a4, 0
    addi a3, a3, 1
    addi a4, a4, 2
    addi a6, a6, -1
    bnez a6, .Lrest
.Lwidened:
    s32i a3, a2, WEIGHTS

    /* Narrow when sum * 2^10 and the zero point, 130 * 2^(10 + shift), together stay below 2^31. */
    l32i a12, a2, ROUNDING
    movi a4, 130
    ssl a10
    sll a4, a4
    add a11, a11, a4
    extui a11, a11, 21, 11
    bnez a11, .Lwide

    addi a4, a10, 9
    ssl a4
    sll a12, a12
    addmi a12, a12, 0x200
    addmi a13, a12, -0x400
    addi a4, a10, 10
    ssr a4
    srai a11, a9, 11
    extui a4, a9, 10, 1
    add a11, a11, a4
    slli a9, a9, 21
    srai a9, a9, 21
    slli a10, a11, 22
    srai a10, a10, 22
    sub a11, a11, a10
    srai a11, a11, 10
    load_operands
    token_loop scale_narrow
    j .Lnext

.Lwide:
    addi a4, a10, -1
    ssl a4
    sll a12, a12
    addi a13, a12, -1
    ssr a10
    srai a10, a9, 16
    extui a4, a9, 15, 1
    add a10, a10, a4
    sext16 A9, A9
    load_operands
    token_loop scale_wide

.Lnext:
    l32i a2, a1, JOB_SLOT
    l32i a3, a2, WEIGHTS
    l32i a4, a2, WEIGHTS_END
    beq a3, a4, .Lend
    j .Lrow
.Lend:
    l32i a2, a2, WEIGHTS
    finish nf_xtensa_linear_rows
