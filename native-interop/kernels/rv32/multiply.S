/* nf_rv32_multiply: nf_tile_multiply (portable/tile.h) with the sums of 4 rows x 4 or 6 tokens in registers.
 *
 * Four tokens: two pairs of tokens, each multiplied by four rows, make eight sums of lanes and eight of upper lanes (portable/tile_narrow.h):
 *   row 0  s0 s1 pair 0, s2 s3 pair 1     row 2  s8 s9 pair 0, s10 s11 pair 1
 *   row 1  s4 s5 pair 0, s6 s7 pair 1     row 3  a0 a1 pair 0, a2 a3 pair 1
 *   t0 tokens, a7 weights, a6 what two products of a pair begin with, t1-t4 two inputs of both pairs, t5 t6 two weights, a4 a5 products,
 *   ra stride of the weights.
 * Two inputs take 68 instructions for 32 products. A loop leaves t0 behind the tile and goes to .Lstore.
 *
 * Six tokens: two triples, each multiplied by four rows, in two sums of 32 bits, modulo 2^32, which hold three that are below 2^20:
 *   a = first + second * 2^21     yields the first, and second * 2^21
 *   b = third + second * 2^10     2^11 times this, less second * 2^21, yields the third; without that b is second * 2^10, which fits
 * Registers in the order above: row 0  s0 a, s1 b of triple 0, s2 a, s3 b of triple 1, and so on. t0 tokens, a7 a4 a5 a6 the rows of weights,
 * t1 t2 and t3 t4 an input of both triples, t5 a weight, t6 a product, ra where the loop ends. An input takes 44 instructions for 24 products. */

/* nf_tile_product */
#define TOKENS 0
#define TOKEN_COUNT 4
#define WEIGHTS 8
#define WEIGHT_STRIDE 12
#define INPUTS 16
#define ROWS 20
#define Y 24
#define TOKEN_STRIDE 28
#define OUTPUT_STRIDE 32
#define SIXES 36

/* nf_tile_rows */
#define MULTIPLIER(row) (16 + 12 * (row))
#define CENTRE(row) (20 + 12 * (row))
#define SHIFT(row) (24 + 12 * (row))

#define START -33024 /* (NF_UPPER_START << NF_LANE_BITS) + NF_LOWER_START */

/* Every sum of a triple begins at -1, because 64 products make up to 2^20. */
#define START_A -2097153
#define START_B -1025

/* Frame: s0-s11, ra, then: */
#define PRODUCT 52
#define LOOP 56
#define TOKEN 60
#define NEXT 64
#define END 68
#define FRAME 80

    .text
    .balign 4

    .macro begin_pair sum, upper, bias, lower_correction, upper_correction
    add \upper, \bias, \upper_correction
    slli \sum, \upper, 16
    add \sum, \sum, \bias
    add \sum, \sum, \lower_correction
    .endm

    /* Corrections in t1-t4, rows at t5. */
    .macro begin_row row, sum0, upper0, sum1, upper1
    lw t6, 4 * \row(t5)
    srai t6, t6, 2
    begin_pair \sum0, \upper0, t6, t1, t2
    begin_pair \sum1, \upper1, t6, t3, t4
    .endm

    .macro multiply_row weight0, weight1, sum0, upper0, sum1, upper1
    lb t5, \weight0(a7)
    lb t6, \weight1(a7)
    mul a4, t5, t1
    mul a5, t6, t3
    mul t5, t5, t2
    mul t6, t6, t4
    add a4, a4, a5
    add a4, a4, a6
    add t5, t5, t6
    add t5, t5, a6
    add \sum0, \sum0, a4
    srai a4, a4, 16
    add \upper0, \upper0, a4
    add \sum1, \sum1, t5
    srai t5, t5, 16
    add \upper1, \upper1, t5
    .endm

    .macro load_tokens offset
    lw t1, 8 * \offset(t0)
    lw t2, 8 * \offset + 4(t0)
    lw t3, 8 * \offset + 8(t0)
    lw t4, 8 * \offset + 12(t0)
    .endm

    /* Rows `inputs` apart. */
    .macro dense_step inputs, offset
    load_tokens \offset
    multiply_row \offset, \offset + 1, s0, s1, s2, s3
    multiply_row \inputs + \offset, \inputs + \offset + 1, s4, s5, s6, s7
    multiply_row 2 * \inputs + \offset, 2 * \inputs + \offset + 1, s8, s9, s10, s11
    multiply_row 3 * \inputs + \offset, 3 * \inputs + \offset + 1, a0, a1, a2, a3
    .endm

    .macro dense_loop inputs
    .balign 4
