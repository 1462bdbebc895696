/* nf_rv32_multiply_block: see block.h.
 *
 * The sixteen sums of 4 rows x 4 tokens stay in registers: row 0 in s0-s3, row 1 in s4-s7, row 2 in s8-s11, row 3 in a0-a3. A step of
 * K loads a value of each token and, for each row, one weight, and multiplies and adds sixteen times: 40 instructions for 16 products.
 * Loops are entered with t0 at the group's tokens and t6 at the block; they leave t0 at the next group's and go to .Lstore. */

#define LOOP 0
#define TOKENS 4
#define CORRECTIONS 8
#define WEIGHTS 12
#define WEIGHT_STRIDE 16
#define INPUTS 20
#define GROUPS 24
#define ROWS 28
#define Y 32
#define TOKEN_STRIDE 36
#define OUTPUT_STRIDE 40
#define LOW 44
#define HIGH 48

#define MULTIPLIER 16
#define SHIFT 32
#define CENTRE 48

/* Frame: s0-s11, ra, then the block and what advances from group to group. */
#define FRAME 80
#define BLOCK 52
#define GROUP_TOKENS 56
#define GROUP_CORRECTIONS 60
#define GROUP_Y 64
#define GROUPS_LEFT 68

    .text
    .balign 4

    .macro multiply_add weights, offset, sum0, sum1, sum2, sum3
    lb t5, \offset(\weights)
    mul t6, t5, t1
    add \sum0, \sum0, t6
    mul t6, t5, t2
    add \sum1, \sum1, t6
    mul t6, t5, t3
    add \sum2, \sum2, t6
    mul t6, t5, t4
    add \sum3, \sum3, t6
    .endm

    /* Interleaved tokens at t0; a4-a7 walk the weight rows. */
    .macro interleaved_step offset
    lh t1, \offset * 8(t0)
    lh t2, \offset * 8 + 2(t0)
    lh t3, \offset * 8 + 4(t0)
    lh t4, \offset * 8 + 6(t0)
    multiply_add a4, \offset, s0, s1, s2, s3
    multiply_add a5, \offset, s4, s5, s6, s7
    multiply_add a6, \offset, s8, s9, s10, s11
    multiply_add a7, \offset, a0, a1, a2, a3
    .endm

    .macro interleaved_advance inputs
    addi t0, t0, \inputs * 8
    addi a4, a4, \inputs
    addi a5, a5, \inputs
    addi a6, a6, \inputs
    addi a7, a7, \inputs
    .endm

    /* Rows `inputs` apart: tokens at t0, weights at a4. */
    .macro dense_step inputs, offset
    lb t1, \offset(t0)
    lb t2, \inputs + \offset(t0)
    lb t3, 2 * \inputs + \offset(t0)
    lb t4, 3 * \inputs + \offset(t0)
    multiply_add a4, \offset, s0, s1, s2, s3
    multiply_add a4, \inputs + \offset, s4, s5, s6, s7
    multiply_add a4, 2 * \inputs + \offset, s8, s9, s10, s11
    multiply_add a4, 3 * \inputs + \offset, a0, a1, a2, a3
    .endm

    .macro dense_loop inputs
    .globl nf_rv32_dense_\inputs
    .balign 4
nf_rv32_dense_\inputs:
    lw a4, WEIGHTS(t6)
    addi a5, a4, \inputs
1:  dense_step \inputs, 0
    dense_step \inputs, 1
    dense_step \inputs, 2
    dense_step \inputs, 3
    dense_step \inputs, 4
    dense_step \inputs, 5
    dense_step \inputs, 6
    dense_step \inputs, 7
    addi t0, t0, 8
    addi a4, a4, 8
    bne a4, a5, 1b
    addi t0, t0, 3 * \inputs
    j .Lstore
    .endm

    /* Sums begin as the row's bias plus the token's correction. */
    .macro begin_row row, sum0, sum1, sum2, sum3
    lw t5, \row * 4(a4)
    add \sum0, t5, t1
    add \sum1, t5, t2
    add \sum2, t5, t3
    add \sum3, t5, t4
    .endm

    /* a4 doubled multiplier, a5 shift, ra centre, a6 low, a7 high. */
    .macro store_sum sum, pointer, offset
    mul t4, \sum, a4
    mulhsu t5, \sum, a4
    srai t6, \sum, 31
    srli t4, t4, 31
    add t6, t6, ra
    add t5, t5, t4
    add t5, t5, t6
    sra t5, t5, a5
    bge t5, a6, 1f
    mv t5, a6
1:  bge a7, t5, 2f
    mv t5, a7
2:  sb t5, \offset(\pointer)
    .endm

    .macro store_row row, offset, sum0, sum1, sum2, sum3
    lw t4, BLOCK(sp)
    lw t4, ROWS(t4)
    lw a4, MULTIPLIER + \row * 4(t4)
    lw a5, SHIFT + \row * 4(t4)
    lw ra, CENTRE + \row * 4(t4)
    store_sum \sum0, t0, \offset
    store_sum \sum1, t1, \offset
    store_sum \sum2, t2, \offset
    store_sum \sum3, t3, \offset
    .endm

    .macro next_row
    lw t4, BLOCK(sp)
    lw t4, OUTPUT_STRIDE(t4)
    add t0, t0, t4
    add t1, t1, t4
    add t2, t2, t4
    add t3, t3, t4
    .endm

    .globl nf_rv32_multiply_block
    .type nf_rv32_multiply_block, @function
