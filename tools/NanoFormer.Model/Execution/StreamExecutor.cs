namespace NanoFormer.Model;

/// <summary>
/// Runs the step program of a graph as NUMERICS.md, section 4, says: one stream, from its start. The yardstick for every engine's
/// streams.
/// </summary>
public sealed class StreamExecutor
{
    private readonly GraphProgram _step;
    private readonly OperatorMemory?[] _memories;
    private readonly List<short> _staged = [];

    /// <summary>Begins a stream.</summary>
    /// <exception cref="ArgumentException">The graph has no step program.</exception>
    public StreamExecutor(Graph graph)
    {
        _step = graph.Step ?? throw new ArgumentException("The graph has no step program.", nameof(graph));
        _memories = [.. _step.Operators.Select(step => step.State is null ? null : step.NewMemory())];
    }

    /// <summary>
    /// Takes in any number of whole samples, <c>[n][channels]</c>, and gives the values of the output tensor after each step that they
    /// complete. Those of int8 samples come as int16, too.
    /// </summary>
    /// <exception cref="ArgumentException">A sample is not whole, or has values that its type does not hold.</exception>
    public IReadOnlyList<sbyte[]> Push(ReadOnlySpan<short> samples) => [.. Trace(samples).Select(tensors => tensors[_step.Output])];

    /// <summary>The same, giving every activation tensor of each step.</summary>
    /// <exception cref="ArgumentException">A sample is not whole, or has values that its type does not hold.</exception>
    public IReadOnlyList<IReadOnlyDictionary<ActivationTensor, sbyte[]>> Trace(ReadOnlySpan<short> samples)
    {
        if (samples.Length % _step.Input.Columns != 0)
        {
            throw new ArgumentException($"A sample holds {_step.Input.Columns} values.", nameof(samples));
        }

        _staged.AddRange(samples);
        var traces = new List<IReadOnlyDictionary<ActivationTensor, sbyte[]>>();
        while (_staged.Count >= _step.Input.Count)
        {
            traces.Add(RunStep([.. _staged[.._step.Input.Count]]));
            _staged.RemoveRange(0, _step.Input.Count);
        }

        return traces;
    }

    private IReadOnlyDictionary<ActivationTensor, sbyte[]> RunStep(short[] samples)
    {
        var run = new ReferenceRun(_step.Input, samples);
        for (int i = 0; i < _memories.Length; i++)
        {
            var step = _step.Operators[i];
            if (_memories[i] is not { } memory)
            {
                run.Execute(step);
                continue;
            }

            sbyte[] output = new sbyte[step.Output.Count];
            memory.Run(run.ValuesOf(step.Input), output);
            run.Keep(step.Output, output);
        }

        return run.Activations;
    }
}
