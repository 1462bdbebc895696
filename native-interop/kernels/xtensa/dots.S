/* nf_xtensa_dots: see dots.h.
 *
 * One product an instruction: a loop's four each load half of what the next turn multiplies. A token costs 22 instructions beside. The
 * tokens lie one behind the other, so that the word loaded last is the next one's first. QEMU 7.2 keeps what it knows of m0-m3 within
 * a translation block, even when LDINC has changed it: no register is read, loaded and read again without a jump or a loop's end
 * between. */
#include "assembly.inc"

#define BIAS 0
#define PIECES 4
#define CENTRE 16
#define CENTRE_NEGATIVE 20
#define SHIFT 24
#define LOW 28
#define GROUPS 32

    /* a0 weights, a3 where in them, a4 where in the tokens, a5 their end, a6 y, a7 its stride, a8 bias, a9-a11 multiplier, a12 and a13
     * centres, a14 low; a2, a3 and a15 are free behind the loop. */
    begin nf_xtensa_dots
    addi a0, a3, -4
    l32i a15, a2, GROUPS
    mull a5, a5, a15
    addx8 a5, a5, a4
    addi a4, a4, -4
    s32i a15, a1, SLOT
    l32i a8, a2, BIAS
    l32i a9, a2, PIECES
    l32i a10, a2, PIECES + 4
    l32i a11, a2, PIECES + 8
    l32i a12, a2, CENTRE
    l32i a13, a2, CENTRE_NEGATIVE
    l32i a14, a2, LOW
    l32i a15, a2, SHIFT
    ssr a15
    j .Lfirst

    .balign 4
.Lfirst:
    ldinc 2, A4
    .byte 0x3D, 0xF0 /* NOP.N: the loop's first instruction at a multiple of 4 */
.Ltoken:
    _or a3, a0, a0
    ldinc 0, A3
    _l32i a15, a1, SLOT
    write_acclo A8
    loop_bytes A15, 12
    mula_ll_ldinc 1, A3, 0, 2
    mula_hh_ldinc 3, A4, 0, 2
    mula_ll_ldinc 0, A3, 1, 3
    mula_hh_ldinc 2, A4, 1, 3
    read_acclo A2
    mull a3, a2, a9
    mull a15, a2, a10
    srai a3, a3, 11
    add a3, a3, a15
    srai a3, a3, 10
    mull a15, a2, a11
    add a3, a3, a15
    mov a15, a12
    movltz a15, a13, a2
    add a3, a3, a15
    sra a3, a3
    clamps8 A3, A3
    max A3, A3, A14
    s8i a3, a6, 0
    add a6, a6, a7
    bne a4, a5, .Ltoken
    finish nf_xtensa_dots
