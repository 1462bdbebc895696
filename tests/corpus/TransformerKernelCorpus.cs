using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// Random cases for the kernels that CMSIS-NN has no counterpart of; the expected outputs are the reference operators'. Each kernel gets
/// the same number of cases, and every run makes the same ones.
/// </summary>
internal sealed class TransformerKernelCorpus
{
    private const int CasesOfKernel = 40;

    private readonly Random _random;
    private readonly RandomOperators _draw;

    private TransformerKernelCorpus(int seed)
    {
        _random = new Random(seed);
        _draw = new RandomOperators(_random, maxWeights: 100);
    }

    public static IReadOnlyCollection<CorpusRecord> Records()
    {
        Func<TransformerKernelCorpus, CorpusRecord>[] kernels =
        [
            cases => cases.Quantize(), cases => cases.Attention(), cases => cases.LinearAttention(), cases => cases.Mean(),
            cases => cases.Lookup(), cases => cases.LayerNorm(), cases => cases.WeightedMean(), cases => cases.Rescale(),
            cases => cases.Distance(),
        ];
        return
        [
            .. kernels.SelectMany((create, kernel) => Enumerable.Range(0, CasesOfKernel)
                .Select(i => create(new TransformerKernelCorpus(kernel * CasesOfKernel + i)))),
        ];
    }

    private CorpusRecord Quantize()
    {
        var window = new WindowTensor(_random.Next(1, 40), _random.Next(1, 12));
        int channels = _random.Next(1, window.Columns + 1);
        int first = _random.Next(window.Columns - channels + 1);
        var step = _draw.Quantize(window, first, channels, _random.Next(1, Math.Min(window.Rows, 5) + 1));
        short[] samples = RandomWindow.Create(window, _random);
        var run = new ReferenceRun(window, samples);
        run.Execute(step);
        return new CorpusRecord(CorpusKind.Quantize, PayloadWriter
            .WithParameters(step.Output.Rows, channels, window.Columns, first, step.Step, step.Output.ZeroPoint, window.Rows)
            .Array<short>(samples)
            .Array(step.ChannelConstants.Int32Values)
            .Array(run.ValuesOf(step.Output))
            .ToArray());
    }

    private CorpusRecord Attention()
    {
        int tokens = _random.Next(8) == 0 ? _random.Next(65, 200) : _random.Next(1, 65);
        var step = _draw.Attention(new ActivationTensor(tokens, _random.Next(1, 9), 0), _draw.Reach(tokens));
        int columns = step.HeadColumns;
        sbyte[] queries = Values(tokens * columns);
        sbyte[] keys = Values(tokens * columns);
        sbyte[] values = Values(tokens * columns);
        sbyte[] output = new sbyte[tokens * columns];
        for (int i = 0; i < tokens; i++)
        {
            int from = Math.Max(i - step.Reach.Before, 0) * columns;
            int to = Math.Min(i + step.Reach.After + 1, tokens) * columns;
            step.AnswerRow(queries.AsSpan(i * columns, columns), keys.AsSpan(from..to), values.AsSpan(from..to),
                output.AsSpan(i * columns, columns));
        }

        sbyte[] transposed = [.. Enumerable.Range(0, values.Length).Select(i => values[i % tokens * columns + i / tokens])];
        return new CorpusRecord(CorpusKind.Attention, PayloadWriter
            .WithParameters(
                tokens, columns, step.Reach.Before, step.Reach.After, step.QueryZeroPoint, step.KeyZeroPoint, step.ValueZeroPoint,
                step.ScoreMultiplier.Mantissa, step.ScoreMultiplier.Shift, step.ScoreZeroPoint,
                step.ContextMultiplier.Mantissa, step.ContextMultiplier.Shift, step.Output.ZeroPoint,
                step.Exponentials.Scale.Mantissa, step.Exponentials.Scale.Shift + FixedPoint.ExponentFractionBits)
            .Array(step.Exponentials.Int32Values)
            .Array<sbyte>(queries)
            .Array<sbyte>(keys)
            .Array<sbyte>(transposed)
            .Array<sbyte>(output)
            .ToArray());
    }

    /// <summary>Some tokens bring the sums to where the case begins.</summary>
    private CorpusRecord LinearAttention()
    {
        bool isCausal = _random.Next(2) == 0;
        var step = _draw.LinearAttention(
            new ActivationTensor(1, _random.Next(1, 9), 0), isCausal, isCausal ? _random.Next(13) : 0);
        var head = new LinearAttentionHead(step, 0);
        Go(_random.Next(3) == 0 ? 0 : _random.Next(1, 40));
        int[] before = head.Sums;
        (sbyte[] queries, sbyte[] keys, sbyte[] values, sbyte[] output) = Go(_random.Next(1, 40));
        return new CorpusRecord(CorpusKind.LinearAttention, PayloadWriter
            .WithParameters(
                output.Length / step.HeadColumns, step.HeadColumns, step.QueryZeroPoint, step.KeyZeroPoint, step.ValueZeroPoint,
                step.Multiplier.Mantissa, step.Multiplier.Shift, step.Output.ZeroPoint, isCausal ? 1 : 0, step.Decay)
            .Array<sbyte>(queries)
            .Array<sbyte>(keys)
            .Array<sbyte>(values)
            .Array<int>(before)
            .Array<sbyte>(output)
            .Array<int>(head.Sums)
            .ToArray());

        (sbyte[] Queries, sbyte[] Keys, sbyte[] Values, sbyte[] Output) Go(int tokens)
        {
            int count = tokens * step.HeadColumns;
            sbyte[] queries = ValuesFrom(step.QueryZeroPoint, count);
            sbyte[] keys = ValuesFrom(step.KeyZeroPoint, count);
            sbyte[] values = Values(count);
            sbyte[] output = new sbyte[count];
            head.Run(queries, keys, values, output, step.HeadColumns);
            return (queries, keys, values, output);
        }
    }

