# nf_add_core_test(name source... [BLOB file] [ICOUNT options])
#
# One test program with main(), written against tests/native/test_port.h, for whatever this build is for: a host
# executable, or an image that QEMU runs on the emulated core. Its exit code decides. BLOB is the file that
# test_blob() hands to the program. ICOUNT makes the emulated clock follow the instructions (QEMU's -icount), so that a
# program with interrupts runs the same way every time.
set(NF_TEST_PORT_DIR ${CMAKE_CURRENT_SOURCE_DIR}/../tests/native)
set(NF_RUN_CORE_TEST ${CMAKE_CURRENT_LIST_DIR}/run-core-test.cmake)

function(nf_add_core_test name)
    cmake_parse_arguments(PARSE_ARGV 1 test "" "BLOB;ICOUNT" "")
    add_executable(${name} ${test_UNPARSED_ARGUMENTS} ${NF_TEST_PORT_DIR}/test_report.c)
    target_include_directories(${name} PRIVATE ${NF_TEST_PORT_DIR})
    target_link_libraries(${name} PRIVATE nanoformer)
    nf_strict_warnings(${name})
    if(test_BLOB)
        cmake_path(ABSOLUTE_PATH test_BLOB)
    endif()
    if(NF_CORE)
        target_sources(${name} PRIVATE ${NF_TEST_PORT_DIR}/port_qemu.c)
        target_link_libraries(${name} PRIVATE nanoformer_qemu_runtime)
        add_test(NAME ${name}
            COMMAND ${CMAKE_COMMAND} -DELF=$<TARGET_FILE:${name}> -DQEMU=${NF_QEMU}
                -DMACHINE=${NF_QEMU_MACHINE} "-DOPTIONS=${NF_QEMU_OPTIONS}" -DBLOB=${test_BLOB} -DBLOB_BASE=${NF_BLOB_BASE} -DICOUNT=${test_ICOUNT} -P ${NF_RUN_CORE_TEST})
    else()
        target_sources(${name} PRIVATE ${NF_TEST_PORT_DIR}/port_host.c)
        add_test(NAME ${name} COMMAND ${name})
        set_property(TEST ${name} PROPERTY ENVIRONMENT "NF_TEST_BLOB=${test_BLOB}")
    endif()
    set_property(TEST ${name} PROPERTY TIMEOUT 1200) # catches a hang, on a loaded machine and under sanitizers too
endfunction()
