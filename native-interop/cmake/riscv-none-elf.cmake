# Bare-metal RISC-V with GCC and picolibc: RV32IMC, as on an ESP32-C3, on QEMU's board "virt".
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR riscv32)
set(CMAKE_C_COMPILER riscv64-unknown-elf-gcc)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)

set(NF_CORE rv32 CACHE STRING "Core to build for")
set(NF_PORT virt)
set(NF_BACKENDS rv32)
set(NF_QEMU qemu-system-riscv32)
set(NF_QEMU_MACHINE virt)
set(NF_FLASH_BASE 0x80000000)
set(NF_RAM_BASE 0x80400000)
set(NF_BLOB_BASE 0x84000000)
set(NF_UART_BASE 0x10000000)

set(CMAKE_C_FLAGS_INIT "-march=rv32imc -mabi=ilp32 -ffunction-sections -fdata-sections --specs=picolibc.specs")
set(CMAKE_ASM_FLAGS_INIT "-march=rv32imc -mabi=ilp32")
