/* nf_xtensa_widen, nf_xtensa_widen_from: see dots.h. */
#include "assembly.inc"

    /* a2 out, a3 row, a4 stride, a5 rows, a6 columns, a7 added to each value. */
    .macro widen name, with_offset
    begin \name
    srli a8, a6, 2
    extui a9, a6, 0, 2
.Lrow\@:
    mov a10, a3
    beqz a8, .Ltail\@
    j .Lgroups\@
    .balign 4
    .byte 0
.Lgroups\@:
    loop_bytes A8, 3 * (14 + 4 * \with_offset)
    _l8ui a11, a10, 0
    _l8ui a12, a10, 1
    _l8ui a13, a10, 2
    _l8ui a14, a10, 3
    sext8 A11, A11
    sext8 A12, A12
    sext8 A13, A13
    sext8 A14, A14
    .if \with_offset
    _add a11, a11, a7
    _add a12, a12, a7
    _add a13, a13, a7
    _add a14, a14, a7
    .endif
    _s16i a11, a2, 0
    _s16i a12, a2, 2
    _s16i a13, a2, 4
    _s16i a14, a2, 6
    _addi a10, a10, 4
    _addi a2, a2, 8
.Ltail\@:
    beqz a9, .Lnext\@
    movi a11, 0
    s32i a11, a2, 0
    s32i a11, a2, 4
    mov a12, a2
    mov a13, a9
.Lone\@:
    l8ui a11, a10, 0
    sext8 A11, A11
    .if \with_offset
    add a11, a11, a7
    .endif
    s16i a11, a12, 0
    addi a10, a10, 1
    addi a12, a12, 2
    addi a13, a13, -1
    bnez a13, .Lone\@
    addi a2, a2, 8
.Lnext\@:
    add a3, a3, a4
    addi a5, a5, -1
    bnez a5, .Lrow\@
    finish \name
    .endm

    widen nf_xtensa_widen, 0
    widen nf_xtensa_widen_from, 1
