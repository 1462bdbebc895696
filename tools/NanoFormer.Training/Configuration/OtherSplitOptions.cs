using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Training.Configuration;

/// <summary>Another way to part the data: a network is trained again by it and judged, for the card. The image is untouched.</summary>
public sealed record OtherSplitOptions
{
    private static readonly string[] Sections = ["data.", "augmentation.", "architecture."];

    /// <summary>What is unseen in it, in a few words.</summary>
    public required string Name { get; init; }

    /// <summary>What it is to show: a sentence for the card; empty for none.</summary>
    public string Why { get; init; } = "";

    /// <summary>
    /// Settings in place of the configuration's, as those of <c>--set</c>: paths under <c>data.</c>; and, to show what another recipe would
    /// do there, <c>augmentation.</c> and <c>architecture.</c>. The card lists them.
    /// </summary>
    [MinLength(1)]
    public required IReadOnlyList<string> Set { get; init; }

    /// <summary>The configuration to train with.</summary>
    /// <exception cref="ConfigException">A setting is not understood, has another path, or does not fit.</exception>
    internal TrainingConfig Apply(TrainingConfig config)
    {
        foreach (string setting in Set)
        {
            Rules.RequireFit(Sections.Any(section => setting.StartsWith(section, StringComparison.Ordinal)),
                "set", $"must change data, augmentation or architecture, not '{setting}'");
        }

        return TrainingConfig.Parse(ConfigOverrides.Apply((config with { OtherSplits = [] }).ToJson(), Set));
    }
}
