using CsCheck;

namespace NanoFormer.Model.Tests;

/// <summary>What the built operators compute against the same in real numbers.</summary>
public sealed class GraphBuilderTests
{
    /// <summary>Steps of error: the high multiply rounds to half steps at the coarsest, then the shift to whole ones.</summary>
    private const double TwoRoundings = 0.751;

    private static readonly InputSpecification Input = new([new InputChannel("x", "g", 1), new InputChannel("y", "g", 1)], 7, 7, 1000);

    private static readonly Gen<Quantization> GenQuantization = Gen.Select(
        Gen.Double[0.01, 0.1], Gen.Int[-128, 127], (scale, zeroPoint) => new Quantization(scale, zeroPoint));

    private static readonly Gen<short[]> GenWindow = Gen.Short[-300, 300].Array[14];

    private static readonly Gen<sbyte[]> GenWeights = Gen.SByte[-127, 127].Array[200];

    [Fact]
    public void Quantize_is_offset_and_scale() =>
        Gen.Select(GenWindow, GenQuantization, Gen.Double[0.001, 0.02]).Sample((window, output, step) =>
        {
            var builder = new GraphBuilder("test", Input);
            var y = builder.Quantize([5, -9], [step, step / 2], output);
            sbyte[] actual = Trace(builder, y, window)[y];
            for (int i = 0; i < actual.Length; i++)
            {
                AssertClose(i % 2 == 0 ? (window[i] - 5) * step : (window[i] + 9) * step / 2, actual[i], output);
            }
        });

    [Fact]
    public void Linear_is_a_matrix_product() =>
        Gen.Select(GenWindow, GenWeights, GenQuantization, GenQuantization).Sample((window, weights, input, output) =>
        {
            (var builder, var x) = Begin(input);
            double[] scales = [0.01, 0.002, 0.0003];
            int[] biases = [100, -2000, 30000];
            var y = builder.Linear(x, weights.AsSpan(0, 6), scales, biases, output, Activation.Relu);
            var trace = Trace(builder, y, window);
            double[] real = Real(trace[x], input);
            for (int i = 0; i < 7 * 3; i++)
            {
                int n = i % 3;
                double sum = biases[n] * input.Scale * scales[n];
                for (int k = 0; k < 2; k++)
                {
                    sum += real[i / 3 * 2 + k] * weights[n * 2 + k] * scales[n];
                }

                AssertClose(Math.Max(sum, 0), trace[y][i], output);
            }
        });

    [Fact]
    public void Conv1d_reads_zero_outside_of_its_input() =>
        Gen.Select(GenWindow, GenWeights, GenQuantization, GenQuantization, Gen.Int[1, 5], Gen.Int[1, 3])
            .Sample((window, weights, input, output, kernel, stride) =>
            {
                (var builder, var x) = Begin(input);
                var shape = ConvolutionShape.Same(7, kernel, stride);
                double[] scales = [0.003, 0.001];
                var y = builder.Conv1d(x, weights.AsSpan(0, 2 * kernel * 2), scales, [7, -7], shape, output);
                var trace = Trace(builder, y, window);
                double[] real = Real(trace[x], input);
                for (int i = 0; i < y.Count; i++)
                {
                    int n = i % 2;
                    double sum = (n == 0 ? 7 : -7) * input.Scale * scales[n];
                    for (int j = 0; j < kernel; j++)
                    {
                        int row = i / 2 * stride + j - shape.PadLeft;
                        for (int c = 0; c < 2 && row is >= 0 and < 7; c++)
                        {
                            sum += real[row * 2 + c] * weights[(n * kernel + j) * 2 + c] * scales[n];
                        }
                    }

                    AssertClose(sum, trace[y][i], output);
                }
            });

