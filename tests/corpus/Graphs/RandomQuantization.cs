using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// Random numbers of the kinds a quantized model holds: mostly such that results spread over the int8 range, and now and then at
/// the extremes the format allows.
/// </summary>
internal sealed class RandomQuantization(Random random)
{
    private const double ExtremeShare = 0.05;
    private const double Int8Deviation = 74;
    private const double OutputDeviation = 60;

    /// <summary>Any int8 value, the extremes and 0 being likelier.</summary>
    public int ZeroPoint() => random.Next(5) == 0 ? Pick(sbyte.MinValue, sbyte.MaxValue, 0) : random.Next(-128, 128);

    /// <summary>A clamp as a fused activation or as anything valid.</summary>
    public ClampRange Clamp(int zeroPoint)
    {
        int a = random.Next(-128, 128);
        int b = random.Next(-128, 128);
        return random.Next(5) switch
        {
            0 => new ClampRange(zeroPoint, sbyte.MaxValue),
            1 => new ClampRange(zeroPoint, random.Next(zeroPoint, 128)),
            2 => new ClampRange(Math.Min(a, b), Math.Max(a, b)),
            _ => ClampRange.Full,
        };
    }

    /// <summary>A multiplier near a real factor, or any that arithmetic allows.</summary>
    public FixedMultiplier MultiplierNear(double factor) =>
        IsExtreme() ? ExtremeMultiplier() : FixedMultiplier.FromReal(factor * Math.Pow(2, random.NextDouble() * 2 - 1));

    /// <summary>A multiplier of at most 1, near 1 or anywhere below.</summary>
    public FixedMultiplier MultiplierUpToOne() => IsExtreme()
        ? ExtremeMultiplier() with { Shift = random.Next(FixedMultiplier.MinShift, 2) }
        : FixedMultiplier.FromReal(random.Next(2) == 0 ? 1 : random.NextDouble());

    /// <summary>Weights of one of several kinds: uniform, extremes only, small, or mostly 0.</summary>
    public sbyte[] Weights(int count)
    {
        int kind = random.Next(6);
        sbyte[] weights = new sbyte[count];
        for (int i = 0; i < count; i++)
        {
            weights[i] = (sbyte)(kind switch
            {
                0 => Pick(-127, 127),
                1 => random.Next(-3, 4),
                2 => random.Next(8) == 0 ? random.Next(-127, 128) : 0,
                _ => random.Next(-127, 128),
            });
        }

        return weights;
    }

    /// <summary>An int8 constant operand, extremes included.</summary>
    public sbyte[] Values(int count)
    {
        sbyte[] values = new sbyte[count];
        random.NextBytes((byte[])(Array)values);
        return values;
    }

    /// <summary>Folded biases and multipliers for channels that sum the given number of products.</summary>
    public ConstantTensor ProductConstants(int channels, int products)
    {
        double deviation = Math.Sqrt(products) * Int8Deviation * Int8Deviation;
        return Constants(channels, deviation);
    }

    /// <summary>Biases and multipliers for the channels of a layer normalization.</summary>
    public ConstantTensor NormConstants(int channels)
    {
        double deviation = Math.ScaleB(Int8Deviation / Math.Sqrt(channels), 15);
        return Constants(channels, deviation);
    }

    /// <summary>Offsets and multipliers that bring raw samples to int8.</summary>
    public ConstantTensor SampleConstants(int channels)
    {
        int[] offsets = new int[channels];
        var multipliers = new FixedMultiplier[channels];
        for (int i = 0; i < channels; i++)
        {
            offsets[i] = IsExtreme() ? Pick(-(1 << 16), 1 << 16) : random.Next(-2000, 2001);
            multipliers[i] = MultiplierNear(1.0 / (1 << random.Next(4, 10)));
        }

        return ChannelConstants.Create(offsets, multipliers);
    }

    /// <summary>A softmax input scale: mostly one that spreads the shares, else any that is valid.</summary>
    public FixedMultiplier SoftmaxScale() =>
        ExponentialTable.ToFixedScale(Math.Pow(2, IsExtreme() ? random.NextDouble() * 32 - 26 : random.NextDouble() * 7 - 8));

    /// <summary>A scale that only describes a tensor.</summary>
    public FixedMultiplier TensorScale() => FixedMultiplier.FromReal(Math.Pow(2, random.NextDouble() * 16 - 12));

    /// <summary>One of some values.</summary>
    public int Pick(params ReadOnlySpan<int> values) => values[random.Next(values.Length)];

    /// <summary>Biases and multipliers that bring sums of a deviation to int8.</summary>
    private ConstantTensor Constants(int channels, double deviation)
    {
        int[] biases = new int[channels];
        var multipliers = new FixedMultiplier[channels];
        for (int i = 0; i < channels; i++)
        {
            biases[i] = IsExtreme() ? random.Next(-(1 << 30), (1 << 30) + 1) : (int)((random.NextDouble() - 0.5) * deviation);
            multipliers[i] = MultiplierNear(OutputDeviation / deviation);
        }

        return ChannelConstants.Create(biases, multipliers);
    }

    private FixedMultiplier ExtremeMultiplier()
    {
        int mantissa = random.Next(3) == 0 ? Pick(0, 1, 1 << 30, int.MaxValue) : random.Next(1 << 30, int.MaxValue);
        return new FixedMultiplier(mantissa, random.Next(FixedMultiplier.MinShift, FixedMultiplier.MaxShift + 1));
    }

    private bool IsExtreme() => random.NextDouble() < ExtremeShare;
}
