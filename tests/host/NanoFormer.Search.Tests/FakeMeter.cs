using NanoFormer.Search.Costs;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Tests;

/// <summary>Costs that grow with every size of an architecture.</summary>
internal sealed class FakeMeter(bool pack = false) : ICostMeter
{
    public MeasuredConfig? Measure(TrainingConfig config, DeviceBudget budget)
    {
        var architecture = config.Architecture;
        int blocks = architecture.Blocks.Sum(block =>
            architecture.Width * ((4 * block.Heads * block.HeadColumns) + (2 * block.FeedForward)));
        int bytes = 1000 + blocks + architecture.Streams.Sum(stream => stream.Convolutions.Sum(one => one.Channels * one.Kernel));
        var costs = new CandidateCosts(bytes, architecture.Width * 100, bytes, null, false);
        return new MeasuredConfig(config with { Pack = pack }, budget.Excess(costs) is null ? costs with { Instructions = 10 * bytes, IsCounted = true } : costs);
    }
}
