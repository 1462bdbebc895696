using NanoFormer.Data;
using NanoFormer.Model;

namespace NanoFormer.Training.Evaluation;

/// <summary>What the integer graph says of a set of windows.</summary>
/// <param name="Logits">int8 input of the last softmax, <c>[n][classes]</c>.</param>
/// <param name="Classes">The class of the highest output, the first of equals, for each window: what a device answers.</param>
internal sealed record IntegerAnswers(sbyte[][] Logits, int[] Classes)
{
    /// <summary>Runs the reference executor on every window; <paramref name="done"/> is told how many are through.</summary>
    public static IntegerAnswers Compute(Graph graph, WindowSet windows, Action<int> done, CancellationToken cancellation)
    {
        var executor = new ReferenceExecutor(graph);
        var logitsTensor = graph.Operators[^1].Inputs[0];
        var logits = new sbyte[windows.Count][];
        var classes = new int[windows.Count];
        int count = 0;
        Parallel.For(0, windows.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var tensors = executor.Trace(windows.Window(i).ToArray());
            var output = tensors[graph.Output];
            logits[i] = tensors[logitsTensor];
            classes[i] = Array.IndexOf(output, output.Max());
            done(Interlocked.Increment(ref count));
        });
        return new IntegerAnswers(logits, classes);
    }
}
