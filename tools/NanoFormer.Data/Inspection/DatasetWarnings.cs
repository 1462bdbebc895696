namespace NanoFormer.Data.Inspection;

/// <summary>What a trainer will stumble over.</summary>
internal static class DatasetWarnings
{
    private const double RareShare = 0.05; // of the most frequent class

    /// <summary>A sentence for each.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<ChannelSummary> channels, IReadOnlyList<LabelSummary> labels)
    {
        foreach (var channel in channels.Where(channel => channel.Min == channel.Max))
        {
            yield return $"Channel {channel.Name} is constant: a dead axis, or a column that holds no signal.";
        }

        foreach (var channel in channels.Where(channel => channel.Saturated > 0 && channel.Min != channel.Max))
        {
            yield return FormattableString.Invariant(
                $"Channel {channel.Name} stays at its lowest or highest value for {channel.Saturated} samples: a sensor at its limit?");
        }

        var classes = labels.Where(label => label.Name.Length > 0).ToArray();
        if (classes.Length == 0)
        {
            yield return "There are no labels.";
        }

        foreach (var label in classes.Where(label => label.Samples == 0))
        {
            yield return $"Class {label.Name} has no samples.";
        }

        foreach (var label in classes.Where(label => label.Subjects == 1))
        {
            yield return $"Class {label.Name} comes from one subject: no split by subject can both teach and test it.";
        }

        foreach (var label in classes.Where(label => label.Samples > 0 && label.Samples < RareShare * classes.Max(other => other.Samples)))
        {
            yield return $"Class {label.Name} is rare: less than a twentieth of the most frequent one.";
        }
    }
}
