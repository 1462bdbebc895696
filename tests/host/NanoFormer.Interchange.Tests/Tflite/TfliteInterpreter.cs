using NanoFormer.Model;

namespace NanoFormer.Interchange.Tests.Tflite;

/// <summary>
/// Runs a .tflite file as the reference kernels of TensorFlow Lite Micro do: multipliers are made here, of the float scales in the file.
/// </summary>
internal sealed class TfliteInterpreter(TfliteFile file)
{
    private readonly int[][] _values = new int[file.Tensors.Length][];

    public sbyte[] Run(params sbyte[][] inputs)
    {
        for (int i = 0; i < file.Tensors.Length; i++)
        {
            _values[i] = file.Tensors[i].Values;
        }

        foreach ((int index, sbyte[] input) in file.Inputs.Zip(inputs))
        {
            _values[index] = Array.ConvertAll(input, value => (int)value);
        }

        foreach (var step in file.Operators)
        {
            _values[step.Output] = Run(step);
        }

        return Array.ConvertAll(_values[file.Output], value => checked((sbyte)value));
    }

    private int[] Run(TfliteFileOperator step) => step.Code switch
    {
        0 => Add(step),
        2 => Concatenate(step),
        3 or 4 => Convolve(step),
        22 or 53 => _values[step.Inputs[0]],
        25 => Softmax(step),
        34 => Pad(step),
        36 => [.. _values[step.Inputs[1]].Select(index => _values[step.Inputs[0]][index])],
        39 => Transpose(step),
        40 => Mean(step),
        45 => Slice(step),
        55 => [.. _values[step.Inputs[0]].Select(value => Math.Max(value, _values[step.Inputs[1]][0]))],
        57 => [.. _values[step.Inputs[0]].Select(value => Math.Min(value, _values[step.Inputs[1]][0]))],
        114 => Requantize(step),
        126 => BatchMatMul(step),
        _ => throw new NotSupportedException($"operator {step.Code}"),
    };

    private TfliteFileTensor Input(TfliteFileOperator step, int index = 0) => file.Tensors[step.Inputs[index]];

    private TfliteFileTensor Output(TfliteFileOperator step) => file.Tensors[step.Output];

    private static int Store(int value, FixedMultiplier multiplier, TfliteFileTensor output, sbyte activation = 0)
    {
        int low = activation is 1 or 3 ? output.ZeroPoint : -128;
        int high = activation == 3 ? Math.Min(127, output.ZeroPoint + (int)MathF.Round(6 / output.Scale, MidpointRounding.AwayFromZero))
            : 127;
        return Math.Clamp(FixedPoint.Requantize(value, multiplier) + output.ZeroPoint, low, high);
    }

    private int[] Convolve(TfliteFileOperator step)
    {
        bool isDepthwise = step.Code == 4;
        (var input, var filter, var output) = (Input(step), Input(step, 1), Output(step));
        (int[] x, int[] weights, int[] bias) = (_values[step.Inputs[0]], _values[step.Inputs[1]], _values[step.Inputs[2]]);
        (int rows, int channels, int kernel, int outputs) = (input.Shape[2], input.Shape[3], filter.Shape[2], output.Shape[3]);
        Assert.Equal(isDepthwise ? 3 : 0, filter.Dimension);
        Assert.Equal(outputs, filter.Scales.Length);
        int stride = step.Options.Int(1);
        int padding = step.Options.Byte(0) == 0 ? Math.Max((output.Shape[2] - 1) * stride + kernel - rows, 0) / 2 : 0;
        Assert.Equal(step.Options.Byte(0) == 0 ? (rows + stride - 1) / stride : (rows - kernel) / stride + 1, output.Shape[2]);
        int[] result = new int[output.Count];
        for (int i = 0; i < result.Length; i++)
        {
            (int row, int channel) = (i / outputs, i % outputs);
            int sum = bias[channel];
            for (int j = 0; j < kernel; j++)
            {
                int source = row * stride + j - padding;
                for (int c = isDepthwise ? channel : 0; source >= 0 && source < rows && c < (isDepthwise ? channel + 1 : channels); c++)
                {
                    int weight = isDepthwise ? weights[j * channels + c] : weights[(channel * kernel + j) * channels + c];
                    sum += (x[source * channels + c] - input.ZeroPoint) * weight;
                }
            }

            var multiplier = FixedMultiplier.FromReal((double)input.Scale * filter.Scales[channel] / output.Scale);
            result[i] = Store(sum, multiplier, output, step.Options.Byte(isDepthwise ? 4 : 3));
        }

        return result;
    }

    private int[] BatchMatMul(TfliteFileOperator step)
    {
        (var a, var b, var output) = (Input(step), Input(step, 1), Output(step));
        bool isTransposed = step.Options.Byte(1) != 0;
        var multiplier = FixedMultiplier.FromReal((double)(a.Scale * b.Scale) / output.Scale);
        (int rows, int inner, int columns) = (output.Shape[^2], a.Shape[^1], output.Shape[^1]);
        int[] result = new int[output.Count];
        for (int i = 0; i < result.Length; i++)
        {
            (int batch, int row, int column) = (i / (rows * columns), i / columns % rows, i % columns);
            int sum = 0;
            for (int k = 0; k < inner; k++)
            {
                int right = batch * inner * columns + (isTransposed ? column * inner + k : k * columns + column);
                int left = (batch * rows + row) * inner + k;
                sum += (_values[step.Inputs[0]][left] - a.ZeroPoint) * (_values[step.Inputs[1]][right] - b.ZeroPoint);
            }

            result[i] = Store(sum, multiplier, output);
        }

        return result;
    }

