/* nf_xtensa_exponentials, nf_xtensa_shares: see softmax_row.h. */
#include "assembly.inc"


    /* a4 table, a5 out, a6 scores, a7 their largest, a8 sum; changes a9. */
    .macro exponential offset
    _l8ui a9, a6, \offset
    _sub a9, a7, a9
    _extui a9, a9, 0, 8
    _addx4 a9, a9, a4
    _l32i a9, a9, 0
    _s32i a9, a5, 4 * \offset
    _addmi a9, a9, 0x800
    _srli a9, a9, 12
    _add a8, a8, a9
    .endm

    /* a2 scores, a3 how many, a4 table, a5 out. */
    begin nf_xtensa_exponentials
    srli a10, a3, 2
    extui a11, a3, 0, 2
    movi a7, -128
    mov a6, a2
    j .Lmax
    .balign 4
    .byte 0
.Lmax:
    loop_bytes_or_none A10, 3 * 13
    _l8ui a12, a6, 0
    _l8ui a13, a6, 1
    _l8ui a14, a6, 2
    _l8ui a15, a6, 3
    sext8 A12, A12
    sext8 A13, A13
    sext8 A14, A14
    sext8 A15, A15
    max A7, A7, A12
    max A7, A7, A13
    max A7, A7, A14
    max A7, A7, A15
    _addi a6, a6, 4
    j .Lmax_rest
    .balign 4
    .byte 0
.Lmax_rest:
    loop_bytes_or_none A11, 3 * 4
    _l8ui a12, a6, 0
    sext8 A12, A12
    max A7, A7, A12
    _addi a6, a6, 1

    mov a6, a2
    movi a8, 0
    j .Lsum
    .balign 4
    .byte 0
.Lsum:
    loop_bytes_or_none A10, 3 * (4 * 9 + 2)
    exponential 0
    exponential 1
    exponential 2
    exponential 3
    _addi a6, a6, 4
    _addi a5, a5, 16
    beqz a11, .Lsummed
    movi a12, 0
    s32i a12, a5, 4
    s32i a12, a5, 8
    s32i a12, a5, 12
.Lrest:
    exponential 0
    addi a6, a6, 1
    addi a5, a5, 4
    addi a11, a11, -1
    bnez a11, .Lrest
.Lsummed:
    mov a2, a8
    finish nf_xtensa_exponentials

    /* a3 exponentials, a5 out, a6 multiplier, a7 half, a8 mask, a9 limit, a11 the largest share; changes a12 and a13. */
    .macro share offset
    _l32i a12, a3, 4 * \offset
    _extui a12, a12, 16, 15
    _mull a12, a12, a6
    _add a12, a12, a7
    _and a13, a12, a8
    _bgeu a13, a9, .Lunsure
    _srl a12, a12
    minu A12, A12, A11
    _s16i a12, a5, 2 * \offset
    .endm

    /* a2 scale, a3 exponentials, a4 groups of four, a5 out. */
    begin nf_xtensa_shares
    l32i a6, a2, 0
    l32i a7, a2, 4
    l32i a8, a2, 8
    l32i a9, a2, 12
    l32i a10, a2, 16
    ssr a10
    movi a11, 255
    j .Lshares
    .balign 4
    .byte 0
.Lshares:
    loop_bytes_or_none A4, 3 * (4 * 9 + 2)
    share 0
    share 1
    share 2
    share 3
    _addi a3, a3, 16
    _addi a5, a5, 8
.Lunsure:
    mov a2, a3
    finish nf_xtensa_shares
