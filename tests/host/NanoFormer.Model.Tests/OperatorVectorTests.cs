using NanoFormer.Corpus;

namespace NanoFormer.Model.Tests;

/// <summary>The reference operators against what CMSIS-NN computes (tests/data/README.md).</summary>
public sealed class OperatorVectorTests
{
    private static readonly OperatorVectors Vectors = OperatorVectors.Read();

    [Fact]
    public void Linear_equals_cmsis_nn()
    {
        Assert.Equal(60, Vectors.Linear.Count);
        foreach (var vector in Vectors.Linear)
        {
            sbyte[] output = new sbyte[vector.Output.Length];
            Linear.Compute(vector.Input, vector.Weights, new ChannelConstants(vector.FoldedConstants()),
                vector.OutputZeroPoint, new ClampRange(vector.ClampMin, vector.ClampMax), output);
            Assert.Equal(vector.Output, output);
        }
    }

    [Fact]
    public void Conv1d_equals_cmsis_nn()
    {
        Assert.Equal(60, Vectors.Conv1d.Count);
        foreach (var vector in Vectors.Conv1d)
        {
            sbyte[] output = new sbyte[vector.Output.Length];
            Conv1d.Compute(vector.Input, vector.Channels, vector.InputZeroPoint, vector.Weights,
                new ChannelConstants(vector.FoldedConstants()), vector.Stride, vector.PadLeft, vector.OutputZeroPoint,
                new ClampRange(vector.ClampMin, vector.ClampMax), output);
            Assert.Equal(vector.Output, output);
        }
    }

    [Fact]
    public void MatrixMultiply_equals_cmsis_nn()
    {
        Assert.Equal(60, Vectors.MatrixMultiply.Count);
        foreach (var vector in Vectors.MatrixMultiply)
        {
            for (int item = 0; item < vector.Batch; item++)
            {
                sbyte[] output = new sbyte[vector.Rows * vector.Columns];
                MatrixProduct.Compute(vector.LeftOf(item), vector.LeftZeroPoint, vector.RightOf(item), vector.RightZeroPoint,
                    vector.Inner, vector.Factor, vector.OutputZeroPoint, output);
                Assert.Equal(vector.OutputOf(item).ToArray(), output);
            }
        }
    }

    [Fact]
    public void Softmax_equals_cmsis_nn_from_the_real_scale()
    {
        Assert.Equal(120, Vectors.Softmax.Count);
        foreach (var vector in Vectors.Softmax)
        {
            var scale = ExponentialTable.ToFixedScale(vector.InputScale);
            Assert.Equal(new FixedMultiplier(vector.Multiplier, vector.Shift - FixedPoint.ExponentFractionBits), scale);

            sbyte[] output = new sbyte[vector.Output.Length];
            Softmax.Compute(vector.Input, vector.Length, scale, output);
            Assert.Equal(vector.Output, output);
        }
    }

    [Fact]
    public void Exponentials_end_where_cmsis_nn_ends_them()
    {
        foreach (var vector in Vectors.Softmax)
        {
            int[] table = ExponentialTable.Compute(ExponentialTable.ToFixedScale(vector.InputScale));
            Assert.All(table.Skip(1 - vector.DiffMin), entry => Assert.Equal(0, entry));
        }
    }

    [Fact]
    public void Add_equals_cmsis_nn()
    {
        Assert.Equal(60, Vectors.Add.Count);
        foreach (var vector in Vectors.Add)
        {
            sbyte[] output = new sbyte[vector.Count];
            Add.Compute(vector.First, vector.FirstZeroPoint, vector.FirstFactor,
                vector.Second, vector.SecondZeroPoint, vector.SecondFactor,
                vector.OutputFactor, vector.OutputZeroPoint, ClampRange.Full, output);
            Assert.Equal(vector.Output, output);
        }
    }

    [Fact]
    public void DepthwiseConv1d_equals_cmsis_nn()
    {
        Assert.Equal(60, Vectors.DepthwiseConv1d.Count);
        foreach (var vector in Vectors.DepthwiseConv1d)
        {
            sbyte[] output = new sbyte[vector.Output.Length];
            DepthwiseConv1d.Compute(vector.Input, vector.InputZeroPoint, vector.Weights,
                new ChannelConstants(vector.FoldedConstants()), vector.Stride, vector.PadLeft, vector.OutputZeroPoint,
                new ClampRange(vector.ClampMin, vector.ClampMax), output);
            Assert.Equal(vector.Output, output);
        }
    }
}
