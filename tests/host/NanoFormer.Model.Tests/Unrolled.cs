namespace NanoFormer.Model.Tests;

/// <summary>A network that streams, built for another number of samples.</summary>
internal static class Unrolled
{
    /// <summary>The window program over this many steps, up to the pooling as it would be in a graph of that window.</summary>
    public static GraphProgram Over(Graph graph, int steps)
    {
        var strides = new TimeStrides(graph.Program);
        int samples = steps * graph.Step!.Input.Rows;
        var tensors = new Dictionary<Tensor, Tensor> { [graph.Window] = graph.Window.WithRows(samples) };
        foreach (var tensor in graph.Program.Activations)
        {
            tensors.Add(tensor, tensor.WithRows(strides.RowsOf(tensor, samples)));
        }

        var operators = graph.Operators.Zip(graph.Step.Operators, (step, inStream) =>
            Extended(step.Rebind(tensor => tensors.GetValueOrDefault(tensor, tensor)), inStream));
        return new GraphProgram((WindowTensor)tensors[graph.Window], (ActivationTensor)tensors[graph.Output], [.. operators]);
    }

    /// <summary>As far back as the stream looks; as many rows of a repeated constant as there are.</summary>
    private static Operator Extended(Operator step, Operator inStream) => (step, inStream) switch
    {
        (Attention attention, Attention stream) => attention with { Reach = stream.Reach },
        (Add { Second: ConstantTensor constant } add, _) => add with { Second = Repeated(constant, add.Output.Rows) },
        _ => step,
    };

    private static ConstantTensor Repeated(ConstantTensor constant, int rows)
    {
        sbyte[] values = constant.Int8Values.ToArray();
        var repeated = Enumerable.Range(0, rows * constant.Columns).Select(i => values[i % values.Length]);
        return ConstantTensor.FromInt8(rows, constant.Columns, repeated.ToArray(), constant.ZeroPoint, constant.Scale);
    }
}
