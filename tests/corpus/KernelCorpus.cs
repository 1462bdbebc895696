using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>The operator cases of CMSIS-NN as corpus records; the expected outputs are CMSIS-NN's.</summary>
internal static class KernelCorpus
{
    public static IReadOnlyCollection<CorpusRecord> Records(OperatorVectors vectors) =>
    [
        .. vectors.Linear.Select(Linear),
        .. vectors.Conv1d.Select(Conv1d),
        .. vectors.MatrixMultiply.SelectMany(MatrixMultiply),
        .. vectors.Softmax.Select(Softmax),
        .. vectors.Add.Select(Add),
        .. vectors.DepthwiseConv1d.Select(DepthwiseConv1d),
    ];

    private static CorpusRecord Linear(LinearVector vector)
    {
        byte[] payload = PayloadWriter
            .WithParameters(
                vector.Tokens, vector.In, vector.Out, vector.InputZeroPoint, vector.OutputZeroPoint, vector.ClampMin, vector.ClampMax)
            .Array<sbyte>(vector.Input)
            .Array<sbyte>(vector.Weights)
            .Array(vector.FoldedConstants().Int32Values)
            .Array<sbyte>(vector.Output)
            .ToArray();
        return new CorpusRecord("linear", payload);
    }

    private static CorpusRecord Conv1d(Conv1dVector vector)
    {
        byte[] payload = PayloadWriter
            .WithParameters(
                vector.Samples, vector.Channels, vector.Out, vector.Kernel, vector.Stride, vector.PadLeft, vector.OutSamples,
                vector.InputZeroPoint, vector.OutputZeroPoint, vector.ClampMin, vector.ClampMax)
            .Array<sbyte>(vector.Input)
            .Array<sbyte>(vector.Weights)
            .Array(vector.FoldedConstants().Int32Values)
            .Array<sbyte>(vector.Output)
            .ToArray();
        return new CorpusRecord("conv1d", payload);
    }

    private static IEnumerable<CorpusRecord> MatrixMultiply(MatrixMultiplyVector vector) =>
        Enumerable.Range(0, vector.Batch).Select(item => MatrixMultiply(vector, item));

    private static CorpusRecord MatrixMultiply(MatrixMultiplyVector vector, int item)
    {
        byte[] payload = PayloadWriter
            .WithParameters(
                vector.Rows, vector.Inner, vector.Columns, vector.LeftZeroPoint, vector.RightZeroPoint, vector.OutputZeroPoint,
                vector.Multiplier, vector.Shift)
            .Array(vector.LeftOf(item))
            .Array(vector.RightOf(item))
            .Array(vector.OutputOf(item))
            .ToArray();
        return new CorpusRecord("matmul", payload);
    }

    private static CorpusRecord Softmax(SoftmaxVector vector)
    {
        int[] exponentials = ExponentialTable.Compute(ExponentialTable.ToFixedScale(vector.InputScale));
        byte[] payload = PayloadWriter
            .WithParameters(vector.Rows, vector.Length, vector.Multiplier, vector.Shift)
            .Array<int>(exponentials)
            .Array<sbyte>(vector.Input)
            .Array<sbyte>(vector.Output)
            .ToArray();
        return new CorpusRecord("softmax", payload);
    }

    private static CorpusRecord Add(AddVector vector)
    {
        byte[] payload = PayloadWriter
            .WithParameters(
                vector.Count,
                vector.FirstZeroPoint, vector.FirstMantissa, vector.FirstShift,
                vector.SecondZeroPoint, vector.SecondMantissa, vector.SecondShift,
                vector.OutputZeroPoint, vector.Multiplier, vector.Shift,
                sbyte.MinValue, sbyte.MaxValue)
            .Array<sbyte>(vector.First)
            .Array<sbyte>(vector.Second)
            .Array<sbyte>(vector.Output)
            .ToArray();
        return new CorpusRecord("add", payload);
    }

    private static CorpusRecord DepthwiseConv1d(DepthwiseConv1dVector vector)
    {
        byte[] payload = PayloadWriter
            .WithParameters(
                vector.Samples, vector.Channels, vector.Kernel, vector.Stride, vector.PadLeft, vector.OutSamples,
                vector.InputZeroPoint, vector.OutputZeroPoint, vector.ClampMin, vector.ClampMax)
            .Array<sbyte>(vector.Input)
            .Array<sbyte>(vector.Weights)
            .Array(vector.FoldedConstants().Int32Values)
            .Array<sbyte>(vector.Output)
            .ToArray();
        return new CorpusRecord("depthwise_conv1d", payload);
    }
}
