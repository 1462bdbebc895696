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
        var step = Derive(graph.Program);
        return graph with { Step = step, Tensors = Graph.CollectTensors(graph.Program, step) };
    }

    private static GraphProgram Derive(GraphProgram window)
    {
        var strides = new TimeStrides(window);
        for (int i = 0; i < window.Operators.Count; i++)
        {
            if (window.Operators[i].Obstacle(strides) is { } reason)
            {
                throw new NotStreamableException(i, window.Operators[i].Kind, reason);
            }
        }

        int samples = strides.StepSamples;
        var rebound = new Dictionary<Tensor, Tensor> { [window.Input] = window.Input.WithRows(samples) };
        foreach (var tensor in window.Activations)
        {
            rebound.Add(tensor, tensor.WithRows(strides.RowsOf(tensor, samples)));
        }

        var operators = window.Operators.Select(step => step.Rebind(Replaced).ForStream(step));
        return new GraphProgram((WindowTensor)Replaced(window.Input), (ActivationTensor)Replaced(window.Output), [.. operators]);

        Tensor Replaced(Tensor tensor) => rebound.GetValueOrDefault(tensor, tensor);
    }
}
