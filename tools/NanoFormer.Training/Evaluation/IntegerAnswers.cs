using NanoFormer.Data;

namespace NanoFormer.Training.Evaluation;

/// <summary>What the integer graph says of a set of windows.</summary>
internal static class IntegerAnswers
{
    /// <summary>
    /// The outputs of the reference executor for every window, int8 <c>[n][outputs]</c>; <paramref name="done"/> is told how many so far.
    /// </summary>
    public static sbyte[][] Compute(Graph graph, WindowSet windows, Action<int> done, CancellationToken cancellation)
    {
        var executor = new ReferenceExecutor(graph);
        sbyte[][] outputs = new sbyte[windows.Count][];
        int count = 0;
        Parallel.For(0, windows.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            outputs[i] = executor.Run(windows.Window(i).ToArray());
            done(Interlocked.Increment(ref count));
        });
        return outputs;
    }

    /// <summary>The class of the highest output, the first of equals: what a device answers; -1 without classes.</summary>
    public static int ClassOf(sbyte[] outputs, int classes) => classes == 0 ? -1 : Array.IndexOf(outputs, outputs[..classes].Max());
}
