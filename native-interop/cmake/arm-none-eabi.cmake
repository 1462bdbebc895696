# Bare-metal Cortex-M with GCC. NF_CORE chooses the core; the rest of the table says which board of QEMU has it, where that
# board's memories and first UART are (ports/qemu), and which kernels are written for it.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES NF_CORE)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)

set(NF_PORT cortex-m)
set(NF_QEMU qemu-system-arm)

# Soft float: the engine has none, and the linker would show it if it had. Helium without floating point still has the
# calling convention of a vector unit.
set(core_flags -mfloat-abi=soft)

set(NF_CORE cortex-m4 CACHE STRING "Core to build for")
set_property(CACHE NF_CORE PROPERTY STRINGS cortex-m4 cortex-m7 cortex-m33 cortex-m55)
if(NF_CORE STREQUAL "cortex-m4")
    set(board mps2-an386 0x00000000 0x20000000 0x21000000 0x40004000)
    set(NF_BACKENDS dsp)
elseif(NF_CORE STREQUAL "cortex-m7")
    set(board mps2-an500 0x00000000 0x20000000 0x60000000 0x40004000)
    set(NF_BACKENDS dsp)
elseif(NF_CORE STREQUAL "cortex-m33")
    set(board mps2-an505 0x10000000 0x38000000 0x80000000 0x50200000)
    set(NF_BACKENDS dsp)
elseif(NF_CORE STREQUAL "cortex-m55")
    set(board mps3-an547 0x00000000 0x31000000 0x60000000 0x59303000)
    set(NF_BACKENDS mve dsp)
    set(NF_CORE_OPTION +nofp)
    set(core_flags -mfloat-abi=hard)
else()
    message(FATAL_ERROR "NF_CORE must be cortex-m4, cortex-m7, cortex-m33 or cortex-m55, not '${NF_CORE}'")
endif()
list(GET board 0 NF_QEMU_MACHINE)
list(GET board 1 NF_FLASH_BASE)
list(GET board 2 NF_RAM_BASE)
list(GET board 3 NF_BLOB_BASE)
list(GET board 4 NF_UART_BASE)

set(CMAKE_C_FLAGS_INIT "-mcpu=${NF_CORE}${NF_CORE_OPTION} -mthumb ${core_flags} -ffunction-sections -fdata-sections")
set(CMAKE_ASM_FLAGS_INIT "${CMAKE_C_FLAGS_INIT}")
set(CMAKE_EXE_LINKER_FLAGS_INIT --specs=nano.specs)
