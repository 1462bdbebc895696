namespace NanoFormer.Interchange.Networks;

/// <summary>Runs a float network as its steps say, in plain loops and double precision: the yardstick for files written of it.</summary>
public static class FloatEvaluator
{
    /// <summary>The output for one window, <c>[samples][channels]</c>.</summary>
    /// <exception cref="ArgumentException">The window has another length.</exception>
    public static float[] Run(FloatNetwork network, ReadOnlySpan<float> window) => Trace(network, window)[network.Output];

    /// <summary>Every value of the network for one window, row-major.</summary>
    /// <exception cref="ArgumentException">The window has another length.</exception>
    public static IReadOnlyDictionary<FloatValue, float[]> Trace(FloatNetwork network, ReadOnlySpan<float> window)
    {
        if (window.Length != network.Input.Count)
        {
            throw new ArgumentException($"A window holds {network.Input.Count} values, not {window.Length}.", nameof(window));
        }

        var values = new Dictionary<FloatValue, float[]> { [network.Input] = window.ToArray() };
        foreach (var step in network.Steps)
        {
            values[step.Output] = Run(step, values);
        }

        return values;
    }

    private static float[] Run(FloatStep step, Dictionary<FloatValue, float[]> values)
    {
        float[] x = values[step.Input];
        int columns = step.Input.Columns;
        return step switch
        {
            FloatSelect select => Fill(select.Output, (r, c) => x[(((r + 1) * select.RowStep) - 1) * columns + select.FirstColumn + c]),
            FloatScale scale => Fill(scale.Output, (r, c) => (double)x[r * columns + c] * scale.Gains[c] + scale.Offsets[c]),
            FloatLinear linear => FloatProducts.Linear(linear, x),
            FloatConvolution convolution => FloatProducts.Convolve(convolution, x),
            FloatAttention attention => FloatProducts.Attend(attention, x),
            FloatAttentionPool pool => FloatProducts.Pool(pool, x),
            FloatLayerNorm norm => Normalize(norm, x),
            FloatFunction function => Map(function, x, FloatFunctions.Of(function.Function)),
            FloatClip clip => Map(clip, x, value => Math.Clamp(value, clip.Low, clip.High)),
            FloatAdd add => Fill(add.Output, (r, c) => (double)x[r * columns + c] + values[add.Second][r * columns + c]),
            FloatAddConstant add => Fill(add.Output, (r, c) => (double)x[r * columns + c] + add.Constant.Values[r * columns + c]),
            FloatConcat concat => Join(concat, x, values[concat.Second]),
            FloatMean mean => Fill(mean.Output, (_, c) => Enumerable.Range(0, mean.Input.Rows).Average(r => (double)x[r * columns + c])),
            FloatLast => x[^columns..],
            FloatDistance distance => [Distance(distance, x, values[distance.Actual])],
            FloatSoftmax softmax => Softmax(softmax, x),
            _ => throw new NotSupportedException($"{step.GetType().Name} has no evaluation."),
        };
    }

    private static float[] Fill(FloatValue value, Func<int, int, double> element)
    {
        float[] result = new float[value.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (float)element(i / value.Columns, i % value.Columns);
        }

        return result;
    }

    private static float[] Map(FloatStep step, float[] x, Func<double, double> function) =>
        Fill(step.Output, (r, c) => function(x[r * step.Input.Columns + c]));

    private static float[] Join(FloatConcat step, float[] first, float[] second)
    {
        if (step.Axis == Model.ConcatAxis.Rows)
        {
            return [.. first, .. second];
        }

        int columns = step.Input.Columns;
        return Fill(step.Output, (r, c) => c < columns ? first[r * columns + c] : second[r * step.Second.Columns + c - columns]);
    }

    private static float[] Normalize(FloatLayerNorm step, float[] x)
    {
        int columns = step.Input.Columns;
        double[] means = new double[step.Input.Rows];
        double[] deviations = new double[step.Input.Rows];
        for (int r = 0; r < means.Length; r++)
        {
            float[] row = x[(r * columns)..((r + 1) * columns)];
            double mean = row.Average(value => (double)value);
            means[r] = mean;
            deviations[r] = Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + step.Epsilon);
        }

        return Fill(step.Output, (r, c) => (x[r * columns + c] - means[r]) / deviations[r] * step.Gains[c] + step.Biases[c]);
    }

    private static float Distance(FloatDistance step, float[] reconstruction, float[] actual)
    {
        int lag = step.Lag * step.Input.Columns;
        var differences = reconstruction[..^lag].Zip(actual[lag..], (a, b) => Math.Abs((double)a - b));
        return (float)differences.Average(difference => Math.Pow(difference, (int)step.Norm));
    }

    private static float[] Softmax(FloatSoftmax step, float[] x)
    {
        int columns = step.Input.Columns;
        double[][] rows = [.. Enumerable.Range(0, step.Input.Rows)
            .Select(r => FloatProducts.Softmax([.. x.AsSpan(r * columns, columns).ToArray().Select(value => (double)value)]))];
        return Fill(step.Output, (r, c) => rows[r][c]);
    }
}