    [Fact]
    public void DepthwiseConv1d_keeps_channels_apart_and_reads_zero_outside_of_its_input() =>
        Gen.Select(GenWindow, GenWeights, GenQuantization, GenQuantization, Gen.Int[1, 5], Gen.Int[1, 3])
            .Sample((window, weights, input, output, kernel, stride) =>
            {
                (var builder, var x) = Begin(input);
                var shape = ConvolutionShape.Same(7, kernel, stride);
                double[] scales = [0.003, 0.001];
                int[] biases = [7, -7];
                var y = builder.DepthwiseConv1d(
                    x, weights.AsSpan(0, kernel * 2), scales, biases, shape, output, Activation.Relu);
                var trace = Trace(builder, y, window);
                double[] real = Real(trace[x], input);
                for (int i = 0; i < y.Count; i++)
                {
                    int c = i % 2;
                    double sum = biases[c] * input.Scale * scales[c];
                    for (int j = 0; j < kernel; j++)
                    {
                        int row = i / 2 * stride + j - shape.PadLeft;
                        sum += row is >= 0 and < 7 ? real[row * 2 + c] * weights[j * 2 + c] * scales[c] : 0;
                    }

                    AssertClose(Math.Max(sum, 0), trace[y][i], output);
                }
            });

    [Fact]
    public void Add_is_a_sum() =>
        Gen.Select(GenWindow, GenWeights, GenQuantization.Array[3]).Sample((window, weights, quantizations) =>
        {
            (var input, var constant, var output) = (quantizations[0], quantizations[1], quantizations[2]);
            (var builder, var x) = Begin(input);
            var sum = builder.AddConstant(x, weights.AsSpan(0, 14), constant, output);
            var twice = builder.Add(x, sum, output);
            var trace = Trace(builder, twice, window);
            double[] real = Real(trace[x], input);
            double[] realSum = Real(trace[sum], output);
            for (int i = 0; i < 14; i++)
            {
                AssertClose(real[i] + constant.Scale * (weights[i] - constant.ZeroPoint), trace[sum][i], output);
                AssertClose(real[i] + realSum[i], trace[twice][i], output);
            }
        });

    [Fact]
    public void Mean_is_a_mean() => Gen.Select(GenWindow, GenQuantization, GenQuantization).Sample((window, input, output) =>
    {
        (var builder, var x) = Begin(input);
        var y = builder.Mean(x, output);
        var trace = Trace(builder, y, window);
        double[] real = Real(trace[x], input);
        for (int c = 0; c < 2; c++)
        {
            AssertClose(Enumerable.Range(0, 7).Average(row => real[row * 2 + c]), trace[y][c], output);
        }
    });

    [Fact]
    public void Attention_is_softmax_of_scores_times_values() =>
        Gen.Select(GenWindow, GenWeights, GenQuantization).Sample((window, weights, input) =>
        {
            const int Heads = 2;
            const int P = 3;
            const double WeightScale = 0.0005;
            double[] scales = [.. Enumerable.Repeat(WeightScale, 3 * Heads * P)];
            var projected = new Quantization(0.01, 10);
            var quantization = new AttentionQuantization(projected, projected, projected, new Quantization(0.02, -5), projected);
            (var builder, var x) = Begin(input);
            var y = builder.Attention(x, Heads, P, weights.AsSpan(0, 36), scales, new int[18], quantization);
            var trace = Trace(builder, y, window);
            double[] real = Real(trace[x], input);
            for (int i = 0; i < 7 * Heads * P; i++)
            {
                double expected = RealAttention(real, weights, i / (Heads * P), i / P % Heads, i % P);

                // Queries, keys, scores, shares and values are each rounded on the way: two steps of tolerance.
                AssertClose(expected, trace[y][i], projected, steps: 2);
            }

            static double RealAttention(double[] real, sbyte[] weights, int row, int head, int column)
            {
                double Projected(int part, int token, int p)
                {
                    int weightRow = ((part * Heads + head) * P + p) * 2;
                    return WeightScale * (real[token * 2] * weights[weightRow] + real[token * 2 + 1] * weights[weightRow + 1]);
                }

                double[] scores = new double[7];
                for (int token = 0; token < 7; token++)
                {
                    for (int p = 0; p < P; p++)
                    {
                        scores[token] += Projected(0, row, p) * Projected(1, token, p) / Math.Sqrt(P);
                    }
                }

                double sum = scores.Sum(Math.Exp);
                return Enumerable.Range(0, 7).Sum(token => Math.Exp(scores[token]) / sum * Projected(2, token, column));
            }
        });

