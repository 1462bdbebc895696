using CsCheck;

namespace NanoFormer.Model.Tests;

/// <summary>What the operators without a CMSIS-NN counterpart compute, against the same in real numbers.</summary>
public sealed class TransformerOperatorTests
{
    private const int Rows = 6;
    private const int Columns = 4;

    /// <summary>Steps of error of one high multiply and one shift.</summary>
    private const double TwoRoundings = 0.751;

    private static readonly Quantization In = new(0.03, -9);
    private static readonly Quantization Out = new(0.025, 7);

    private static readonly Gen<short[]> GenWindow = Gen.Short[-128, 127].Array[Rows * Columns];

    private static readonly Gen<sbyte[]> GenWeights = Gen.SByte[-127, 127].Array[3 * Columns * Columns];

    [Fact]
    public void Quantize_takes_the_last_of_each_step_and_some_channels()
    {
        InputChannel[] channels = [new("a", "", 1), new("b", "", 1), new("c", "", 1)];
        var builder = new GraphBuilder("decimate", new InputSpecification(channels, 7, 7, 1000));
        var y = builder.Quantize([1, 0], [1, 1], new Quantization(1, 0), firstChannel: 1, step: 3);
        var graph = builder.Build(builder.Mean(y, new Quantization(1, 0)));
        short[] window = [.. Enumerable.Range(0, 21).Select(i => (short)i)];
        Assert.Equal([6, 8, 15, 17], new ReferenceExecutor(graph).Trace(window)[y]);
    }

    [Fact]
    public void Int8_windows_are_read_as_they_are()
    {
        (var builder, short[] window) = (Builder(), [.. Enumerable.Range(0, Rows * Columns).Select(i => (short)(i * 5 - 60))]);
        var last = builder.Last(builder.Window);
        var executor = new ReferenceExecutor(builder.Build(last));
        Assert.Equal(window[^Columns..].Select(value => (sbyte)value), executor.Run(window));
        window[0] = 128;
        Assert.Throws<ArgumentException>(() => executor.Run(window));
        Assert.Throws<InvalidOperationException>(() => builder.Quantize([0], [1], Out));
    }

    [Fact]
    public void LayerNorm_normalizes_rows() => GenWindow.Sample(window =>
    {
        double[] gains = [1, -0.5, 0.01, 0];
        double[] biases = [0.1, -0.2, 1, 0.7];
        const double Epsilon = 1e-3;
        sbyte[] y = Run(window, builder => builder.LayerNorm(builder.Window, gains, biases, Epsilon, Out));
        double[] x = Real(window);
        for (int row = 0; row < Rows; row++)
        {
            double[] values = x[(row * Columns)..((row + 1) * Columns)];
            double mean = values.Average();
            double variance = values.Average(value => (value - mean) * (value - mean));
            for (int c = 0; c < Columns; c++)
            {
                double expected = gains[c] * (values[c] - mean) / Math.Sqrt(variance + Epsilon) + biases[c];

                // A gain that is small beside its bias has a coarser step.
                AssertClose(expected, y[row * Columns + c], steps: 0.9);
            }
        }
    });