    private int[] Softmax(TfliteFileOperator step)
    {
        var output = Output(step);
        Assert.Equal(1f / 256, output.Scale);
        Assert.Equal(-128, output.ZeroPoint);
        var scale = FixedMultiplier.FromReal(Math.Min((double)step.Options.Float(0) * Input(step).Scale * (1 << 26),
            int.MaxValue) / (1 << 26));
        sbyte[] result = new sbyte[output.Count];
        sbyte[] input = Array.ConvertAll(_values[step.Inputs[0]], value => (sbyte)value);
        Model.Softmax.Compute(input, output.Shape[^1], scale, result);
        return Array.ConvertAll(result, value => (int)value);
    }

    private int[] Add(TfliteFileOperator step)
    {
        var output = Output(step);
        (int[] x, int[] y) = (_values[step.Inputs[0]], _values[step.Inputs[1]]);
        if (output.Type != 9)
        {
            return [.. x.Select(value => value + y[0])];
        }

        (var a, var b) = (Input(step), Input(step, 1));
        double twice = 2 * (double)Math.Max(a.Scale, b.Scale);
        var first = FixedMultiplier.FromReal(a.Scale / twice);
        var second = FixedMultiplier.FromReal(b.Scale / twice);
        var last = FixedMultiplier.FromReal(twice / ((1 << 20) * (double)output.Scale));
        return [.. x.Zip(y, (p, q) => Store(
            FixedPoint.Requantize((p - a.ZeroPoint) << 20, first) + FixedPoint.Requantize((q - b.ZeroPoint) << 20, second),
            last, output, step.Options.Byte(0)))];
    }

    private int[] Requantize(TfliteFileOperator step)
    {
        var input = Input(step);
        var multiplier = FixedMultiplier.FromReal((double)input.Scale / Output(step).Scale);
        return [.. _values[step.Inputs[0]].Select(value => Store(value - input.ZeroPoint, multiplier, Output(step)))];
    }

    private int[] Mean(TfliteFileOperator step)
    {
        (var input, var output) = (Input(step), Output(step));
        Assert.Equal([2], _values[step.Inputs[1]]);
        (int rows, int columns) = (input.Shape[2], input.Shape[3]);
        var ratio = FixedMultiplier.FromReal((double)input.Scale / output.Scale);
        int shift = Math.Min((int)Math.Log2(rows), 31 + ratio.Shift);
        var multiplier = new FixedMultiplier((int)(((long)ratio.Mantissa << shift) / rows), ratio.Shift - shift);
        return [.. Enumerable.Range(0, columns).Select(c => Store(
            Enumerable.Range(0, rows).Sum(r => _values[step.Inputs[0]][r * columns + c]) - input.ZeroPoint * rows, multiplier, output))];
    }

    private int[] Concatenate(TfliteFileOperator step)
    {
        (var a, var b, var output) = (Input(step), Input(step, 1), Output(step));
        Assert.Equal((output.Scale, output.ZeroPoint, output.Scale, output.ZeroPoint), (a.Scale, a.ZeroPoint, b.Scale, b.ZeroPoint));
        (int[] x, int[] y) = (_values[step.Inputs[0]], _values[step.Inputs[1]]);
        return step.Options.Int(0) == 2
            ? [.. x, .. y]
            : [.. x.Chunk(a.Shape[3]).Zip(y.Chunk(b.Shape[3]), (left, right) => left.Concat(right)).SelectMany(row => row)];
    }

    private int[] Pad(TfliteFileOperator step)
    {
        var input = Input(step);
        int[] padding = _values[step.Inputs[1]];
        int columns = input.Shape[3];
        return
        [
            .. Enumerable.Repeat(input.ZeroPoint, padding[4] * columns), .. _values[step.Inputs[0]],
            .. Enumerable.Repeat(input.ZeroPoint, padding[5] * columns),
        ];
    }

    private int[] Slice(TfliteFileOperator step)
    {
        int columns = Input(step).Shape[3];
        return _values[step.Inputs[0]][(_values[step.Inputs[1]][2] * columns)..(_values[step.Inputs[2]][2] * columns)];
    }

    private int[] Transpose(TfliteFileOperator step)
    {
        int[] shape = Input(step).Shape;
        Assert.Equal([0, 2, 1, 3], _values[step.Inputs[1]]);
        int[] result = new int[Input(step).Count];
        for (int i = 0; i < result.Length; i++)
        {
            (int first, int second, int column) = (i / (shape[1] * shape[3]), i / shape[3] % shape[1], i % shape[3]);
            result[i] = _values[step.Inputs[0]][(second * shape[2] + first) * shape[3] + column];
        }

        return result;
    }
}