    [Fact]
    public void Activations_become_clamps()
    {
        var output = new Quantization(0.05, -100);
        Assert.Equal(new ClampRange(-128, 127), Activation.None.ToClampRange(output));
        Assert.Equal(new ClampRange(-100, 127), Activation.Relu.ToClampRange(output));
        Assert.Equal(new ClampRange(-100, 20), Activation.ClippedRelu(6).ToClampRange(output));
        Assert.Equal(new ClampRange(-100, 127), Activation.ClippedRelu(60).ToClampRange(output));
    }

    [Fact]
    public void Lengths_and_ranges_that_do_not_fit_are_refused()
    {
        var unit = new Quantization(1, 0);
        (var builder, var x) = Begin(unit);
        Assert.Throws<ArgumentException>(() => builder.Linear(x, [1, 2, 3, -128], [1, 1], [0, 0], unit));
        Assert.Throws<ArgumentException>(() => builder.Linear(x, new sbyte[5], [1, 1], [0, 0], unit));
        Assert.Throws<ArgumentException>(() => builder.Linear(x, new sbyte[4], [1], [0, 0], unit));
        Assert.Throws<ArgumentException>(() => builder.Linear(x, [0, sbyte.MinValue], [1], [0], unit));
        Assert.Throws<ArgumentException>(() => builder.Linear(x, [0, 0], [1], [int.MaxValue], unit));
        var shape = ConvolutionShape.Same(7, 3, 1);
        Assert.Throws<ArgumentException>(() => builder.DepthwiseConv1d(x, new sbyte[5], [1, 1], [0, 0], shape, unit));
        Assert.Throws<ArgumentException>(() => builder.DepthwiseConv1d(x, new sbyte[6], [1, 1, 1], [0, 0, 0], shape, unit));
        Assert.Throws<ArgumentException>(() => builder.DepthwiseConv1d(x, new sbyte[6], [1], [0, 0], shape, unit));
        Assert.Throws<ArgumentException>(() => builder.AddConstant(x, new sbyte[3], unit, unit));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Mean(x, new Quantization(0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Mean(x, new Quantization(1, 128)));
        Assert.Throws<ArgumentException>(() => builder.Build(x));
        Assert.Throws<ArgumentException>(() => new GraphBuilder("other", Input).Mean(x, unit));
    }

    [Fact]
    public void A_mean_of_one_row_has_the_multiplier_of_the_ratio()
    {
        var ratio = FixedMultiplier.FromReal(0.3);
        Assert.Equal(ratio, GraphBuilder.MeanMultiplier(ratio, 1));
        Assert.Equal(0.3 / 100, GraphBuilder.MeanMultiplier(ratio, 100).ToReal(), 1e-11);
        Assert.Equal(FixedMultiplier.MinShift, GraphBuilder.MeanMultiplier(new FixedMultiplier(1 << 30, -30), 8192).Shift);
    }

    private static (GraphBuilder Builder, ActivationTensor Input) Begin(Quantization input)
    {
        var builder = new GraphBuilder("test", Input);
        return (builder, builder.Quantize([0, 0], [0.02, 0.02], input));
    }

    private static IReadOnlyDictionary<ActivationTensor, sbyte[]> Trace(GraphBuilder builder, ActivationTensor last, short[] window)
    {
        var graph = builder.Build(last.Rows == 1 ? last : builder.Mean(last, new Quantization(1, 0)));
        return new ReferenceExecutor(graph).Trace(window);
    }

    private static double[] Real(sbyte[] values, Quantization quantization) =>
        [.. values.Select(value => quantization.Scale * (value - quantization.ZeroPoint))];

    private static void AssertClose(double expected, sbyte actual, Quantization quantization, double steps = TwoRoundings)
    {
        double exact = Math.Clamp(expected / quantization.Scale + quantization.ZeroPoint, -128, 127);
        Assert.Equal(exact, actual, steps);
    }
}
