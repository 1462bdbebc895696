namespace NanoFormer.Model;

/// <summary>
/// Runs a graph as NUMERICS.md says, each tensor in an array of its own: no arena, no tables. The yardstick for every engine.
/// Holds no state between runs, so one executor serves many threads.
/// </summary>
public sealed class ReferenceExecutor(Graph graph)
{
    /// <summary>The graph that runs.</summary>
    public Graph Graph { get; } = graph;

    /// <summary>Runs one window, int16 <c>[window samples][channels]</c>, and gives the values of the output tensor.</summary>
    /// <exception cref="ArgumentException">The window has another length.</exception>
    public sbyte[] Run(short[] window) => Trace(window)[Graph.Output];

    /// <summary>Runs one window and gives every activation tensor, row-major.</summary>
    /// <exception cref="ArgumentException">The window has another length.</exception>
    public IReadOnlyDictionary<ActivationTensor, sbyte[]> Trace(short[] window)
    {
        if (window.Length != Graph.Window.Count)
        {
            throw new ArgumentException($"A window holds {Graph.Window.Count} values, not {window.Length}.", nameof(window));
        }

        var tensors = new Dictionary<ActivationTensor, sbyte[]>(Graph.Operators.Count);
        foreach (Operator step in Graph.Operators)
        {
            var output = new sbyte[step.Output.Count];
            Execute(step, window, tensors, output);
            tensors.Add(step.Output, output);
        }

        return tensors;
    }

    private static void Execute(Operator step, short[] window, Dictionary<ActivationTensor, sbyte[]> tensors, sbyte[] output)
    {
        int zeroPoint = step.Output.ZeroPoint;
        switch (step)
        {
            case Quantize quantize:
                ReferenceOperators.Quantize(window, new ChannelConstants(quantize.ChannelConstants), zeroPoint, output);
                break;
            case Conv1d conv:
                ReferenceOperators.Conv1d(tensors[conv.Input], conv.Input.Columns, conv.Input.ZeroPoint, conv.Weights.Int8Values,
                    new ChannelConstants(conv.ChannelConstants), conv.Stride, conv.PadLeft, zeroPoint, conv.Clamp, output);
                break;
            case Linear linear:
                ReferenceOperators.Linear(tensors[linear.Input], linear.Weights.Int8Values,
                    new ChannelConstants(linear.ChannelConstants), zeroPoint, linear.Clamp, output);
                break;
            case Attention attention:
                ReferenceOperators.Attention(attention, tensors[attention.Input], output);
                break;
            case Add add:
                ReferenceOperators.Add(tensors[add.First], add.First.ZeroPoint, add.FirstMultiplier,
                    SecondOperand(add, tensors), add.Second.ZeroPoint, add.SecondMultiplier,
                    add.OutputMultiplier, zeroPoint, add.Clamp, output);
                break;
            case Mean mean:
                ReferenceOperators.Mean(tensors[mean.Input], mean.Input.ZeroPoint, mean.Multiplier, zeroPoint, output);
                break;
            case Softmax softmax:
                ReferenceOperators.Softmax(tensors[softmax.Input], softmax.Input.Columns, softmax.Exponentials.Scale, output);
                break;
            case DepthwiseConv1d conv:
                ReferenceOperators.DepthwiseConv1d(tensors[conv.Input], conv.Input.ZeroPoint, conv.Weights.Int8Values,
                    new ChannelConstants(conv.ChannelConstants), conv.Stride, conv.PadLeft, zeroPoint, conv.Clamp, output);
                break;
            default:
                throw new NotSupportedException($"{step.Kind} has no reference implementation.");
        }
    }

    private static ReadOnlySpan<sbyte> SecondOperand(Add add, Dictionary<ActivationTensor, sbyte[]> tensors) =>
        add.Second is ConstantTensor constant ? constant.Int8Values : tensors[(ActivationTensor)add.Second];
}
