using NanoFormer.Data.Preparation;

namespace NanoFormer.Training.Configuration;

/// <summary>Checks what is for networks with an anomaly score alone.</summary>
internal static class ScoreValidator
{
    public static void Validate(FaultTrainingOptions? faults, ArchitectureOptions architecture)
    {
        if (faults is null)
        {
            return;
        }

        Rules.RequireFit(architecture.Score is not null, "faults", "are for networks with a score");
        var injection = faults.Injection;
        Rules.Require(injection.Deviations.All(d => d > 0 && double.IsFinite(d)),
            "faults.injection.deviations", "must be positive numbers");
        Rules.Require(injection.Kinds.Count > 0 && injection.Kinds.Values.All(w => w > 0),
            "faults.injection.kinds", "must have positive weights");
    }

    public static void Validate(DenoisingOptions? denoising, ArchitectureOptions architecture)
    {
        if (denoising is null)
        {
            return;
        }

        Rules.RequireFit(architecture.Score is { Kind: ScoreKind.Reconstruction },
            "denoising", "is for networks with a reconstruction score");
        Rules.RequireRange("denoising.largest", denoising.Largest, denoising.Smallest, 1e6);
        Rules.Require(denoising.ChannelParts.All(part => part is >= 0 and <= 1),
            "denoising.channelParts", "must be parts from 0 to 1");
    }

    /// <summary>Checks an installation against the recordings it is of.</summary>
    public static void ValidateFor(
        InstallationOptions installation, int windowSamples, int channels, IEnumerable<string> recordings, string field)
    {
        Rules.RequireFit(installation.SmallestSpreads.Count is 0 || installation.SmallestSpreads.Count == channels,
            $"{field}.smallestSpreads", $"must have none or one value for each of the {channels} channels");
        Rules.RequireFit(installation.BaselineSamples / installation.BlockSamples >= windowSamples,
            $"{field}.baselineSamples", $"must hold a window of {windowSamples} blocks");
        Rules.RequireFit(!installation.NormalRecordings.Except(recordings).Any(),
            $"{field}.normalRecordings", "names a recording that is not there");
    }

    public static void Validate(InstallationOptions? installation, InputOptions input, string field)
    {
        if (installation is null)
        {
            return;
        }

        Rules.RequireFit(installation.BaselineSamples % installation.BlockSamples == 0,
            $"{field}.baselineSamples", "must be whole blocks");
        Rules.Require(installation.SmallestSpreads.All(spread => spread >= 0 && double.IsFinite(spread)),
            $"{field}.smallestSpreads", "must not be negative");
        Rules.RequireRange($"{field}.pieceSamples", installation.PieceSamples, installation.BaselineSamples, 1_000_000);
        Rules.RequireFit(input.HopSamples == 1, "input.hopSamples", $"must be 1 with {field}, which judges every block");
    }
}
