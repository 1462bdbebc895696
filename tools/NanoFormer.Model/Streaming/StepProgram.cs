namespace NanoFormer.Model;

/// <summary>
/// Derives the step program of a window program (NUMERICS.md, section 4): the same operators on the new rows of one step, with states for
/// those that remember. A stream fed with a window from its start ends with the window's output.
/// </summary>
public static class StepProgram
{
    /// <summary>The graph with a step program.</summary>
    /// <exception cref="NotStreamableException">An operator cannot stream.</exception>
    public static Graph AddTo(Graph graph)
    {
        GraphProgram step = Derive(graph.Program);
        return graph with { Step = step, Tensors = Graph.CollectTensors(graph.Program, step) };
    }

    private static GraphProgram Derive(GraphProgram window)
    {
        var strides = new TimeStrides(window);
        for (int i = 0; i < window.Operators.Count; i++)
        {
            if (Obstacle.Of(window.Operators[i], strides) is { } reason)
            {
                throw new NotStreamableException(i, window.Operators[i].Kind, reason);
            }
        }

        int samples = strides.StepSamples;
        var rebound = new Dictionary<Tensor, Tensor> { [window.Input] = window.Input.WithRows(samples) };
        foreach (ActivationTensor tensor in window.Activations)
        {
            rebound.Add(tensor, tensor.WithRows(strides.RowsOf(tensor, samples)));
        }

        IEnumerable<Operator> operators = window.Operators.Select(step => WithState(step.Rebind(Replaced), step));
        return new GraphProgram((WindowTensor)Replaced(window.Input), (ActivationTensor)Replaced(window.Output), [.. operators]);

        Tensor Replaced(Tensor tensor) => rebound.GetValueOrDefault(tensor, tensor);
    }

    /// <summary>A rebound operator with the state it needs and the parameters of a stream.</summary>
    private static Operator WithState(Operator step, Operator original)
    {
        switch (step)
        {
            case Convolution conv when conv.Kernel > conv.Stride:
                int rows = (int)StateSize.OfConvolution(conv.Kernel, conv.Stride, conv.Input);
                return conv with { PadLeft = 0, State = new StateTensor(rows, ElementType.Int8, conv.Input.ZeroPoint) };
            case Attention attention:
                AttentionReach reach = Obstacle.Remembered(attention, original.Input.Rows);
                int slots = (int)StateSize.OfAttention(attention.Output.Columns, reach);
                return attention with { Reach = reach, State = new StateTensor(slots, ElementType.Int8) };
            case LinearAttention attention:
                int sums = (int)StateSize.OfLinearAttention(attention.Heads, attention.HeadColumns);
                return attention with { State = new StateTensor(sums, ElementType.Int32) };
            case Mean mean:
                int count = original.Input.Rows;
                int ring = (int)StateSize.OfMean(mean.Output.Columns, count);
                return mean with { RowCount = count, State = new StateTensor(ring, ElementType.Int8) };
            case Add { Second: ConstantTensor constant } add when constant.Rows != add.Output.Rows:
                int values = add.Output.Count;
                ReadOnlySpan<sbyte> repeated = constant.Int8Values[..values];
                return add with
                {
                    Second = ConstantTensor.FromInt8(add.Output.Rows, constant.Columns, repeated, constant.ZeroPoint, constant.Scale),
                };
            default:
                return step;
        }
    }
}
