    /* Reset and faults of an Xtensa core. QEMU jumps to nf_reset with the core as its own reset leaves it. */
#define PS_MASK_INTERRUPTS 15 /* and neither EXCM, which would stop zero-overhead loops, nor UM */
#define KERNEL_EXCEPTION 0x300
#define USER_EXCEPTION 0x340
#define DOUBLE_EXCEPTION 0x3C0

    .section .reset, "ax", @progbits
    .globl nf_reset
    .type nf_reset, @function
nf_reset:
    j .Lstart
    .balign 4
    .literal_position
.Lstart:
    movi a2, PS_MASK_INTERRUPTS
    wsr.ps a2
    rsync
    movi a2, nf_vectors
    wsr.vecbase a2
    movi a1, nf_stack_top
    mov a2, a1
    movi a3, nf_start
    jx a3
    .size nf_reset, . - nf_reset

    /* The port takes no interrupts, so every exception is a fault. */
    .section .vectors, "ax", @progbits
    .balign 1024
nf_vectors:
    .org KERNEL_EXCEPTION
    j .Lfault
    .org USER_EXCEPTION
    j .Lfault
    .org DOUBLE_EXCEPTION
    j .Lfault
    .balign 4
    .literal_position
.Lfault:
    rsr.exccause a2
    rsr.epc1 a3
    movi a1, nf_stack_top
    movi a4, nf_report_fault
    jx a4
