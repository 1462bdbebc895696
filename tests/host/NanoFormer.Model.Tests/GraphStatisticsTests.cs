using NanoFormer.Corpus;

namespace NanoFormer.Model.Tests;

public sealed class GraphStatisticsTests
{
    [Fact]
    public void Costs_of_the_sample_model_are_those_counted_by_hand()
    {
        var graph = SampleModel.Create();
        var statistics = GraphStatistics.Of(graph, ArenaPlanner.Plan(graph, PlanOptions.Smallest));

        long[] expectedMacs =
        [
            0,
            8 * 4 * 3 * 2,
            8 * 4 * 3,
            0,
            8 * 12 * 4 + 2 * 2 * 8 * 8 * 2,
            0,
            0,
            3 * 4,
            0,
        ];
        int[] expectedConstants = [2 * 12, 24 + 4 * 12, 12 + 4 * 12, 32, 48 + 12 * 12 + 1024, 0, 0, 12 + 3 * 12, 1024];
        Assert.Equal(expectedMacs, statistics.Operators.Select(step => step.MultiplyAccumulates));
        Assert.Equal(expectedConstants, statistics.Operators.Select(step => step.ConstantBytes));

        // Attention: input 32, output 32, scratch three times 8 * 2 and 8 rounded up to 16.
        Assert.Equal(128, statistics.Operators[4].LiveBytes);
        Assert.Equal(128, statistics.PeakLiveBytes);
        Assert.Equal(128, statistics.ArenaBytes);
    }
}
