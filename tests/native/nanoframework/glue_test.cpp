/* The native methods as managed code calls them: what they give, and which exception a mistake becomes. */
#include "glue_test.h"

int main()
{
    if (TEST_CHECK(device_open())) {
        test_opening();
        test_inferences();
        test_streams();
        test_resources();
        test_marker();
        test_capture();
        test_lines();
    }
    return test_report_result();
}