.Ldense_\inputs:
    addi ra, a7, \inputs
1:  dense_step \inputs, 0
    dense_step \inputs, 2
    addi t0, t0, 32
    addi a7, a7, 4
    bne a7, ra, 1b
    j .Lstore
    .endm

    /* The address of the loop for this number of inputs; t1 inputs. */
    .macro choose inputs
    li t2, \inputs
    bne t1, t2, 1f
    la t3, .Ldense_\inputs
    j .Lchosen
1:
    .endm

    /* Sums of a pair become four times the sums of its two tokens. */
    .macro part sum, upper
    slli t6, \upper, 16
    sub \sum, \sum, t6
    slli \sum, \sum, 2
    slli \upper, \upper, 2
    .endm

    /* a4 multiplier, a5 centre, ra shift, a6 256. */
    .macro store four_sum, pointer, offset
    mulh t5, \four_sum, a4
    srai t6, \four_sum, 31
    slli t6, t6, 1
    add t5, t5, a5
    add t5, t5, t6
    sra t5, t5, ra
    addi t6, t5, 128
    bgeu t6, a6, 2f
1:  sb t5, \offset(\pointer)
    .subsection 1
2:  srai t5, t5, 31
    xori t5, t5, 127
    j 1b
    .previous
    .endm

    .macro load_scale row
    lw a4, MULTIPLIER(\row)(t4)
    lw a5, CENTRE(\row)(t4)
    lw ra, SHIFT(\row)(t4)
    .endm

    .macro store_row row, offset, four_sum0, four_sum1, four_sum2, four_sum3
    load_scale \row
    store \four_sum0, t0, \offset
    store \four_sum1, t1, \offset
    store \four_sum2, t2, \offset
    store \four_sum3, t3, \offset
    .endm

    .macro next_row
    add t0, t0, a7
    add t1, t1, a7
    add t2, t2, a7
    add t3, t3, a7
    .endm

    /* Of the weight in t5; loads the next one, if any, before its last addition. */
    .macro multiply_six_row a0, b0, a1, b1, next
    mul t6, t5, t1
    add \a0, \a0, t6
    mul t6, t5, t2
    add \b0, \b0, t6
    mul t6, t5, t3
    add \a1, \a1, t6
    mul t6, t5, t4
    \next
    add \b1, \b1, t6
    .endm

    .macro multiply_six offset
    lw t1, 12 * \offset(t0)
    lw t3, 12 * \offset + 4(t0)
    lh t2, 12 * \offset + 8(t0)
    lh t4, 12 * \offset + 10(t0)
    lb t5, \offset(a7)
    srai t6, t1, 11
    add t2, t2, t6
    srai t6, t3, 11
    add t4, t4, t6
    multiply_six_row s0, s1, s2, s3, "lb t5, \offset(a4)"
    multiply_six_row s4, s5, s6, s7, "lb t5, \offset(a5)"
    multiply_six_row s8, s9, s10, s11, "lb t5, \offset(a6)"
    multiply_six_row a0, a1, a2, a3
    .endm

    .macro next_inputs count
    addi a7, a7, \count
    addi a4, a4, \count
    addi a5, a5, \count
    addi a6, a6, \count
    addi t0, t0, 12 * \count
    .endm

    /* Three tokens of a row from its sums a and b, at t0, t1, t2. */
    .macro store_triple row, offset, a, b
    load_scale \row
    slli t5, \a, 11
    srai t3, t5, 11
    sub \a, \a, t3                   /* the second << 21 */
    srai t3, t5, 9                     /* four times the first */
    slli t6, \b, 11
    sub t6, t6, \a                    /* the third << 11 */
    srai \a, t6, 11
    sub \a, \b, \a                   /* the second << 10 */
    srai \a, \a, 8                    /* four times the second */
    srai \b, t6, 9                    /* and the third */
    lw t6, 4 * \row(t4)
    addi t6, t6, 4
    add t3, t3, t6
    add \a, \a, t6
    add \b, \b, t6
    store t3, t0, \offset
    store \a, t1, \offset
    store \b, t2, \offset
    .endm

    .macro next_triple_row
    add t0, t0, a7
    add t1, t1, a7
    add t2, t2, a7
    .endm

    /* t3 of the next three, from t2 on. */
    .macro next_triple
    add t0, t2, t3
    add t1, t0, t3
    add t2, t1, t3
    .endm

    .globl nf_rv32_multiply
    .type nf_rv32_multiply, @function
