/* Each instruction that kernels/xtensa/assembly.inc encodes, as a function (encodings_test.c). */
#include "xtensa/assembly.inc"

    /* uint32_t through_acclo(uint32_t x) */
    begin through_acclo
    write_acclo A2
    movi a2, 0
    read_acclo A2
    finish through_acclo

    /* int32_t multiply(int32_t sum, const int32_t *x, const int32_t *y, int lower): sum of what `mula_..._ldinc` multiplies, with each m in
     * each place: x[0]y[0] (m0, m2), x[0]y[1] (m0, m3), x[1]y[0] (m1, m2), x[1]y[1] (m1, m3), one factor less each time. */
    .macro multiply name, instruction
    begin \name
    write_acclo A2
    addi a3, a3, -4
    addi a4, a4, -4
    ldinc 0, A3
    ldinc 1, A3
    ldinc 2, A4
    ldinc 3, A4
    j 1f
1:  \instruction 2, A4, 0, 2
    j 2f
2:  \instruction 3, A4, 0, 3
    j 3f
3:  \instruction 0, A3, 1, 2
    j 4f
4:  \instruction 1, A3, 1, 3
    j 5f
5:  \instruction 0, A3, 0, 3
    read_acclo A2
    s32i a3, a5, 0
    s32i a4, a5, 4
    finish \name
    .endm
    multiply multiply_lower, mula_ll_ldinc
    multiply multiply_upper, mula_hh_ldinc

    /* int32_t multiply_registers(int32_t sum, const int32_t *x, const int32_t *registers): x[0] and x[1] by `mula_da_...`, half by half, then
     * x[2] and x[3]. */
    begin multiply_registers
    write_acclo A2
    l32i a5, a4, 0
    l32i a6, a4, 4
    addi a3, a3, -4
    ldinc 0, A3
    ldinc 1, A3
    movi a7, 2
    j 1f
    .balign 4
    .byte 0
1:  loop_bytes A7, 12
    mula_da_ll 0, A5
    mula_da_hl_ldinc 0, A3, 0, A6
    mula_da_lh 1, A5
    mula_da_hh_ldinc 1, A3, 1, A6
    read_acclo A2
    finish multiply_registers

    /* int32_t turns(int32_t count): how often a loop's two instructions ran, times 2. */
    .macro turns name, loop
    begin \name
    movi a3, 0
    j 1f
    .balign 4
    .byte 0
1:  \loop A2, 6
    _addi a3, a3, 1
    _addi a3, a3, 1
    mov a2, a3
    finish \name
    .endm
    turns turns, loop_bytes
    turns turns_or_none, loop_bytes_or_none

    /* int32_t NAME(int32_t a, int32_t b) */
    .macro operation name, instruction, operands:vararg
    begin \name
    \instruction A2, \operands
    finish \name
    .endm
    operation extend, sext8, A2
    operation extend_half, sext16, A2
    operation clamp, clamps8, A2
    operation lesser, min, A2, A3
    operation greater, max, A2, A3
    operation lesser_unsigned, minu, A2, A3
