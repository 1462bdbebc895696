namespace NanoFormer.Model;

/// <summary>
/// Runs the window program of a graph as NUMERICS.md says, each tensor in an array of its own: no arena, no tables of exponentials.
/// The yardstick for every engine. Holds no state between runs, so one executor serves many threads.
/// </summary>
public sealed class ReferenceExecutor(Graph graph)
{
    /// <summary>The graph that runs.</summary>
    public Graph Graph { get; } = graph;

    /// <summary>
    /// Runs one window, <c>[window samples][channels]</c>, and gives the values of the output tensor. The values of an int8 window
    /// come as int16, too.
    /// </summary>
    /// <exception cref="ArgumentException">The window has another length, or values that its type does not hold.</exception>
    public sbyte[] Run(short[] window) => Trace(window)[Graph.Output];

    /// <summary>Runs one window and gives every activation tensor, row-major.</summary>
    /// <exception cref="ArgumentException">The window has another length, or values that its type does not hold.</exception>
    public IReadOnlyDictionary<ActivationTensor, sbyte[]> Trace(short[] window)
    {
        var run = new ReferenceRun(Graph.Window, window);
        foreach (var step in Graph.Operators)
        {
            run.Execute(step);
        }

        return run.Activations;
    }
}
