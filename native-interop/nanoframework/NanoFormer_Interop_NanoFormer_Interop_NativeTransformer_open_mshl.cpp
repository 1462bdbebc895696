/* Where an image may lie. */
#include "NanoFormer_Interop.h"
#include "arguments.h"
#include "linked_images.h"
#include "transformers.h"

typedef Library_NanoFormer_Interop_NanoFormer_Interop_NativeTransformer NativeTransformer;

/* A handle, or the status for which the image was refused. */
static HRESULT Open(CLR_RT_StackFrame &stack, const nf_flash_view &image)
{
    const int32_t result = nf_transformers_open(&image);
    if (result == 0) {
        return CLR_E_INVALID_OPERATION;
    }
    stack.SetResult_I4(result);
    return S_OK;
}

static HRESULT ToHresult(nf_board_result result, HRESULT not_found)
{
    switch (result) {
    case NF_BOARD_OK:
        return S_OK;
    case NF_BOARD_NOT_SUPPORTED:
        return CLR_E_NOT_SUPPORTED;
    default:
        return not_found;
    }
}

HRESULT NativeTransformer::CloseAll___STATIC__VOID(CLR_RT_StackFrame &stack)
{
    (void)stack;
    nf_transformers_close_all();
    return S_OK;
}

HRESULT NativeTransformer::OpenLinked___STATIC__I4__I4(CLR_RT_StackFrame &stack)
{
    const CLR_INT32 index = stack.Arg0().NumericByRef().s4;

    if (index < 0 || index >= nf_linked_image_count) {
        return CLR_E_OUT_OF_RANGE;
    }
    const nf_linked_image &image = nf_linked_images[index];
    return Open(stack, {image.start, (size_t)(image.end - image.start), 0});
}

HRESULT NativeTransformer::OpenAddress___STATIC__I4__U4(CLR_RT_StackFrame &stack)
{
    nf_flash_view image;

    NANOCLR_HEADER();

    NANOCLR_CHECK_HRESULT(ToHresult(nf_board_map_address(stack.Arg0().NumericByRef().u4, &image), CLR_E_OUT_OF_RANGE));
    NANOCLR_SET_AND_LEAVE(Open(stack, image));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeTransformer::OpenPartition___STATIC__I4__STRING(CLR_RT_StackFrame &stack)
{
    const char *label = stack.Arg0().RecoverString();
    nf_flash_view image;

    NANOCLR_HEADER();

    FAULT_ON_NULL_ARG(label);
    NANOCLR_CHECK_HRESULT(ToHresult(nf_board_map_partition(label, &image), CLR_E_INVALID_PARAMETER));
    NANOCLR_SET_AND_LEAVE(Open(stack, image));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeTransformer::OpenResource___STATIC__I4__STRING__STRING__I2(CLR_RT_StackFrame &stack)
{
    const char *name = stack.Arg0().RecoverString();
    const char *file = stack.Arg1().RecoverString();
    const CLR_INT16 id = stack.Arg2().NumericByRef().s2;
    CLR_RT_Assembly_Instance assembly;
    CLR_INT32 file_index;
    const CLR_RECORD_RESOURCE *resource;
    CLR_UINT32 size;

    NANOCLR_HEADER();

    FAULT_ON_NULL_ARG(name);
    FAULT_ON_NULL_ARG(file);
    assembly.m_assm = g_CLR_RT_TypeSystem.FindAssembly(name, NULL, false);
    if (assembly.m_assm == NULL) {
        NANOCLR_SET_AND_LEAVE(CLR_E_INVALID_PARAMETER);
    }
    NANOCLR_CHECK_HRESULT(g_CLR_RT_TypeSystem.LocateResourceFile(assembly, file, file_index));
    NANOCLR_CHECK_HRESULT(g_CLR_RT_TypeSystem.LocateResource(assembly, file_index, id, resource, size));
    if (resource == NULL || resource->kind != CLR_RECORD_RESOURCE::RESOURCE_Binary) {
        NANOCLR_SET_AND_LEAVE(CLR_E_INVALID_PARAMETER);
    }
    NANOCLR_SET_AND_LEAVE(Open(stack, {assembly.m_assm->GetResourceData(resource->offset), size, 0}));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeTransformer::Close___STATIC__VOID__I4(CLR_RT_StackFrame &stack)
{
    nf_transformer *transformer = nf_transformers_find(stack.Arg0().NumericByRef().s4);
    if (transformer != NULL) {
        nf_transformer_close(transformer);
    }
    return S_OK;
}
