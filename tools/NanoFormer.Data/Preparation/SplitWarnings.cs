namespace NanoFormer.Data.Preparation;

/// <summary>What a recording brings into its part of a split.</summary>
/// <param name="Split">The part.</param>
/// <param name="Subject">Who was recorded.</param>
/// <param name="Classes">Classes it has samples of.</param>
internal sealed record SplitShare(string Split, string Subject, IReadOnlyList<string> Classes)
{
    public static SplitShare Of(Recording recording) => new(recording.Split, recording.Subject,
        [.. (recording.Labels ?? []).Distinct().Where(label => label != Recording.Unlabelled).Select(label => recording.ClassNames[label])]);
}

/// <summary>What makes the parts of a split less than fair.</summary>
internal static class SplitWarnings
{
    /// <summary>A sentence for each: classes missing from a part, subjects in both.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<SplitShare> recordings)
    {
        var train = recordings.Where(r => r.Split == DatasetSplit.Train).ToArray();
        var test = recordings.Where(r => r.Split == DatasetSplit.Test).ToArray();
        if (train.Length == 0 || test.Length == 0)
        {
            return [];
        }

        var warnings = new List<string>();
        string[] shared = train.Select(r => r.Subject).Intersect(test.Select(r => r.Subject)).Where(s => s.Length > 0)
            .Order(StringComparer.Ordinal).ToArray();
        if (shared.Length > 0)
        {
            warnings.Add(
                $"Subjects in both parts: {string.Join(", ", shared)}. The test says nothing about subjects the model has not seen.");
        }

        AddMissing(warnings, train, test, "the test does not judge them");
        AddMissing(warnings, test, train, "the model cannot learn them");
        return warnings;
    }

    private static void AddMissing(List<string> warnings, SplitShare[] having, SplitShare[] lacking, string consequence)
    {
        string[] missing = ClassesOf(having).Except(ClassesOf(lacking)).Order(StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
        {
            warnings.Add($"Classes missing from the {lacking[0].Split} part: {string.Join(", ", missing)}; {consequence}.");
        }
    }

    private static IEnumerable<string> ClassesOf(SplitShare[] shares) => shares.SelectMany(share => share.Classes).Distinct();
}
