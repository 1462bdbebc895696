namespace NanoFormer.Model;

/// <summary>Fully connected layer on every row: int8 <c>[T][K]</c> to int8 <c>[T][N]</c> (NUMERICS.md, section 3.2).</summary>
public sealed record Linear() : WeightedOperator(OperatorKind.Linear)
{
    /// <summary>Limits of the results.</summary>
    public required ClampRange Clamp { get; init; }

    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    /// <inheritdoc/>
    public override long MultiplyAccumulates => (long)Output.Rows * Weights.Count;

    /// <inheritdoc/>
    public override bool IsRowWise => true;

    internal static Linear Read(OperatorRecord record)
    {
        var input = record.Input();
        var output = record.Output();
        record.RequireSameRows(input, output, "writes another number of rows than it reads");
        return new Linear
        {
            Input = input,
            Weights = record.Weights(output.Columns, input.Columns),
            ChannelConstants = record.ChannelConstants(output.Columns),
            Clamp = record.Clamp(At.Clamp),
            Output = output,
        };
    }

    internal override void Write(ParameterFields fields) => fields.Clamp(At.Clamp, Clamp);

    internal override void Run(ReferenceRun run, Span<sbyte> output) => Compute(
        run.ValuesOf(Input), Weights.Int8Values, new ChannelConstants(ChannelConstants), Output.ZeroPoint, Clamp, output);

    /// <summary>int8 <c>[T][K]</c>, weights <c>[N][K]</c>, to int8 <c>[T][N]</c>; biases are folded.</summary>
    public static void Compute(ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> weights, ChannelConstants constants, int zeroPoint,
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

    private static int Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        int sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    internal override string? Obstacle(TimeStrides strides) => null;

    internal override int WishedScratch(int rows, int mostRows) => ScratchWish.Product(Input.Columns, rows, mostRows);

    internal override long WeightLoads(int rows, int scratchBytes) =>
        ScratchWish.Passes(Input.Columns, rows, scratchBytes) * (long)Weights.Count;

    /// <summary>Where the parameters are in the image.</summary>
    private static class At
    {
        public const int Clamp = 0;
    }
}

/// <content>Fully connected layers.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Fully connected layer on every row: int8 <c>[T][K]</c> to <c>[T][N]</c>, N being the number of biases.</summary>
    /// <param name="input"><c>[T][K]</c>.</param>
    /// <param name="weights"><c>[N][K]</c>.</param>
    /// <param name="weightScales"><c>[N]</c>.</param>
    /// <param name="biases"><c>[N]</c>, not folded.</param>
    /// <param name="output">Quantization of the result.</param>
    /// <param name="activation">Fused non-linearity.</param>
    public ActivationTensor Linear(Tensor input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<double> weightScales,
        ReadOnlySpan<int> biases, Quantization output, Activation activation = default)
    {
        var weightTensor = Weights(biases.Length, input.Columns, weights);
        var multipliers = Multipliers(weightScales, ScaleOf(input), output.Scale);
        return Append(new Linear
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = FoldedConstants(input, RowSums(weightTensor), biases, multipliers),
            Clamp = activation.ToClampRange(output),
            Output = NewActivation(input.Rows, biases.Length, output),
        });
    }

    /// <summary>A graph whose <see cref="Graph.ClassLayer"/> has other constants; it has no test vectors.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="weights"><c>[N][K]</c>, as many as before.</param>
    /// <param name="weightScales"><c>[N]</c>.</param>
    /// <param name="biases"><c>[N]</c>, not folded.</param>
    /// <param name="output">Quantization of the layer's result.</param>
    public static Graph WithClassLayer(
        Graph graph, ReadOnlySpan<sbyte> weights, ReadOnlySpan<double> weightScales, ReadOnlySpan<int> biases, Quantization output)
    {
        var old = graph.ClassLayer ?? throw new ArgumentException("The graph's classes do not come from a linear layer.", nameof(graph));
        var builder = new GraphBuilder(graph.ModelId, graph.Input);
        builder._operators.AddRange(graph.Operators.TakeWhile(step => step != old));
        builder._scales.Add(old.Input, old.Input.Scale.ToReal());
        var result = builder.Linear(old.Input, weights, weightScales, biases, output);
        result = graph.Output == old.Output ? result : builder.Softmax(result);
        var changed = graph with
        {
            Output = result,
            Operators = [.. builder._operators],
            Tensors = Graph.CollectTensors(new GraphProgram(graph.Window, result, builder._operators)),
            Step = null,
            TestVectors = [],
        };
        return graph.Step is null ? changed : StepProgram.AddTo(changed);
    }
}
