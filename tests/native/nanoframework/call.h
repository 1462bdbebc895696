/* Calls a native method with managed arguments. */
#ifndef NANOFORMER_TESTS_CALL_H
#define NANOFORMER_TESTS_CALL_H

#include <nanoCLR_Runtime.h>

/* Arguments are added in order:  Call(Native::Run).Int(handle).Array(window, 6).Array(output, 3).Run() == S_OK.
 * A call that waits can be run again, as the CLR does. */
class Call
{
  public:
    explicit Call(CLR_RT_MethodHandler method) : _method(method), _frame(), _arrays(), _count(0)
    {
    }

    Call &Int(int64_t value)
    {
        _frame.test_arguments[_count++].test_number.s8 = value;
        return *this;
    }

    Call &Text(const char *value)
    {
        _frame.test_arguments[_count++].test_text = value;
        return *this;
    }

    /* A null array where `elements` is null. */
    template <typename T> Call &Array(T *elements, size_t count)
    {
        CLR_UINT8 *bytes = const_cast<CLR_UINT8 *>(reinterpret_cast<const CLR_UINT8 *>(elements));
        _arrays[_count++] = {(CLR_UINT32)count, sizeof(T), bytes};
        return *this;
    }

    HRESULT Run()
    {
        for (size_t i = 0; i < _count; i++) {
            _frame.test_arguments[i].test_array = _arrays[i].test_elements == NULL ? NULL : &_arrays[i];
        }
        return _method(_frame);
    }

    /* What the method returned; only a method that succeeded leaves something. */
    int32_t Result()
    {
        return _frame.test_depth == 1 ? _frame.test_stack[0].test_number.s4 : INT32_MIN;
    }

    const char *ResultText()
    {
        return _frame.test_depth == 1 ? _frame.test_stack[0].test_text : "";
    }

    /* Runs the method; its result, or INT32_MIN when it failed. */
    int32_t Get()
    {
        return Run() == S_OK ? Result() : INT32_MIN;
    }

  private:
    CLR_RT_MethodHandler _method;
    CLR_RT_StackFrame _frame;
    CLR_RT_HeapBlock_Array _arrays[7];
    size_t _count;
};

#endif
