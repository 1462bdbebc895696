namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>The samples of every patch as one row, times a gain: <c>[samples / patch][patch * channels]</c>.</summary>
    T Patches(T input, int patchSamples, double gain, string name);
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor Patches(Tensor input, int patchSamples, double gain, string name) =>
        gain * input.reshape(input.shape[0], input.shape[1] / patchSamples, -1);
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    private const int FullWeight = 127;

    /// <summary>A convolution whose every output copies one sample of one channel.</summary>
    public ActivationTensor Patches(ActivationTensor input, int patchSamples, double gain, string name)
    {
        int columns = patchSamples * input.Columns;
        sbyte[] weights = new sbyte[columns * columns];
        for (int i = 0; i < columns; i++)
        {
            weights[i * columns + i] = FullWeight;
        }

        double scale = input.Scale.ToReal() * gain;
        return builder.Conv1d(input, weights, [.. Enumerable.Repeat(gain / FullWeight, columns)], new int[columns],
            ConvolutionShape.Valid(input.Rows, patchSamples, patchSamples), new Quantization(scale, input.ZeroPoint));
    }
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
    /// <summary>Nothing is computed: the samples stay what they are, in other rows.</summary>
    public RoundedTensor Patches(RoundedTensor input, int patchSamples, double gain, string name) => new(
        _real.Patches(input.Values, patchSamples, gain, name), input.Steps, graph.Patches(input.Shape, patchSamples, gain, name));
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    /// <summary>A convolution whose every output copies one sample of one channel.</summary>
    public FloatValue Patches(FloatValue input, int patchSamples, double gain, string name)
    {
        int columns = patchSamples * input.Columns;
        float[] weights = new float[columns * columns];
        for (int i = 0; i < columns; i++)
        {
            weights[i * columns + i] = (float)gain;
        }

        return Step(input.Rows / patchSamples, columns, output => new FloatConvolution(
            input, output, new FloatConstant(weights), new FloatConstant(new float[columns]), false, patchSamples, patchSamples, 0));
    }
}