    [Fact]
    public void Lookup_is_any_function() => GenWindow.Sample(window =>
    {
        Func<double, double>[] functions = [Nonlinearity.Gelu, Nonlinearity.Silu, Nonlinearity.Tanh];
        foreach (var function in functions)
        {
            sbyte[] y = Run(window, builder => builder.Lookup(builder.Window, function, Out));
            Assert.All(Real(window).Zip(y), pair => AssertClose(function(pair.First), pair.Second, steps: 0.5 + 1e-6));
        }
    });

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 0.8413447460685429, 0.7310585786300049, 0.7615941559557649)]
    [InlineData(-2, -0.04550026389635842, -0.2384058440442351, -0.9640275800758169)]
    [InlineData(12, 12, 11.99992627, 1)]
    [InlineData(-12, 0, -0.00007373, -1)]
    public void Nonlinearities_have_their_known_values(double x, double gelu, double silu, double tanh)
    {
        Assert.Equal(gelu, Nonlinearity.Gelu(x), 1e-9);
        Assert.Equal(silu, Nonlinearity.Silu(x), 1e-6);
        Assert.Equal(tanh, Nonlinearity.Tanh(x), 1e-9);
    }

    [Fact]
    public void Linear_attention_is_a_mean_weighted_by_features() =>
        Gen.Select(GenWindow, GenWeights, Gen.Bool).Sample((window, weights, isCausal) =>
        {
            const double WeightScale = 0.004;
            const int P = Columns / 2;
            var inside = new Quantization(0.02, -20);
            double[] scales = [.. Enumerable.Repeat(WeightScale, 3 * Columns)];
            var parts = new LinearAttentionQuantization(inside, inside, inside, inside);
            sbyte[] y = Run(window, builder => builder.LinearAttention(
                builder.Window, 2, P, weights, scales, new int[3 * Columns], parts, isCausal));
            var factor = FixedMultiplier.FromReal(In.Scale * WeightScale / inside.Scale);

            // As rounded on the way, twice and so 0.498 to 1, so that the comparison is with what follows the projections.
            double Projected(int part, int head, int token, int p)
            {
                int first = ((part * 2 + head) * P + p) * Columns;
                int sum = Enumerable.Range(0, Columns).Sum(c => (window[token * Columns + c] - In.ZeroPoint) * weights[first + c]);
                double value = Math.Clamp(FixedPoint.Requantize(sum, factor) + inside.ZeroPoint, -128, 127) - inside.ZeroPoint;
                return inside.Scale * (part == 2 ? value : Math.Max(value, 0));
            }

            for (int i = 0; i < Rows * Columns; i++)
            {
                (int token, int head, int b) = (i / Columns, i / P % 2, i % P);
                double[] shares = [.. Enumerable.Range(0, isCausal ? token + 1 : Rows).Select(j =>
                    Enumerable.Range(0, P).Sum(a => Projected(0, head, token, a) * Projected(1, head, j, a)))];
                double total = shares.Sum();
                double expected = total == 0 ? 0 : shares.Select((share, j) => share / total * Projected(2, head, j, b)).Sum();

                // Few tokens, small features: one rounding of a query or key in its projection may move a share far.
                if (total > 0.05)
                {
                    Assert.Equal(Math.Clamp(expected / inside.Scale + inside.ZeroPoint, -128, 127), y[i], 6.0);
                }
            }
        });

    [Fact]
    public void AttentionPool_is_a_mean_weighted_by_a_softmax() => Gen.Select(GenWindow, GenWeights).Sample((window, weights) =>
    {
        const double WeightScale = 0.004;
        sbyte[] scorer = weights[..Columns];
        sbyte[] y = Run(window, builder => builder.AttentionPool(builder.Window, scorer, WeightScale, 0, new Quantization(0.05, 0), Out));
        double[] x = Real(window);
        double[] scores = [.. Enumerable.Range(0, Rows).Select(row =>
            Enumerable.Range(0, Columns).Sum(c => x[row * Columns + c] * scorer[c] * WeightScale))];
        double sum = scores.Sum(Math.Exp);
        for (int c = 0; c < Columns; c++)
        {
            AssertClose(Enumerable.Range(0, Rows).Sum(row => Math.Exp(scores[row]) / sum * x[row * Columns + c]), y[c], steps: 4);
        }
    });

    [Fact]
    public void Concat_rescales_both() => GenWindow.Sample(window =>
    {
        double[] x = Real(window);
        sbyte[] rows = Run(window, builder => builder.Concat(builder.Window, builder.Last(builder.Window), ConcatAxis.Rows, Out));
        Assert.All([.. x, .. x[^Columns..]], (value, i) => AssertClose(value, rows[i]));
        sbyte[] columns = Run(window, builder =>
        {
            var last = builder.Last(builder.Window);
            return builder.Concat(last, builder.Lookup(last, value => -value, In), ConcatAxis.Columns, Out);
        });
        Assert.All(x[^Columns..], (value, c) => AssertClose(value, columns[c]));
    });

    [Theory]
    [InlineData(DistanceNorm.Absolute, 0, false)]
    [InlineData(DistanceNorm.Absolute, 2, true)]
    [InlineData(DistanceNorm.Squared, 1, false)]
    [InlineData(DistanceNorm.Squared, 0, true)]
    public void Error_is_a_mean_of_differences(DistanceNorm norm, int lag, bool eachChannel) => GenWindow.Sample(window =>
    {
        var output = new Quantization(norm == DistanceNorm.Absolute ? 0.02 : 0.1, -128);
        var coarse = new Quantization(0.05, 3);
        var graph = Build(builder =>
        {
            var x = builder.Lookup(builder.Window, value => value, In);
            var other = builder.Lookup(builder.Window, value => Math.Abs(value) - 1, coarse);
            return builder.Distance(x, other, norm, output, lag, eachChannel);
        });
        var trace = new ReferenceExecutor(graph).Trace(window);
        double[] a = [.. trace[graph.Operators[0].Output].Select(q => In.Scale * (q - In.ZeroPoint))];
        double[] b = [.. trace[graph.Operators[1].Output].Select(q => coarse.Scale * (q - coarse.ZeroPoint))];
        double[] differences = [.. Enumerable.Range(0, (Rows - lag) * Columns).Select(i =>
            Math.Pow(Math.Abs(a[i] - b[i + lag * Columns]), (int)norm))];
        sbyte[] actual = trace[graph.Output];
        for (int c = 0; c < actual.Length; c++)
        {
            double expected = eachChannel ? differences.Where((_, i) => i % Columns == c).Average() : differences.Average();
            Assert.Equal(Math.Clamp(expected / output.Scale + output.ZeroPoint, -128, 127), actual[c], TwoRoundings);
        }
    });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 3)]
    public void Attention_sees_only_the_tokens_within_reach(int before, int after) => GenWindow.Sample(window =>
    {
        var reach = new AttentionReach(before, after);
        sbyte[] weights = [.. Enumerable.Range(0, 3 * Columns * Columns).Select(i => (sbyte)(i * 37 % 255 - 127))];
        sbyte[] y = Attended(window, weights, reach);
        short[] changed = [.. window];
        Array.Fill(changed, (short)127, 0, Columns);
        sbyte[] z = Attended(changed, weights, reach);

        // The first token changed: no token farther than `before` behind it may notice.
        Assert.Equal(y[((before + 1) * Columns)..], z[((before + 1) * Columns)..]);
    });

    [Fact]
    public void Pairs_are_counted_within_reach()
    {
        Assert.Equal(36, AttentionReach.Full.Pairs(6));
        Assert.Equal(21, AttentionReach.Causal.Pairs(6));
        Assert.Equal(11, AttentionReach.Windowed(1).Pairs(6));
        Assert.Equal(20, new AttentionReach(1, 2).Pairs(6));
    }

    private static sbyte[] Attended(short[] window, sbyte[] weights, AttentionReach reach)
    {
        double[] scales = [.. Enumerable.Repeat(0.004, 3 * Columns)];
        return Run(window, builder => builder.Attention(builder.Window, 2, Columns / 2, weights, scales, new int[3 * Columns],
            new AttentionQuantization(In, In, In, In, In), reach));
    }

    private static GraphBuilder Builder()
    {
        InputChannel[] channels = [.. Enumerable.Range(0, Columns).Select(i => new InputChannel($"channel_{i}", "g", 1))];
        return new GraphBuilder("operator", new InputSpecification(channels, Rows, Rows, 1000), In);
    }

    private static Graph Build(Func<GraphBuilder, ActivationTensor> layer)
    {
        var builder = Builder();
        var y = layer(builder);
        return builder.Build(y.Rows == 1 ? y : builder.Last(y));
    }

    private static sbyte[] Run(short[] window, Func<GraphBuilder, ActivationTensor> layer)
    {
        ActivationTensor? y = null;
        var graph = Build(builder => y = layer(builder));
        return new ReferenceExecutor(graph).Trace(window)[y!];
    }

    private static double[] Real(short[] window) => [.. window.Select(value => In.Scale * (value - In.ZeroPoint))];

    private static void AssertClose(double expected, sbyte actual, double steps = TwoRoundings) =>
        Assert.Equal(Math.Clamp(expected / Out.Scale + Out.ZeroPoint, -128, 127), actual, steps);
}
