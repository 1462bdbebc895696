# Bare-metal Xtensa with Debian's GCC for the LX106 (call0 ABI), on QEMU's core dc233c, which has what the LX6 of an ESP32 has and the
# kernels use: MAC16, zero-overhead loops, SEXT, MIN, MAX (kernels/xtensa/assembly.inc). There is no C library: ports/qemu/xtensa.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR xtensa)
set(CMAKE_C_COMPILER xtensa-lx106-elf-gcc)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)

set(NF_CORE xtensa CACHE STRING "Core to build for")
set(NF_PORT xtensa)
set(NF_BACKENDS xtensa)
set(NF_QEMU qemu-system-xtensa)
set(NF_QEMU_MACHINE lx60)
set(NF_QEMU_OPTIONS -cpu dc233c)
set(NF_FLASH_BASE 0x01000000)
set(NF_RAM_BASE 0x01400000)
set(NF_BLOB_BASE 0x02000000)
set(NF_UART_BASE 0xFD050020)

set(CMAKE_C_FLAGS_INIT "-ffunction-sections -fdata-sections -mtext-section-literals -DNF_NARROW_MULTIPLIER -isystem ${CMAKE_CURRENT_LIST_DIR}/../ports/qemu/xtensa/include")
set(CMAKE_ASM_FLAGS_INIT "-ffunction-sections -Wa,--text-section-literals")
set(CMAKE_EXE_LINKER_FLAGS_INIT -nostdlib)
set(CMAKE_C_STANDARD_LIBRARIES -lgcc)
