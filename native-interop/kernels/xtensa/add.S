/* nf_xtensa_add: see add_s8.c. */
#include "assembly.inc"

    /* a3 and a4 inputs, a6 and a7 their scales, a8 centre, a9 mask, a10 limit, a11 low, a12 high; changes a2. */
    .macro sum to, number, offset, unsure
    _l8ui \to, a3, \offset
    _l8ui a2, a4, \offset
    sext8 \number, \number
    sext8 A2, A2
    _mull \to, \to, a6
    _mull a2, a2, a7
    _add \to, \to, a2
    _add \to, \to, a8
    _and a2, \to, a9
    _bltu a2, a10, \unsure
    _srai \to, \to, 20
    max \number, \number, A11
    min \number, \number, A12
    .endm

    /* a2 scales, a3 and a4 inputs, a5 y, a6 groups of four. */
    begin nf_xtensa_add
    mov a15, a6
    l32i a6, a2, 0
    l32i a7, a2, 4
    l32i a8, a2, 8
    l32i a9, a2, 12
    l32i a10, a2, 16
    l32i a11, a2, 20
    l32i a12, a2, 24
    j .Lgroups
.Lstop:
    j .Lunsure
    .balign 4
    .byte 0
.Lgroups:
    loop_bytes_or_none A15, 3 * (4 * 13 + 7)
    sum a13, A13, 0, .Lstop /* a branch reaches 128 bytes */
    sum a14, A14, 1, .Lstop
    sum a15, A15, 2, .Lunsure
    sum a0, A0, 3, .Lunsure
    _s8i a13, a5, 0
    _s8i a14, a5, 1
    _s8i a15, a5, 2
    _s8i a0, a5, 3
    _addi a3, a3, 4
    _addi a4, a4, 4
    _addi a5, a5, 4
.Lunsure:
    mov a2, a3
    finish nf_xtensa_add
