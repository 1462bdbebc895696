using NanoFormer.Corpus;

namespace NanoFormer.Model.Tests;

public sealed class ReferenceExecutorTests
{
    [Fact]
    public void A_trace_holds_every_activation_and_ends_with_the_output()
    {
        var graph = SampleModel.Create();
        var executor = new ReferenceExecutor(graph);
        short[] window = SampleModel.Window(new Random(1));
        var trace = executor.Trace(window);
        Assert.Equal(graph.Operators.Select(step => step.Output), trace.Keys);
        Assert.All(trace, pair => Assert.Equal(pair.Key.Count, pair.Value.Length));
        Assert.Equal(executor.Run(window), trace[graph.Output]);
    }

    [Fact]
    public void A_window_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ReferenceExecutor(SampleModel.Create()).Run(new short[3]));

    [Fact]
    public void Random_graphs_cover_every_operator_and_give_lively_outputs()
    {
        Graph[] graphs = [.. Enumerable.Range(0, 300).Select(RandomGraph.Create)];
        var kinds = graphs.SelectMany(graph => graph.Operators).Select(step => step.Kind).Distinct();
        Assert.Equal(Enum.GetValues<OperatorKind>().Order(), kinds.Order());
        int lively = graphs.Count(graph =>
        {
            var executor = new ReferenceExecutor(graph);
            var random = new Random(7);
            return executor.Run(RandomWindow.Create(graph.Window, random)).Distinct().Count() > 2;
        });
        Assert.InRange(lively, 100, 300);
    }
}