nf_rv32_multiply_block:
    addi sp, sp, -FRAME
    sw s0, 0(sp)
    sw s1, 4(sp)
    sw s2, 8(sp)
    sw s3, 12(sp)
    sw s4, 16(sp)
    sw s5, 20(sp)
    sw s6, 24(sp)
    sw s7, 28(sp)
    sw s8, 32(sp)
    sw s9, 36(sp)
    sw s10, 40(sp)
    sw s11, 44(sp)
    sw ra, 48(sp)
    mv t6, a0
    sw t6, BLOCK(sp)
    lw t0, TOKENS(t6)
    lw a5, CORRECTIONS(t6)
    lw t2, Y(t6)
    lw t3, GROUPS(t6)
    sw t2, GROUP_Y(sp)
    sw t3, GROUPS_LEFT(sp)

    /* t0 tokens, a5 corrections, t6 block. */
.Lgroup:
    lw a4, ROWS(t6)
    lw t1, 0(a5)
    lw t2, 4(a5)
    lw t3, 8(a5)
    lw t4, 12(a5)
    addi a5, a5, 16
    sw a5, GROUP_CORRECTIONS(sp)
    begin_row 0, s0, s1, s2, s3
    begin_row 1, s4, s5, s6, s7
    begin_row 2, s8, s9, s10, s11
    begin_row 3, a0, a1, a2, a3
    lw t5, LOOP(t6)
    jr t5

.Lstore:
    lw t6, BLOCK(sp)
    sw t0, GROUP_TOKENS(sp)
    lw t0, GROUP_Y(sp)
    lw t4, TOKEN_STRIDE(t6)
    lw a6, LOW(t6)
    lw a7, HIGH(t6)
    lw t5, OUTPUT_STRIDE(t6)
    add t1, t0, t4
    add t2, t1, t4
    add t3, t2, t4
    add t4, t3, t4
    sw t4, GROUP_Y(sp)
    addi t5, t5, -1
    bnez t5, .Lstrided
    store_row 0, 0, s0, s1, s2, s3
    store_row 1, 1, s4, s5, s6, s7
    store_row 2, 2, s8, s9, s10, s11
    store_row 3, 3, a0, a1, a2, a3

.Lnext:
    lw t1, GROUPS_LEFT(sp)
    lw t6, BLOCK(sp)
    lw t0, GROUP_TOKENS(sp)
    lw a5, GROUP_CORRECTIONS(sp)
    addi t1, t1, -1
    sw t1, GROUPS_LEFT(sp)
    beqz t1, .Ldone
    j .Lgroup

.Ldone:
    lw s0, 0(sp)
    lw s1, 4(sp)
    lw s2, 8(sp)
    lw s3, 12(sp)
    lw s4, 16(sp)
    lw s5, 20(sp)
    lw s6, 24(sp)
    lw s7, 28(sp)
    lw s8, 32(sp)
    lw s9, 36(sp)
    lw s10, 40(sp)
    lw s11, 44(sp)
    lw ra, 48(sp)
    addi sp, sp, FRAME
    ret

.Lstrided:
    store_row 0, 0, s0, s1, s2, s3
    next_row
    store_row 1, 0, s4, s5, s6, s7
    next_row
    store_row 2, 0, s8, s9, s10, s11
    next_row
    store_row 3, 0, a0, a1, a2, a3
    j .Lnext

    .globl nf_rv32_interleaved
    .balign 4
nf_rv32_interleaved:
    lw a4, WEIGHTS(t6)
    lw t5, WEIGHT_STRIDE(t6)
    lw t6, INPUTS(t6)
    add a5, a4, t5
    add a6, a5, t5
    add a7, a6, t5
    andi t1, t6, -8
    slli t1, t1, 3
    add ra, t0, t1
    beq t0, ra, .Leights_done
.Leight:
    interleaved_step 0
    interleaved_step 1
    interleaved_step 2
    interleaved_step 3
    interleaved_step 4
    interleaved_step 5
    interleaved_step 6
    interleaved_step 7
    interleaved_advance 8
    bne t0, ra, .Leight
.Leights_done:
    lw t1, BLOCK(sp)
    lw t1, INPUTS(t1)
    andi t1, t1, 7
    slli t1, t1, 3
    add ra, t0, t1
    beq t0, ra, .Lones_done
.Lone:
    interleaved_step 0
    interleaved_advance 1
    bne t0, ra, .Lone
.Lones_done:
    j .Lstore

    dense_loop 8
    dense_loop 16
    dense_loop 32
    dense_loop 48
    dense_loop 64
    dense_loop 128
    .size nf_rv32_multiply_block, . - nf_rv32_multiply_block
