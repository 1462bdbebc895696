using System.Numerics;

namespace NanoFormer.Model;

/// <summary>
/// The operators of NUMERICS.md, section 3, on plain row-major arrays. Written to be read beside that page; channel constants
/// hold folded biases. Output lengths give the number of rows.
/// </summary>
public static class ReferenceOperators
{
    /// <summary>
    /// int16 <c>[T][channels]</c> to int8 <c>[U][N]</c>: N channels, one a channel constant, from the first on; of every
    /// <paramref name="step"/> samples the last.
    /// </summary>
    public static void Quantize(ReadOnlySpan<short> input, int channels, int first, int step, ChannelConstants constants, int zeroPoint,
        Span<sbyte> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            int channel = i % constants.Count;
            int sample = (i / constants.Count + 1) * step - 1;
            int value = input[sample * channels + first + channel] - constants.Biases[channel];
            output[i] = FixedPoint.Store(FixedPoint.Requantize(value, constants.Multiplier(channel)), zeroPoint, ClampRange.Full);
        }
    }

    /// <summary>int8 <c>[T][K]</c>, weights <c>[N][K]</c>, to int8 <c>[T][N]</c>.</summary>
    public static void Linear(ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> weights, ChannelConstants constants, int zeroPoint,
        ClampRange clamp, Span<sbyte> output)
    {
        int outputs = constants.Count;
        int inputs = weights.Length / outputs;
        for (int i = 0; i < output.Length; i++)
        {
            int channel = i % outputs;
            int accumulator = constants.Biases[channel]
                + Dot(input.Slice(i / outputs * inputs, inputs), weights.Slice(channel * inputs, inputs));
            output[i] = FixedPoint.Store(FixedPoint.Requantize(accumulator, constants.Multiplier(channel)), zeroPoint, clamp);
        }
    }

    /// <summary>
    /// int8 <c>[T][C]</c>, weights <c>[N][kernel][C]</c>, to int8 <c>[U][N]</c>. Samples outside the input read as its zero point.
    /// </summary>
    public static void Conv1d(ReadOnlySpan<sbyte> input, int channels, int inputZeroPoint, ReadOnlySpan<sbyte> weights,
        ChannelConstants constants, int stride, int padLeft, int zeroPoint, ClampRange clamp, Span<sbyte> output)
    {
        int outputs = constants.Count;
        int patchLength = weights.Length / outputs;
        var patch = new sbyte[patchLength];
        for (int row = 0; row < output.Length / outputs; row++)
        {
            CopyPatch(input, (row * stride - padLeft) * channels, (sbyte)inputZeroPoint, patch);
            Linear(patch, weights, constants, zeroPoint, clamp, output.Slice(row * outputs, outputs));
        }
    }

    /// <summary>
    /// int8 <c>[T][C]</c>, weights <c>[kernel][C]</c>, to int8 <c>[U][C]</c>; C is the number of channel constants. Samples outside
    /// the input read as its zero point.
    /// </summary>
    public static void DepthwiseConv1d(ReadOnlySpan<sbyte> input, int inputZeroPoint, ReadOnlySpan<sbyte> weights,
        ChannelConstants constants, int stride, int padLeft, int zeroPoint, ClampRange clamp, Span<sbyte> output)
    {
        int channels = constants.Count;
        var patch = new sbyte[weights.Length];
        for (int row = 0; row < output.Length / channels; row++)
        {
            CopyPatch(input, (row * stride - padLeft) * channels, (sbyte)inputZeroPoint, patch);
            for (int channel = 0; channel < channels; channel++)
            {
                int accumulator = constants.Biases[channel];
                for (int i = channel; i < patch.Length; i += channels)
                {
                    accumulator += patch[i] * weights[i];
                }

                output[row * channels + channel] =
                    FixedPoint.Store(FixedPoint.Requantize(accumulator, constants.Multiplier(channel)), zeroPoint, clamp);
            }
        }
    }

    /// <summary>int8 <c>[R][K]</c> times int8 <c>[N][K]</c>, given transposed, to int8 <c>[R][N]</c>.</summary>
    public static void MatrixMultiply(ReadOnlySpan<sbyte> left, int leftZeroPoint, ReadOnlySpan<sbyte> right, int rightZeroPoint,
        int inner, FixedMultiplier multiplier, int zeroPoint, Span<sbyte> output)
    {
        int columns = right.Length / inner;
        for (int i = 0; i < output.Length; i++)
        {
            ReadOnlySpan<sbyte> a = left.Slice(i / columns * inner, inner);
            ReadOnlySpan<sbyte> b = right.Slice(i % columns * inner, inner);
            int accumulator = 0;
            for (int k = 0; k < a.Length; k++)
            {
                accumulator += (a[k] - leftZeroPoint) * (b[k] - rightZeroPoint);
            }

            output[i] = FixedPoint.Store(FixedPoint.Requantize(accumulator, multiplier), zeroPoint, ClampRange.Full);
        }
    }

    /// <summary>Softmax of every row of int8 <c>[R][length]</c>, computed from the input scale.</summary>
    public static void Softmax(ReadOnlySpan<sbyte> input, int length, FixedMultiplier scale, Span<sbyte> output)
    {
        var exponentials = new int[length];
        for (int start = 0; start < input.Length; start += length)
        {
            SoftmaxRow(input.Slice(start, length), scale, exponentials, output.Slice(start, length));
        }
    }

    /// <summary>The element-wise sum of two int8 tensors.</summary>
    public static void Add(ReadOnlySpan<sbyte> first, int firstZeroPoint, FixedMultiplier firstMultiplier,
        ReadOnlySpan<sbyte> second, int secondZeroPoint, FixedMultiplier secondMultiplier,
        FixedMultiplier multiplier, int zeroPoint, ClampRange clamp, Span<sbyte> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            int a = FixedPoint.Requantize((first[i] - firstZeroPoint) << 20, firstMultiplier);
            int b = FixedPoint.Requantize((second[i] - secondZeroPoint) << 20, secondMultiplier);
            output[i] = FixedPoint.Store(FixedPoint.Requantize(a + b, multiplier), zeroPoint, clamp);
        }
    }

    /// <summary>The mean over the rows of int8 <c>[R][C]</c>, to int8 <c>[C]</c>.</summary>
    public static void Mean(ReadOnlySpan<sbyte> input, int inputZeroPoint, FixedMultiplier multiplier, int zeroPoint, Span<sbyte> output)
    {
        for (int column = 0; column < output.Length; column++)
        {
            int accumulator = 0;
            for (int i = column; i < input.Length; i += output.Length)
            {
                accumulator += input[i] - inputZeroPoint;
            }

            output[column] = FixedPoint.Store(FixedPoint.Requantize(accumulator, multiplier), zeroPoint, ClampRange.Full);
        }
    }

    /// <summary>Each value's entry of an int8 <c>[256]</c> table that begins with that of -128.</summary>
    public static void Lookup(ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> table, Span<sbyte> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = table[input[i] - sbyte.MinValue];
        }
    }

    /// <summary>The values of an int8 tensor in steps of another.</summary>
    public static void Rescale(ReadOnlySpan<sbyte> input, int inputZeroPoint, FixedMultiplier multiplier, int zeroPoint,
        Span<sbyte> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = FixedPoint.Store(FixedPoint.Requantize(input[i] - inputZeroPoint, multiplier), zeroPoint, ClampRange.Full);
        }
    }

    private static int Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        int sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void CopyPatch(ReadOnlySpan<sbyte> input, int start, sbyte padding, Span<sbyte> patch)
    {
        patch.Fill(padding);
        int first = Math.Max(start, 0);
        int end = Math.Min(start + patch.Length, input.Length);
        if (first < end)
        {
            input[first..end].CopyTo(patch[(first - start)..]);
        }
    }

    private static void SoftmaxRow(ReadOnlySpan<sbyte> input, FixedMultiplier scale, Span<int> exponentials, Span<sbyte> output)
    {
        int max = sbyte.MinValue;
        foreach (sbyte value in input)
        {
            max = Math.Max(max, value);
        }

        int sum = 0;
        for (int i = 0; i < input.Length; i++)
        {
            exponentials[i] = ExponentialTable.Exponential(input[i] - max, scale);
            sum += FixedPoint.RoundShift(exponentials[i], 12);
        }

        int headroom = BitOperations.LeadingZeroCount((uint)sum);
        int reciprocal = FixedPoint.OneOverOnePlus((int)(((uint)sum << headroom) - (1u << 31)));
        for (int i = 0; i < input.Length; i++)
        {
            int share = FixedPoint.RoundShift(FixedPoint.HighMultiply(reciprocal, exponentials[i]), 35 - headroom);
            output[i] = FixedPoint.Store(share, sbyte.MinValue, ClampRange.Full);
        }
    }
}
