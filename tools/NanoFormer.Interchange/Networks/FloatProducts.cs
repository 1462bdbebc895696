namespace NanoFormer.Interchange.Networks;

/// <summary>The steps of a float network that sum products.</summary>
internal static class FloatProducts
{
    /// <summary><c>[T][K]</c> by weights <c>[N][K]</c>.</summary>
    public static float[] Linear(FloatLinear step, float[] x) =>
        [.. Linear(x, step.Input.Columns, step.Weights.Values, step.Biases.Values).Select(value => (float)value)];

    /// <summary>Either convolution.</summary>
    public static float[] Convolve(FloatConvolution step, float[] x)
    {
        (int rows, int channels, int outputs) = (step.Input.Rows, step.Input.Columns, step.Output.Columns);
        float[] weights = step.Weights.Values;
        float[] result = new float[step.Output.Count];
        for (int i = 0; i < result.Length; i++)
        {
            (int row, int output) = (i / outputs, i % outputs);
            double sum = step.Biases.Values[output];
            for (int j = 0; j < step.Kernel; j++)
            {
                int source = row * step.Stride + j - step.PadLeft;
                if (source < 0 || source >= rows)
                {
                    continue;
                }

                if (step.IsDepthwise)
                {
                    sum += (double)x[source * channels + output] * weights[j * channels + output];
                    continue;
                }

                for (int c = 0; c < channels; c++)
                {
                    sum += (double)x[source * channels + c] * weights[(output * step.Kernel + j) * channels + c];
                }
            }

            result[i] = (float)sum;
        }

        return result;
    }

    /// <summary>All heads of an attention.</summary>
    public static float[] Attend(FloatAttention step, float[] x)
    {
        (int rows, int size, int inner) = (step.Input.Rows, step.HeadColumns, step.Output.Columns);
        double[] projected = Linear(x, step.Input.Columns, step.Weights.Values, step.Biases.Values);
        float[] result = new float[step.Output.Count];
        for (int head = 0; head < step.Heads; head++)
        {
            for (int i = 0; i < rows; i++)
            {
                int[] seen = [.. Enumerable.Range(0, rows).Where(j => step.Sees(i, j))];
                double[] weights = Softmax([.. seen.Select(j => Score(projected, inner, head * size, size, i, j))]);
                for (int c = 0; c < size; c++)
                {
                    int column = 2 * inner + head * size + c;
                    double sum = seen.Zip(weights, (j, weight) => weight * projected[j * 3 * inner + column]).Sum();
                    result[i * inner + head * size + c] = (float)sum;
                }
            }
        }

        return result;
    }

    /// <summary>The mean over rows weighted by their scores.</summary>
    public static float[] Pool(FloatAttentionPool step, float[] x)
    {
        double[] weights = Softmax(Linear(x, step.Input.Columns, step.Weights.Values, step.Biases.Values));
        int columns = step.Input.Columns;
        return [.. Enumerable.Range(0, columns).Select(c => (float)weights.Select((weight, r) => weight * x[r * columns + c]).Sum())];
    }

    /// <summary>The softmax of one row.</summary>
    public static double[] Softmax(double[] row)
    {
        double greatest = row.Max();
        double[] exponentials = Array.ConvertAll(row, value => Math.Exp(value - greatest));
        double sum = exponentials.Sum();
        return Array.ConvertAll(exponentials, value => value / sum);
    }

    private static double Score(double[] projected, int inner, int first, int size, int query, int key)
    {
        double sum = 0;
        for (int c = 0; c < size; c++)
        {
            sum += projected[query * 3 * inner + first + c] * projected[key * 3 * inner + inner + first + c];
        }

        return sum / Math.Sqrt(size);
    }

    private static double[] Linear(float[] x, int columns, float[] weights, float[] biases)
    {
        int outputs = biases.Length;
        double[] result = new double[x.Length / columns * outputs];
        for (int i = 0; i < result.Length; i++)
        {
            (int row, int output) = (i / outputs, i % outputs);
            double sum = biases[output];
            for (int k = 0; k < columns; k++)
            {
                sum += (double)x[row * columns + k] * weights[output * columns + k];
            }

            result[i] = sum;
        }

        return result;
    }
}
