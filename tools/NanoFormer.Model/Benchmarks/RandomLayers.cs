namespace NanoFormer.Model;

/// <summary>
/// Layers with random weights whose results have a given deviation, quantized so that three deviations fill the int8 range.
/// </summary>
internal sealed class RandomLayers(int seed)
{
    /// <summary>Deviation of weights spread evenly over -127..127.</summary>
    private const double WeightDeviation = 73.3;

    /// <summary>Steps of one deviation.</summary>
    private const double StepsOfDeviation = 40;

    private readonly Random _random = new(seed);

    /// <summary>The quantization of values of a deviation.</summary>
    public Quantization Quantization(double deviation) => new(deviation / StepsOfDeviation, _random.Next(-12, 13));

    /// <summary>Evenly spread int8 weights.</summary>
    public sbyte[] Weights(int count) => [.. Enumerable.Range(0, count).Select(_ => (sbyte)_random.Next(-127, 128))];

    /// <summary>Scales, a little different for each channel, that bring inputs of a root mean square to a deviation.</summary>
    public double[] WeightScales(int channels, int inputs, double inputSize, double deviation)
    {
        double mean = deviation / (inputSize * WeightDeviation * Math.Sqrt(inputs));
        return [.. Enumerable.Range(0, channels).Select(_ => mean * (0.8 + 0.4 * _random.NextDouble()))];
    }

    /// <summary>Small biases, in steps of the channels' products.</summary>
    public int[] Biases(IReadOnlyList<double> weightScales, double inputScale, double deviation) =>
        [.. weightScales.Select(scale => (int)((_random.NextDouble() - 0.5) * 0.4 * deviation / (scale * inputScale)))];

    /// <summary>A fully connected layer.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="input"><c>[T][K]</c>.</param>
    /// <param name="columns">N.</param>
    /// <param name="inputSize">Root mean square of the input.</param>
    /// <param name="deviation">Of the result.</param>
    /// <param name="output">Quantization of the result; by default one that fits the deviation.</param>
    /// <param name="activation">Fused non-linearity.</param>
    public ActivationTensor Linear(GraphBuilder builder, Tensor input, int columns, double inputSize, double deviation,
        Quantization? output = null, Activation activation = default)
    {
        double[] scales = WeightScales(columns, input.Columns, inputSize, deviation);
        int[] biases = Biases(scales, input.Scale.ToReal(), deviation);
        return builder.Linear(input, Weights(columns * input.Columns), scales, biases, output ?? Quantization(deviation), activation);
    }

    /// <summary>A convolution of unit deviation.</summary>
    public ActivationTensor Conv1d(GraphBuilder builder, Tensor input, int columns, ConvolutionShape shape)
    {
        int products = shape.Kernel * input.Columns;
        double[] scales = WeightScales(columns, products, inputSize: 1, deviation: 1);
        int[] biases = Biases(scales, input.Scale.ToReal(), deviation: 1);
        return builder.Conv1d(input, Weights(columns * products), scales, biases, shape, Quantization(1));
    }

    /// <summary>Windows of two slow waves and noise on each channel, of unit deviation in an int8 quantization.</summary>
    public short[] Window(int samples, int channels, Quantization quantization)
    {
        double[] phases = [.. Enumerable.Range(0, 2 * channels).Select(_ => 2 * Math.PI * _random.NextDouble())];
        double cycles = 2 + 6 * _random.NextDouble();
        return [.. Enumerable.Range(0, samples * channels).Select(i =>
        {
            int channel = i % channels;
            double angle = 2 * Math.PI * cycles * (i / channels) / samples;
            double value = Math.Sin(angle + phases[channel]) + 0.7 * Math.Sin(2.3 * angle + phases[channels + channel])
                + 1.5 * (_random.NextDouble() - 0.5);
            double steps = Math.Round(value / quantization.Scale) + quantization.ZeroPoint;
            return (short)Math.Clamp(steps, sbyte.MinValue, sbyte.MaxValue);
        })];
    }
}