nf_rv32_multiply:
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
    mv a5, a0
    sw a5, PRODUCT(sp)
    sw zero, TOKEN(sp)
    lw t0, TOKENS(a5)
    lw t1, SIXES(a5)
    beqz t1, .Lfours
    j .Lsix

.Lfours:
    lw t1, INPUTS(a5)
    lw t2, WEIGHT_STRIDE(a5)
    bne t1, t2, .Lchoose_any
    choose 32
    choose 64
    choose 16
    choose 8
    choose 128
    choose 48
.Lchoose_any:
    la t3, .Lany
.Lchosen:
    sw t3, LOOP(sp)

    /* t0 the tile, a5 the product. */
.Ltile:
    lw t5, ROWS(a5)
    lw t1, 0(t0)
    lw t2, 4(t0)
    lw t3, 8(t0)
    lw t4, 12(t0)
    srai t1, t1, 2
    srai t2, t2, 2
    srai t3, t3, 2
    srai t4, t4, 2
    begin_row 0, s0, s1, s2, s3
    begin_row 1, s4, s5, s6, s7
    begin_row 2, s8, s9, s10, s11
    begin_row 3, a0, a1, a2, a3
    addi t0, t0, 16
    lw a7, WEIGHTS(a5)
    li a6, START
    lw t1, LOOP(sp)
    jr t1

.Lstore:
    sw t0, NEXT(sp)
    lw t4, PRODUCT(sp)
    lw t1, TOKEN(sp)
    lw t2, TOKEN_COUNT(t4)
    lw t3, TOKEN_STRIDE(t4)
    lw t0, Y(t4)
    addi t5, t1, 4
    sw t5, TOKEN(sp)
    bge t2, t5, 1f
    addi t1, t2, -4
1:  mul t1, t1, t3
    add t0, t0, t1
    add t1, t0, t3
    add t2, t1, t3
    add t3, t2, t3
    lw a7, OUTPUT_STRIDE(t4)
    lw t4, ROWS(t4)
    part s0, s1
    part s2, s3
    part s4, s5
    part s6, s7
    part s8, s9
    part s10, s11
    part a0, a1
    part a2, a3
    li a6, 256
    addi t5, a7, -1
    bnez t5, .Lstrided
    store_row 0, 0, s0, s1, s2, s3
    store_row 1, 1, s4, s5, s6, s7
    store_row 2, 2, s8, s9, s10, s11
    store_row 3, 3, a0, a1, a2, a3

.Lnext:
    lw a5, PRODUCT(sp)
    lw t1, TOKEN(sp)
    lw t2, TOKEN_COUNT(a5)
    lw t0, NEXT(sp)
    bge t1, t2, .Ldone
    j .Ltile

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

    /* Any number of inputs, any stride: the pointer walks down the rows and back. */
.Lany:
    lw t1, PRODUCT(sp)
    lw t2, INPUTS(t1)
    lw ra, WEIGHT_STRIDE(t1)
    srli t3, t2, 1
    slli t3, t3, 4
    add t3, t0, t3
    sw t3, END(sp)
    beq t0, t3, .Lodd
1:  load_tokens 0
    multiply_row 0, 1, s0, s1, s2, s3
    add a7, a7, ra
    multiply_row 0, 1, s4, s5, s6, s7
    add a7, a7, ra
    multiply_row 0, 1, s8, s9, s10, s11
    add a7, a7, ra
    multiply_row 0, 1, a0, a1, a2, a3
    slli t5, ra, 2
    sub a7, a7, t5
    add a7, a7, ra
    addi a7, a7, 2
    addi t0, t0, 16
    lw t5, END(sp)
    bne t0, t5, 1b
