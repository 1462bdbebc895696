# The interop library NanoFormer.Interop for nf-interpreter. Goes to CMake/Modules; the folder native-interop goes to
# InteropAssemblies/NanoFormer.Interop, as a copy or a link, or stays where it is and NANOFORMER_DIR says where. README.md tells the rest.

set(NANOFORMER_DIR "${CMAKE_SOURCE_DIR}/InteropAssemblies/NanoFormer.Interop" CACHE PATH "The folder native-interop")
set(NANOFORMER_MODELS "" CACHE STRING "Model images to link into the firmware, a list of paths; Transformer.FromFirmware counts them from 0")
set(NANOFORMER_TRANSFORMERS 2 CACHE STRING "Transformers that can be open at a time")
set(NANOFORMER_ARENA_BYTES 32768 CACHE STRING "Working memory of all open transformers together")
set(NANOFORMER_CAPTURE_BYTES 4096 CACHE STRING "Memory of the capture's ring")
set(NANOFORMER_WINDOW_BYTES 8192 CACHE STRING "Memory of the capture's window")

# What suits the core: dsp for Cortex-M4, M7 and M33, rv32 for RISC-V, xtensa for ESP32 and ESP32-S3, portable for all others.
if(TARGET_SERIES MATCHES "^STM32(F4|F7|H7|L4)")
    set(nanoformer_backend dsp)
elseif(TARGET_SERIES MATCHES "^ESP32_([CH][0-9]|P4)")
    set(nanoformer_backend rv32)
elseif(TARGET_SERIES MATCHES "^ESP32(_S3)?$")
    set(nanoformer_backend xtensa)
else()
    set(nanoformer_backend portable)
endif()
set(NANOFORMER_BACKEND ${nanoformer_backend} CACHE STRING "Kernels: portable, scalar, dsp, mve, rv32 or xtensa")

set(nanoformer_glue ${NANOFORMER_DIR}/nanoframework)
set(nanoformer_generated ${CMAKE_BINARY_DIR}/nanoformer)

# One section of read-only data an image, aligned for flash caches.
set(NANOFORMER_IMAGE_SECTIONS "")
set(NANOFORMER_IMAGE_ENTRIES "")
set(NANOFORMER_IMAGE_COUNT 0)
foreach(image IN LISTS NANOFORMER_MODELS)
    file(REAL_PATH "${image}" path BASE_DIRECTORY ${CMAKE_SOURCE_DIR} EXPAND_TILDE)
    if(NOT EXISTS "${path}")
        message(FATAL_ERROR "NANOFORMER_MODELS: there is no ${path}")
    endif()
    set(name nf_image_${NANOFORMER_IMAGE_COUNT})
    file(SHA256 "${path}" hash) # another image is another source, and so is compiled again
    string(APPEND NANOFORMER_IMAGE_SECTIONS
        "/* ${hash} */\n"
        "__asm__(\".section .rodata.${name},\\\"a\\\"\\n.balign 16\\n.global ${name}_start\\n${name}_start:\\n.incbin \\\"${path}\\\"\\n\"\n"
        "        \".global ${name}_end\\n${name}_end:\\n.byte 0\\n.previous\\n\");\n"
        "extern const uint8_t ${name}_start[], ${name}_end[];\n")
    string(APPEND NANOFORMER_IMAGE_ENTRIES "    {${name}_start, ${name}_end},\n")
    math(EXPR NANOFORMER_IMAGE_COUNT "${NANOFORMER_IMAGE_COUNT} + 1")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
endforeach()
configure_file(${nanoformer_glue}/linked_images.c.in ${nanoformer_generated}/linked_images.c @ONLY)
configure_file(${nanoformer_glue}/nf_firmware_config.h.in ${nanoformer_generated}/nf_firmware_config.h @ONLY)

# Boards that are known bring their clock, their flash and their capture port.
if(RTOS STREQUAL "ESP32")
    set(nanoformer_board ${nanoformer_glue}/boards/esp32.c)
    file(GLOB nanoformer_port ${NANOFORMER_DIR}/ports/esp-idf/*.c)
elseif(RTOS STREQUAL "ChibiOS" AND TARGET_SERIES MATCHES "^STM32(F4|F7|H7|L4)")
    set(nanoformer_board ${nanoformer_glue}/boards/chibios.c)
    file(GLOB nanoformer_port ${NANOFORMER_DIR}/ports/chibios/*.c)
else()
    set(nanoformer_board ${nanoformer_glue}/boards/time.cpp ${nanoformer_glue}/boards/no_flash.c)
    set(nanoformer_port ${nanoformer_glue}/boards/no_capture.c)
endif()

file(GLOB nanoformer_engine
    ${NANOFORMER_DIR}/engine/*.c
    ${NANOFORMER_DIR}/engine/kinds/*.c
    ${NANOFORMER_DIR}/capture/*.c
    ${NANOFORMER_DIR}/path/*.c
    ${NANOFORMER_DIR}/log/*.c
    ${NANOFORMER_DIR}/kernels/*.c
    ${NANOFORMER_DIR}/kernels/scalar/*.c
    ${NANOFORMER_DIR}/kernels/portable/*.c
    ${NANOFORMER_DIR}/kernels/${NANOFORMER_BACKEND}/*.[cS])
list(FILTER nanoformer_engine EXCLUDE REGEX "/kernels/built\\.c$")
list(REMOVE_DUPLICATES nanoformer_engine)
file(GLOB nanoformer_glue_sources ${nanoformer_glue}/*.cpp ${nanoformer_glue}/*.c)

set(NanoFormer.Interop_INCLUDE_DIRS
    ${CMAKE_SOURCE_DIR}/src/CLR/Core
    ${CMAKE_SOURCE_DIR}/src/CLR/Include
    ${CMAKE_SOURCE_DIR}/src/HAL/Include
    ${CMAKE_SOURCE_DIR}/src/PAL/Include
    ${NANOFORMER_DIR}/include
    ${NANOFORMER_DIR}/kernels
    ${nanoformer_generated})
set(NanoFormer.Interop_SOURCES
    ${nanoformer_glue_sources}
    ${nanoformer_glue}/boards/pins.cpp
    ${nanoformer_board}
    ${nanoformer_port}
    ${nanoformer_engine}
    ${nanoformer_generated}/linked_images.c)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(INTEROP-NanoFormer.Interop DEFAULT_MSG NanoFormer.Interop_INCLUDE_DIRS NanoFormer.Interop_SOURCES)
