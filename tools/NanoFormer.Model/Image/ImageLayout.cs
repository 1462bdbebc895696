namespace NanoFormer.Model;

/// <summary>Where the writer puts the sections: in the order of the specification's picture.</summary>
internal sealed record ImageLayout
{
    public required int Channels { get; init; }

    public required int Labels { get; init; }

    public required int Tensors { get; init; }

    public required int Operators { get; init; }

    /// <summary>0 without a step program.</summary>
    public required int StepOperators { get; init; }

    public required IReadOnlyDictionary<ConstantTensor, int> Constants { get; init; }

    public required int TestVectors { get; init; }

    public required int ImageBytes { get; init; }

    public static ImageLayout Of(Graph graph)
    {
        long end = ImageFormat.HeaderBytes;
        int channels = Append(ref end, graph.Input.Channels.Count * ImageFormat.ChannelBytes);
        int labels = Append(ref end, graph.Labels.Count * ImageFormat.LabelBytes);
        int tensors = Append(ref end, graph.Tensors.Count * ImageFormat.TensorBytes);
        int operators = Append(ref end, graph.Operators.Count * ImageFormat.OperatorBytes);
        int stepOperators = graph.Step is null ? 0 : Append(ref end, graph.Step.Operators.Count * ImageFormat.OperatorBytes);
        var constants = new Dictionary<ConstantTensor, int>();
        foreach (var constant in graph.Tensors.OfType<ConstantTensor>())
        {
            constants.Add(constant, Append(ref end, constant.Bytes));
        }

        if (graph.TestVectors.Any(vector => vector.Window.Length != graph.Window.Count || vector.Output.Length != graph.Output.Count))
        {
            throw new ModelImageException(ModelImageError.BadHeader, "a test vector has another length than window and output");
        }

        int vectorBytes = ImageFormat.TestVectorBytes(graph.Window, graph.Output);
        return new ImageLayout
        {
            Channels = channels,
            Labels = labels,
            Tensors = tensors,
            Operators = operators,
            StepOperators = stepOperators,
            Constants = constants,
            TestVectors = Append(ref end, graph.TestVectors.Count * vectorBytes),
            ImageBytes = (int)end,
        };
    }

    private static int Append(ref long end, int bytes)
    {
        int start = (int)end;
        end += Alignment.RoundUp(bytes);
        return end <= ImageFormat.MaxImageBytes
            ? start
            : throw new ModelImageException(ModelImageError.BadHeader, $"an image may have {ImageFormat.MaxImageBytes} bytes, not {end}");
    }
}
