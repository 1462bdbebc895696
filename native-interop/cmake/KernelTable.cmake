# nf_add_kernel_table(target symbol backend operator... [STREAMS])
#
# Adds to `target` a table `const nf_kernels symbol` of a backend with just the named operators, such as linear or attention, and the
# kernels they call: what a firmware that knows its models links instead of the backend's whole table. ALL names every operator. With
# STREAMS it runs streams of them, too. What stands in the table is kernels/table.h's to say.
set(NF_KERNELS_DIR ${CMAKE_CURRENT_LIST_DIR}/../kernels)

function(nf_add_kernel_table target symbol backend)
    cmake_parse_arguments(PARSE_ARGV 3 table "STREAMS;ALL" "" "")
    if(table_ALL)
        set(operators "~0u")
    else()
        list(TRANSFORM table_UNPARSED_ARGUMENTS TOUPPER)
        list(TRANSFORM table_UNPARSED_ARGUMENTS PREPEND "1u << NF_")
        list(JOIN table_UNPARSED_ARGUMENTS " | " operators)
    endif()
    if(table_STREAMS)
        set(streams 1)
    else()
        set(streams 0)
    endif()
    set(file ${CMAKE_CURRENT_BINARY_DIR}/${target}/${symbol}.c)
    file(CONFIGURE OUTPUT ${file} @ONLY CONTENT
"/* Written by nf_add_kernel_table. */
#define NF_TABLE @symbol@
#define NF_TABLE_OPERATORS (@operators@)
#define NF_TABLE_STREAMS @streams@
#include \"@backend@/table.c\"
")
    target_sources(${target} PRIVATE ${file})
    target_include_directories(${target} PRIVATE ${NF_KERNELS_DIR})
endfunction()
