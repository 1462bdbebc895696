/* The double's stack frames, values, threads and assemblies. What is not the CLR's own is marked. */
#ifndef NANOCLR_RUNTIME_H
#define NANOCLR_RUNTIME_H

#include <stdarg.h>

#include <nanoCLR_Interop.h>

typedef int16_t CLR_INT16;
typedef signed int CLR_INT32; /* as the real one: not int32_t everywhere */
typedef int64_t CLR_INT64;
typedef uint8_t CLR_UINT8;
typedef unsigned int CLR_UINT32;
typedef const CLR_UINT8 *CLR_PMETADATA;

struct CLR_RT_HeapBlock;

/* A managed array. Its elements follow it on a device; here they lie in a test's own array. */
struct CLR_RT_HeapBlock_Array {
    CLR_UINT32 m_numOfElements;
    CLR_UINT8 m_sizeOfElement;
    CLR_UINT8 *test_elements; /* the double's */

    CLR_UINT8 *GetFirstElement()
    {
        return test_elements;
    }

    CLR_UINT8 *GetElement(CLR_UINT32 index)
    {
        return test_elements + index * m_sizeOfElement;
    }
};

/* A value on the managed stack, or a field: an object is the blocks of its fields, from 1 on. */
struct CLR_RT_HeapBlock {
    union Numeric {
        CLR_UINT8 u1;
        CLR_INT16 s2;
        CLR_INT32 s4;
        CLR_UINT32 u4;
        CLR_INT64 s8;
    } test_number;                      /* the double's */
    CLR_RT_HeapBlock_Array *test_array; /* the double's */
    const char *test_text;              /* the double's */
    CLR_RT_HeapBlock *test_object;      /* the double's */

    Numeric &NumericByRef()
    {
        return test_number;
    }

    CLR_RT_HeapBlock_Array *DereferenceArray() const
    {
        return test_array;
    }

    CLR_RT_HeapBlock *Dereference() const
    {
        return test_object;
    }

    const char *RecoverString() const
    {
        return test_text;
    }

    void SetInteger(CLR_INT64 value)
    {
        test_number.s8 = value;
    }

    void SetInteger(CLR_UINT32 value)
    {
        test_number.s8 = value;
    }
};

struct CLR_RT_Thread {
};

/* The frame of a native method: its arguments, and its evaluation stack, whose top is the result. */
struct CLR_RT_StackFrame {
    CLR_RT_HeapBlock test_arguments[7]; /* the double's */
    CLR_RT_HeapBlock test_stack[2];     /* the double's */
    size_t test_depth;                  /* the double's */
    CLR_UINT32 m_customState;
    CLR_RT_Thread *m_owningThread;

    CLR_RT_HeapBlock *This()
    {
        return test_arguments[0].test_object;
    }

    CLR_RT_HeapBlock &Arg0()
    {
        return test_arguments[0];
    }

    CLR_RT_HeapBlock &Arg1()
    {
        return test_arguments[1];
    }

    CLR_RT_HeapBlock &Arg2()
    {
        return test_arguments[2];
    }

    CLR_RT_HeapBlock &Arg3()
    {
        return test_arguments[3];
    }

    CLR_RT_HeapBlock &Arg4()
    {
        return test_arguments[4];
    }
    CLR_RT_HeapBlock &Arg5()
    {
        return test_arguments[5];
    }
    CLR_RT_HeapBlock &Arg6()
    {
        return test_arguments[6];
    }

    CLR_RT_HeapBlock &PushValueAndClear()
    {
        CLR_RT_HeapBlock &top = test_stack[test_depth++];
        top = {};
        return top;
    }

    void PopValue()
    {
        test_depth--;
    }

    void SetResult_I4(CLR_INT32 value)
    {
        test_stack[test_depth++].test_number.s4 = value;
    }

    HRESULT SetResult_String(const char *text)
    {
        test_stack[test_depth++].test_text = text;
        return S_OK;
    }

    /* Keeps the deadline on the evaluation stack from the first call of a method to its last. */
    HRESULT SetupTimeoutFromTicks(CLR_RT_HeapBlock &ticks, CLR_INT64 *&deadline)
    {
        if (m_customState == 0) {
            test_stack[test_depth++].SetInteger(ticks.NumericByRef().s8);
            m_customState = 1;
        }
        deadline = &test_stack[0].NumericByRef().s8;
        return S_OK;
    }
};

enum : CLR_UINT32 {
    Event_StorageIo = 0x20,
};

struct CLR_RT_TypeDef_Index {
};

struct CLR_RT_ExecutionEngine {
    CLR_UINT32 test_raised; /* the double's: events raised and not yet seen */
    CLR_INT64 test_now;     /* the double's: time in ticks, from 0 */

    HRESULT NewObjectFromIndex(CLR_RT_HeapBlock &reference, const CLR_RT_TypeDef_Index &type);
    HRESULT WaitEvents(CLR_RT_Thread *caller, const CLR_INT64 &deadline, CLR_UINT32 events, bool &signalled);
};

struct CLR_RECORD_RESOURCE {
    static const CLR_UINT8 RESOURCE_String = 3;
    static const CLR_UINT8 RESOURCE_Binary = 4;

    CLR_INT16 id;
    CLR_UINT8 kind;
    CLR_UINT8 flags;
    CLR_UINT32 offset;
};

/* The one assembly there is, with one resource file of two resources. */
struct CLR_RT_Assembly {
    const char *test_name, *test_file;     /* the double's */
    CLR_RECORD_RESOURCE test_resources[2]; /* the double's */
    CLR_UINT32 test_sizes[2];              /* the double's */
    const CLR_UINT8 *test_data;            /* the double's */

    CLR_PMETADATA GetResourceData(CLR_UINT32 offset)
    {
        return test_data + offset;
    }
};

struct CLR_RT_Assembly_Instance {
    CLR_RT_Assembly *m_assm;
};

struct CLR_RT_TypeSystem {
    CLR_RT_Assembly test_assembly; /* the double's */

    CLR_RT_Assembly *FindAssembly(const char *name, const CLR_RECORD_VERSION *version, bool exact);
    HRESULT LocateResourceFile(CLR_RT_Assembly_Instance assembly, const char *name, CLR_INT32 &index);
    HRESULT LocateResource(CLR_RT_Assembly_Instance assembly, CLR_INT32 index, CLR_INT16 id,
                           const CLR_RECORD_RESOURCE *&resource, CLR_UINT32 &size);
};

struct CLR_RT_WellKnownTypes {
    CLR_RT_TypeDef_Index m_I2cTransferResult;
};

extern CLR_RT_WellKnownTypes g_CLR_RT_WellKnownTypes;
extern CLR_RT_ExecutionEngine g_CLR_RT_ExecutionEngine;
extern CLR_RT_TypeSystem g_CLR_RT_TypeSystem;

#endif
