/* nf_xtensa_dots: see dots.h. */
#include "assembly.inc"
#include "token_loop.inc"

#define PIECES 0
#define CENTRE 12
#define CENTRE_NEGATIVE 16
#define SHIFT 20
#define GROUPS 24

    begin nf_xtensa_dots
    addi a0, a3, -4
    l32i a15, a2, GROUPS
    mull a5, a5, a15
    addx8 a5, a5, a4
    addi a4, a4, -4
    s32i a15, a1, GROUPS_SLOT
    movi a8, 0
    l32i a9, a2, PIECES
    l32i a10, a2, PIECES + 4
    l32i a11, a2, PIECES + 8
    l32i a12, a2, CENTRE
    l32i a13, a2, CENTRE_NEGATIVE
    movi a14, -128
    l32i a15, a2, SHIFT
    ssr a15
    token_loop scale_narrow
    finish nf_xtensa_dots
