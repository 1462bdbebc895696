# The backend cmsis_nn (kernels/cmsis_nn/README.md), for builds that offer CMSIS-NN: as the target cmsis-nn, when the build has it as a
# subdirectory, else as a folder of headers and a library.
option(NF_CMSIS_NN "Build the backend cmsis_nn" OFF)
if(NOT NF_CMSIS_NN)
    return()
endif()

if(TARGET cmsis-nn)
    target_link_libraries(nanoformer PRIVATE cmsis-nn)
else()
    find_path(NF_CMSIS_NN_INCLUDE_DIR arm_nnfunctions.h REQUIRED DOC "Folder of CMSIS-NN's public headers")
    find_library(NF_CMSIS_NN_LIBRARY cmsis-nn REQUIRED DOC "CMSIS-NN, built for this core")
    target_include_directories(nanoformer SYSTEM PRIVATE ${NF_CMSIS_NN_INCLUDE_DIR})
    target_link_libraries(nanoformer PRIVATE ${NF_CMSIS_NN_LIBRARY})
endif()
list(APPEND NF_BACKENDS cmsis_nn)
