#include <nanoCLR_Runtime.h>
#include <nanoHAL_v2.h>
#include <nanoPAL_Events.h>

CLR_RT_ExecutionEngine g_CLR_RT_ExecutionEngine;
CLR_RT_TypeSystem g_CLR_RT_TypeSystem;

void Events_Set(uint32_t events)
{
    if (events & SYSTEM_EVENT_FLAG_STORAGE_IO) {
        g_CLR_RT_ExecutionEngine.test_raised |= Event_StorageIo;
    }
}

HRESULT CLR_RT_ExecutionEngine::WaitEvents(CLR_RT_Thread *caller, const CLR_INT64 &deadline, CLR_UINT32 events,
                                           bool &signalled)
{
    (void)caller;
    signalled = (test_raised & events) != 0;
    test_raised &= ~events;
    return signalled || test_now >= deadline ? S_OK : CLR_E_THREAD_WAITING;
}

CLR_RT_Assembly *CLR_RT_TypeSystem::FindAssembly(const char *name, const CLR_RECORD_VERSION *version, bool exact)
{
    (void)version;
    (void)exact;
    return strcmp(name, test_assembly.test_name) == 0 ? &test_assembly : NULL;
}

HRESULT CLR_RT_TypeSystem::LocateResourceFile(CLR_RT_Assembly_Instance assembly, const char *name, CLR_INT32 &index)
{
    index = strcmp(name, assembly.m_assm->test_file) == 0 ? 0 : -1;
    return S_OK;
}

HRESULT CLR_RT_TypeSystem::LocateResource(CLR_RT_Assembly_Instance assembly, CLR_INT32 index, CLR_INT16 id,
                                          const CLR_RECORD_RESOURCE *&resource, CLR_UINT32 &size)
{
    resource = NULL;
    size = 0;
    if (index != 0) {
        return CLR_E_INVALID_PARAMETER;
    }
    for (int i = 0; i < 2; i++) {
        if (assembly.m_assm->test_resources[i].id == id) {
            resource = &assembly.m_assm->test_resources[i];
            size = assembly.m_assm->test_sizes[i];
        }
    }
    return S_OK;
}
