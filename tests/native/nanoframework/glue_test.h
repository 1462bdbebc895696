#ifndef NANOFORMER_TESTS_GLUE_TEST_H
#define NANOFORMER_TESTS_GLUE_TEST_H

#include "../../../native-interop/nanoframework/NanoFormer_Interop.h"
#include "call.h"
#include "device.h"

extern "C" {
#include "corpus.h"
#include "test_port.h"
}

typedef Library_NanoFormer_Interop_NanoFormer_Interop_NativeCapture NativeCapture;
typedef Library_NanoFormer_Interop_NanoFormer_Interop_NativeLine NativeLine;
typedef Library_NanoFormer_Interop_NanoFormer_Interop_NativeMarker NativeMarker;
typedef Library_NanoFormer_Interop_NanoFormer_Interop_NativeTransformer NativeTransformer;

void test_opening();
void test_inferences();
void test_streams();
void test_resources();
void test_marker();
void test_capture();
void test_lines();

/* Opens linked image 0 (does not stream) or 1 (streams). */
inline int32_t OpenLinked(int32_t index)
{
    return Call(NativeTransformer::OpenLinked___STATIC__I4__I4).Int(index).Get();
}

inline void Close(int32_t handle)
{
    TEST_CHECK(Call(NativeTransformer::Close___STATIC__VOID__I4).Int(handle).Run() == S_OK);
}

enum {
    STATISTICS_RUNS,
    STATISTICS_STEPS,
    STATISTICS_ERRORS,
    STATISTICS_LAST,
    STATISTICS_MAXIMUM,
    STATISTICS_TOTAL,
    STATISTICS_COUNT
};

inline void GetStatistics(int32_t handle, int64_t numbers[STATISTICS_COUNT])
{
    TEST_CHECK(Call(NativeTransformer::GetStatistics___STATIC__VOID__I4__SZARRAY_I8)
                   .Int(handle)
                   .Array(numbers, STATISTICS_COUNT)
                   .Run() == S_OK);
}

#endif
