# nf_add_kernel_table(target symbol backend kind...)
#
# Adds to `target` a table `const nf_kernels symbol` of a backend with just the named kinds of operators, such as linear or attention,
# and the kernels they call: what a firmware that knows its models links instead of the backend's whole table. With STREAMS among the
# kinds it runs streams of them, too. The functions are looked up in kernels/<backend>/table.c.
set(NF_KERNELS_DIR ${CMAKE_CURRENT_LIST_DIR}/../kernels)

set(NF_KERNELS_OF_quantize quantize_s16)
set(NF_KERNELS_OF_conv1d conv1d_s8)
set(NF_KERNELS_OF_linear linear_s8)
set(NF_KERNELS_OF_attention linear_s8 attention_s8)
set(NF_KERNELS_OF_add add_s8)
set(NF_KERNELS_OF_mean mean_s8)
set(NF_KERNELS_OF_softmax softmax_s8)
set(NF_KERNELS_OF_depthwise_conv1d depthwise_conv1d_s8)
set(NF_KERNELS_OF_lookup lookup_s8)
set(NF_KERNELS_OF_layer_norm layer_norm_s8)
set(NF_KERNELS_OF_linear_attention linear_s8 linear_attention_s8)
set(NF_KERNELS_OF_last)
set(NF_KERNELS_OF_attention_pool linear_s8 softmax_s8 weighted_mean_s8)
set(NF_KERNELS_OF_concat rescale_s8)
set(NF_KERNELS_OF_distance distance_s8)
# What a backend may have for a step's single token; without, it is left to linear_s8 and attention_s8.
set(NF_KERNELS_OF_streams linear_one_s8 attention_one_s8)

# The line of a backend's table for a kernel; empty when it has none.
function(nf_kernel_entry backend kernel result)
    file(STRINGS ${NF_KERNELS_DIR}/${backend}/table.c entry REGEX "^ *[.]${kernel} = ")
    set(${result} "${entry}" PARENT_SCOPE)
endfunction()

# Kinds that remember in a stream have a form of their own there; these have none.
set(NF_STEP_FORMS conv1d depthwise_conv1d attention linear_attention mean)
set(NF_WINDOWS_ONLY attention_pool distance)

function(nf_add_kernel_table target symbol backend)
    cmake_parse_arguments(PARSE_ARGV 3 table "STREAMS" "" "")
    set(kernels)
    set(kinds)
    set(step_kinds)
    foreach(kind IN LISTS table_UNPARSED_ARGUMENTS)
        string(TOUPPER ${kind} number)
        string(APPEND kinds "    [NF_${number}] = &nf_kind_${kind},\n")
        list(APPEND kernels ${NF_KERNELS_OF_${kind}})
        if(kind IN_LIST NF_STEP_FORMS)
            string(APPEND step_kinds "    [NF_${number}] = &nf_kind_${kind}_step,\n")
        elseif(NOT kind IN_LIST NF_WINDOWS_ONLY)
            string(APPEND step_kinds "    [NF_${number}] = &nf_kind_${kind},\n")
        endif()
    endforeach()
    if(table_STREAMS)
        set(step_table "static const nf_kind *const step_kinds[NF_KINDS] = {\n${step_kinds}};\n")
        set(step_entry "    .step_kinds = step_kinds,\n")
        foreach(kernel IN LISTS NF_KERNELS_OF_streams)
            string(REPLACE _one "" general ${kernel})
            nf_kernel_entry(${backend} ${kernel} one)
            if(general IN_LIST kernels AND one)
                list(APPEND kernels ${kernel})
            endif()
        endforeach()
    endif()
    nf_kernel_entry(${backend} attention_s8 attention)
    if("attention_s8" IN_LIST kernels AND NOT attention)
        # Without one of its own, attention is composed of these.
        list(REMOVE_ITEM kernels attention_s8)
        list(APPEND kernels matmul_s8 softmax_s8)
    endif()
    list(REMOVE_DUPLICATES kernels)

    set(entries)
    foreach(kernel IN LISTS kernels)
        nf_kernel_entry(${backend} ${kernel} entry)
        if(NOT entry)
            message(FATAL_ERROR "the backend ${backend} has no kernel ${kernel}")
        endif()
        string(APPEND entries "${entry}\n")
    endforeach()
    set(headers "#include \"nanoformer/kernels.h\"\n#include \"scalar/scalar.h\"\n")
    if(NOT backend STREQUAL "scalar")
        string(APPEND headers "#include \"${backend}/${backend}.h\"\n")
    endif()
    set(file ${CMAKE_CURRENT_BINARY_DIR}/${target}/${symbol}.c)
    file(CONFIGURE OUTPUT ${file} @ONLY CONTENT
"/* Written by nf_add_kernel_table. */
@headers@
static const nf_kind *const kinds[NF_KINDS] = {
@kinds@};
@step_table@
extern const nf_kernels @symbol@;
const nf_kernels @symbol@ = {
    .name = \"@backend@\",
    .kinds = kinds,
@step_entry@@entries@};
")
    target_sources(${target} PRIVATE ${file})
    target_include_directories(${target} PRIVATE ${NF_KERNELS_DIR})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${NF_KERNELS_DIR}/${backend}/table.c)
endfunction()
