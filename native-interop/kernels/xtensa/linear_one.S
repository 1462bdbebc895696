/* nf_xtensa_linear_one_rows: see linear_s8.c. int8 rows of weights, in groups of four, times one widened token.
 *
 * A mask leaves two weights of a group in the upper bytes of halves, which makes them 256 times as much with their signs; shifted by a byte, so
 * do the other two. Four products are 9 instructions, a row is about 55 beside. QEMU 7.2 wants a loop's end between reads of m0 and m1 on both
 * sides of a load, so a turn is a single group. */
#include "assembly.inc"
#include "linear_job.inc"

#define TOKEN_SLOT SLOT
#define WEIGHTS_END_SLOT (SLOT + 4)
#define LOW_SLOT (SLOT + 8)
#define ROUNDING_SLOT (SLOT + 12)

    /* a3 weights, a5 groups, a6 y, a7 its stride, a8 bias, a10 and a11 from there to multiplier and shift, a14 the mask. */
    begin nf_xtensa_linear_one_rows
    l32i a3, a2, WEIGHTS
    l32i a4, a2, TOKENS
    l32i a5, a2, WEIGHTS_END
    l32i a6, a2, LOW
    l32i a7, a2, ROUNDING
    addi a4, a4, -4
    s32i a4, a1, TOKEN_SLOT
    s32i a5, a1, WEIGHTS_END_SLOT
    s32i a6, a1, LOW_SLOT
    s32i a7, a1, ROUNDING_SLOT
    l32i a5, a2, WHOLE_GROUPS
    l32i a6, a2, Y
    l32i a7, a2, OUTPUT_STRIDE
    l32i a8, a2, BIAS
    l32i a10, a2, TO_MULTIPLIER
    l32i a11, a2, TO_SHIFT
    movi a14, -1
    slli a14, a14, 24
    srli a9, a14, 16
    or a14, a14, a9
    j .Lrow
    .balign 4
    .byte 0, 0
.Lrow:
    _l32i a4, a1, TOKEN_SLOT
    _movi a9, 0
    write_acclo A9
    ldinc 0, A4
    ldinc 1, A4
    loop_bytes A5, 27
    _l32i a12, a3, 0
    _addi a3, a3, 4
    _and a13, a12, a14
    _slli a12, a12, 8
    _and a12, a12, a14
    mula_da_ll 0, A12
    mula_da_hl_ldinc 0, A4, 0, A13
    mula_da_lh 1, A12
    mula_da_hh_ldinc 1, A4, 1, A13

    /* a2 the sum, a9 and a12 halves of the multiplier, the lower one with a sign, a13 the shift to the right. */
    l32i a9, a8, 0
    add a12, a8, a10
    l32i a12, a12, 0
    add a13, a8, a11
    l32i a13, a13, 0
    read_acclo A2
    srai a2, a2, 8
    add a2, a2, a9
    abs a15, a2
    extui a15, a15, 30, 2
    bnez a15, .Lstop
    neg a13, a13
    addi a15, a13, -1
    bgeui a15, 16, .Lstop
    extui a15, a12, 15, 1
    sext16 A9, A12
    srai a12, a12, 16
    add a12, a12, a15

    /* As scale_wide in token_loop.inc. */
    sext16 A0, A2
    sub a4, a2, a0
    srai a4, a4, 16
    mull a15, a0, a9
    mull a0, a0, a12
    srai a15, a15, 16
    add a15, a15, a0
    mull a9, a4, a9
    add a15, a15, a9
    mull a4, a4, a12
    addmi a15, a15, 0x4000
    srai a15, a15, 15
    addx2 a15, a4, a15

    l32i a0, a1, ROUNDING_SLOT
    addi a4, a13, -1
    ssl a4
    sll a0, a0
    extui a4, a2, 31, 1
    sub a0, a0, a4
    add a15, a15, a0
    ssr a13
    sra a15, a15
    l32i a0, a1, LOW_SLOT
    clamps8 A15, A15
    max A15, A15, A0
    s8i a15, a6, 0
    add a6, a6, a7
    addi a8, a8, 4
    l32i a0, a1, WEIGHTS_END_SLOT
    sub a0, a0, a3
    bnez a0, .Lrow
    mov a2, a3
    j .Lend
.Lstop:
    slli a5, a5, 2
    sub a2, a3, a5
.Lend:
    finish nf_xtensa_linear_one_rows
