# Runs one test image in QEMU: cmake -DELF=... -DQEMU=... -DMACHINE=... [-DOPTIONS=...] [-DBLOB=... -DBLOB_BASE=...] [-DICOUNT=...] -P run-core-test.cmake
# The program reports on UART0 and leaves by semihosting; its exit code is QEMU's.
set(command ${QEMU} -M ${MACHINE} ${OPTIONS} -bios none -display none -monitor none -serial stdio
    -semihosting-config enable=on,target=native -kernel ${ELF})
if(BLOB)
    file(SIZE ${BLOB} bytes)
    math(EXPR blob_start "${BLOB_BASE} + 16")
    list(APPEND command
        -device loader,addr=${BLOB_BASE},data=${bytes},data-len=4
        -device loader,file=${BLOB},addr=${blob_start},force-raw=on)
endif()
if(ICOUNT)
    list(APPEND command -icount ${ICOUNT})
endif()
execute_process(COMMAND ${command} INPUT_FILE /dev/null RESULT_VARIABLE code)
if(NOT code EQUAL 0)
    message(FATAL_ERROR "exit code ${code}")
endif()
