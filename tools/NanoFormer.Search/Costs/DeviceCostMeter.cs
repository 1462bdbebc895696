using NanoFormer.Data;
using NanoFormer.Model;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Export;

namespace NanoFormer.Search.Costs;

/// <summary>Costs from the image of the untrained network: all but the values of its weights is that of a trained one.</summary>
/// <param name="windows">The windows that models are to be trained on.</param>
/// <param name="instructions">Counts, or estimates, instructions.</param>
public sealed class DeviceCostMeter(WindowSet windows, InstructionMeter instructions) : ICostMeter
{
    /// <inheritdoc/>
    /// <exception cref="DllNotFoundException">libtorch is not installed.</exception>
    public MeasuredConfig? Measure(TrainingConfig config, DeviceBudget budget)
    {
        if (TryWrite(config) is not { } bytes)
        {
            return null;
        }

        var image = ImageReader.Read(bytes);
        long macs = GraphStatistics.Of(image.Graph, image.Plan).MultiplyAccumulates;
        var costs = new CandidateCosts(image.ImageBytes, image.Plan.ArenaBytes, macs, null, false);
        if (budget.Excess(costs) is not null)
        {
            return new MeasuredConfig(config with { Pack = false }, costs);
        }

        var (imageBytes, count, isPacked, isCounted) = instructions.Measure(bytes, macs, budget.FlashBytes);
        return new MeasuredConfig(
            config with { Pack = isPacked }, costs with { ImageBytes = imageBytes, Instructions = count, IsCounted = isCounted });
    }

    private byte[]? TryWrite(TrainingConfig config)
    {
        try
        {
            return ImageWriter.Write(ModelCosts.UntrainedGraph(config, windows));
        }
        catch (Exception fault) when (fault is ConfigException or ModelImageException)
        {
            return null;
        }
    }
}