.Lodd:
    lw t1, PRODUCT(sp)
    lw t2, INPUTS(t1)
    andi t2, t2, 1
    bnez t2, 1f
    j .Lstore
1:  lw t1, 0(t0)
    lw t2, 4(t0)
    li t3, 0
    li t4, 0
    multiply_row 0, 0, s0, s1, s2, s3
    add a7, a7, ra
    multiply_row 0, 0, s4, s5, s6, s7
    add a7, a7, ra
    multiply_row 0, 0, s8, s9, s10, s11
    add a7, a7, ra
    multiply_row 0, 0, a0, a1, a2, a3
    addi t0, t0, 8
    j .Lstore

    /* t0 the tokens, a5 the product. */
    .balign 4
.Lsix:
    lw a7, WEIGHTS(a5)
    lw t1, WEIGHT_STRIDE(a5)
    lw t2, INPUTS(a5)
    andi ra, t2, -8
    add ra, ra, a7
    add a4, a7, t1
    add a5, a4, t1
    add a6, a5, t1
    li s0, START_A
    li s1, START_B
    .irp a, s2, s4, s6, s8, s10, a0, a2
    mv \a, s0
    .endr
    .irp b, s3, s5, s7, s9, s11, a1, a3
    mv \b, s1
    .endr
    beq a7, ra, 2f
1:  multiply_six 0
    multiply_six 1
    multiply_six 2
    multiply_six 3
    multiply_six 4
    multiply_six 5
    multiply_six 6
    multiply_six 7
    next_inputs 8
    bne a7, ra, 1b
2:  lw t1, PRODUCT(sp)
    lw t1, INPUTS(t1)
    andi t1, t1, 7
    add ra, a7, t1
    beqz t1, .Lstore_six
3:  multiply_six 0
    next_inputs 1
    bne a7, ra, 3b

.Lstore_six:
    sw t0, NEXT(sp)
    lw t4, PRODUCT(sp)
    lw t1, TOKEN(sp)
    lw t2, TOKEN_COUNT(t4)
    lw t3, TOKEN_STRIDE(t4)
    lw t0, Y(t4)
    addi t5, t1, 6
    sw t5, TOKEN(sp)
    bge t2, t5, 1f
    addi t1, t2, -6
1:  mul t1, t1, t3
    add t0, t0, t1
    add t1, t0, t3
    add t2, t1, t3
    lw a7, OUTPUT_STRIDE(t4)
    lw t4, ROWS(t4)
    li a6, 256
    addi t5, a7, -1
    bnez t5, .Lstrided_six
    store_triple 0, 0, s0, s1
    store_triple 1, 1, s4, s5
    store_triple 2, 2, s8, s9
    store_triple 3, 3, a0, a1
    lw t3, PRODUCT(sp)
    lw t3, TOKEN_STRIDE(t3)
    next_triple
    store_triple 0, 0, s2, s3
    store_triple 1, 1, s6, s7
    store_triple 2, 2, s10, s11
    store_triple 3, 3, a2, a3

.Lnext_six:
    lw a5, PRODUCT(sp)
    lw t1, TOKEN(sp)
    lw t2, SIXES(a5)
    lw t3, TOKEN_COUNT(a5)
    lw t0, NEXT(sp)
    blt t1, t2, 1f
    blt t1, t3, 2f
    j .Ldone
1:  j .Lsix
2:  j .Lfours

.Lstrided_six:
    store_triple 0, 0, s0, s1
    next_triple_row
    store_triple 1, 0, s4, s5
    next_triple_row
    store_triple 2, 0, s8, s9
    next_triple_row
    store_triple 3, 0, a0, a1
    lw t3, PRODUCT(sp)
    lw t3, TOKEN_STRIDE(t3)
    slli t5, a7, 1
    add t5, t5, a7
    sub t2, t2, t5
    next_triple
    store_triple 0, 0, s2, s3
    next_triple_row
    store_triple 1, 0, s6, s7
    next_triple_row
    store_triple 2, 0, s10, s11
    next_triple_row
    store_triple 3, 0, a2, a3
    j .Lnext_six

    dense_loop 8
    dense_loop 16
    dense_loop 32
    dense_loop 48
    dense_loop 64
    dense_loop 128
    .size nf_rv32_multiply, . - nf_rv32_multiply