    private CorpusRecord Mean()
    {
        var input = Input(rows: 200, columns: 80);
        var step = _draw.Mean(input);
        return OfOneInput(
            CorpusKind.Mean, step, [input.Rows, input.Columns, input.ZeroPoint, step.Output.ZeroPoint, .. Of(step.Multiplier)]);
    }

    private CorpusRecord Lookup()
    {
        var input = Input(rows: 30, columns: 80);
        var step = _draw.Lookup(input);
        return OfOneInput(CorpusKind.Lookup, step, [input.Count]);
    }

    private CorpusRecord LayerNorm()
    {
        var input = _random.Next(10) == 0 ? new ActivationTensor(2, 1024, 0) : Input(rows: 20, columns: 200, minColumns: 2);
        var step = _draw.LayerNorm(input);
        return OfOneInput(
            CorpusKind.LayerNorm, step,
            [input.Rows, input.Columns, unchecked((int)step.Epsilon), step.Output.ZeroPoint, step.Clamp.Low, step.Clamp.High]);
    }

    private CorpusRecord WeightedMean()
    {
        var input = Input(rows: 200, columns: 80);
        var step = _draw.AttentionPool(input);
        sbyte[] weights = Values(input.Rows);
        sbyte[] values = Values(input.Count);
        sbyte[] output = new sbyte[input.Columns];
        sbyte[] transposed = [.. Enumerable.Range(0, values.Length).Select(i => values[i % input.Rows * input.Columns + i / input.Rows])];
        MatrixProduct.Compute(weights, sbyte.MinValue, transposed, input.ZeroPoint, input.Rows, step.ContextMultiplier,
            step.Output.ZeroPoint, output);
        return new CorpusRecord(CorpusKind.WeightedMean, PayloadWriter
            .WithParameters([input.Rows, input.Columns, input.ZeroPoint, step.Output.ZeroPoint, .. Of(step.ContextMultiplier)])
            .Array<sbyte>(weights)
            .Array<sbyte>(values)
            .Array<sbyte>(output)
            .ToArray());
    }

    private CorpusRecord Rescale()
    {
        var input = Input(rows: 20, columns: 80);
        var multiplier = new RandomQuantization(_random).MultiplierNear(0.8);
        int zeroPoint = _random.Next(-128, 128);
        sbyte[] values = Values(input.Count);
        sbyte[] output = new sbyte[input.Count];
        Concat.Rescale(values, input.ZeroPoint, multiplier, zeroPoint, output);
        return new CorpusRecord(CorpusKind.Rescale, PayloadWriter
            .WithParameters([input.Rows, input.Columns, input.ZeroPoint, zeroPoint, .. Of(multiplier)])
            .Array<sbyte>(values)
            .Array<sbyte>(output)
            .ToArray());
    }

    private CorpusRecord Distance()
    {
        var first = Input(rows: 60, columns: 40);
        ActivationTensor second = new(first.Rows, first.Columns, _random.Next(-128, 128));
        var step = _draw.Distance(first, second);
        sbyte[] x1 = Values(first.Count);
        sbyte[] x2 = Values(second.Count);
        sbyte[] output = new sbyte[step.Output.Count];
        step.Compute(x1, x2, output);
        return new CorpusRecord(CorpusKind.Distance, PayloadWriter
            .WithParameters(
            [
                first.Rows - step.Lag, first.Columns, output.Length, (int)step.Norm,
                first.ZeroPoint, .. Of(step.FirstMultiplier), second.ZeroPoint, .. Of(step.SecondMultiplier),
                step.Bits, step.Output.ZeroPoint, .. Of(step.OutputMultiplier),
            ])
            .Array<sbyte>(x1.AsSpan(0, (first.Rows - step.Lag) * first.Columns))
            .Array<sbyte>(x2.AsSpan(step.Lag * first.Columns))
            .Array<sbyte>(output)
            .ToArray());
    }

    /// <summary>Input, the operator's constants but exponentials, expected output.</summary>
    private CorpusRecord OfOneInput(CorpusKind kind, Operator step, int[] parameters)
    {
        var input = (ActivationTensor)step.Input;
        sbyte[] values = Values(input.Count);
        var run = new ReferenceRun(new WindowTensor(1, 1), [0]);
        run.Keep(input, values);
        run.Execute(step);
        var payload = PayloadWriter.WithParameters(parameters).Array<sbyte>(values);
        foreach (var constant in step.Constants)
        {
            payload.Array(constant.Data);
        }

        return new CorpusRecord(kind, payload.Array(run.ValuesOf(step.Output)).ToArray());
    }

    private ActivationTensor Input(int rows, int columns, int minColumns = 1) =>
        new(1 + (int)(rows * _random.NextDouble()), _random.Next(minColumns, columns + 1), _random.Next(-128, 128));

    private sbyte[] Values(int count) => ValuesFrom(sbyte.MinValue, count);

    /// <summary>Noise, or mostly one value, which makes rows without deviation.</summary>
    private sbyte[] ValuesFrom(int low, int count)
    {
        bool isFlat = _random.Next(6) == 0;
        int level = _random.Next(low, 128);
        return [.. Enumerable.Range(0, count).Select(_ => (sbyte)(isFlat && _random.Next(50) > 0 ? level : _random.Next(low, 128)))];
    }

    private static int[] Of(FixedMultiplier multiplier) => [multiplier.Mantissa, multiplier.Shift];
}
