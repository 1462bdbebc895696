namespace NanoFormer.Model;

/// <summary>
/// Which tensors of a window program have rows in time, and how many samples go by from one row to the next. Behind the pooling there is
/// one result a window, whose rows are not moments.
/// </summary>
internal sealed class TimeStrides
{
    private readonly Dictionary<Tensor, int> _strides = [];

    /// <summary>Follows the rows through the program.</summary>
    /// <exception cref="NotStreamableException">An operator's rows are not an even division of the samples.</exception>
    public TimeStrides(GraphProgram window)
    {
        _strides.Add(window.Input, 1);
        for (int i = 0; i < window.Operators.Count; i++)
        {
            var step = window.Operators[i];
            if (step.PoolsTime || !step.Inputs.Cast<Tensor>().Append(step.Input).Any(IsInTime))
            {
                continue;
            }

            int samples = window.Input.Rows;
            int stride = samples / step.Output.Rows;
            _strides.Add(step.Output, stride * step.Output.Rows == samples
                ? stride
                : throw new NotStreamableException(i, step.Kind, $"makes {step.Output.Rows} rows of {samples} samples"));
        }
    }

    /// <summary>Samples after which every tensor has whole new rows.</summary>
    public int StepSamples => _strides.Values.Aggregate(1, LeastCommonMultiple);

    /// <summary>Whether a row of the tensor stands for a moment.</summary>
    public bool IsInTime(Tensor tensor) => _strides.ContainsKey(tensor);

    /// <summary>Rows of a tensor in a program over this many samples, a multiple of <see cref="StepSamples"/>.</summary>
    public int RowsOf(Tensor tensor, int samples) => _strides.TryGetValue(tensor, out int stride) ? samples / stride : tensor.Rows;

    private static int LeastCommonMultiple(int a, int b)
    {
        (int x, int y) = (a, b);
        while (y != 0)
        {
            (x, y) = (y, x % y);
        }

        return a / x * b;
    }
}
