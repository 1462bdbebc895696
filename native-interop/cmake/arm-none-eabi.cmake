# Bare-metal Cortex-M with GCC. NF_CORE chooses the core; QEMU's board for it is NF_QEMU_MACHINE, whose
# PSRAM at NF_BLOB_BASE holds the model image or test data (ports/mps2/blob.h).
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES NF_CORE)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)

set(NF_CORE cortex-m4 CACHE STRING "Core to build for")
set_property(CACHE NF_CORE PROPERTY STRINGS cortex-m4 cortex-m7)
if(NF_CORE STREQUAL "cortex-m4")
    set(NF_QEMU_MACHINE mps2-an386)
    set(NF_BLOB_BASE 0x21000000)
elseif(NF_CORE STREQUAL "cortex-m7")
    set(NF_QEMU_MACHINE mps2-an500)
    set(NF_BLOB_BASE 0x60000000)
else()
    message(FATAL_ERROR "NF_CORE must be cortex-m4 or cortex-m7, not '${NF_CORE}'")
endif()

# Soft float: the engine has none, and the linker would show it if it had.
set(CMAKE_C_FLAGS_INIT "-mcpu=${NF_CORE} -mthumb -mfloat-abi=soft -ffunction-sections -fdata-sections")
