using NanoFormer.Data;
using NanoFormer.Evaluation;

namespace NanoFormer.Cli.Evaluation;

/// <summary>The scores of one recording, window after window.</summary>
/// <param name="Subject">Whose it is.</param>
/// <param name="Limit">Least score of an alarm by the model, or by the installation's baseline.</param>
/// <param name="Scores">0..255 each.</param>
/// <param name="IsAnomalous">Whether something is wrong in the window.</param>
internal sealed record RecordedScores(string Subject, int Limit, int[] Scores, bool[] IsAnomalous)
{
    /// <summary>The recordings of a set of windows; windows of one subject follow each other, as they were cut.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="scores">The score of each.</param>
    /// <param name="rule">Tells the limits.</param>
    public static IReadOnlyList<RecordedScores> Of(WindowSet windows, IReadOnlyList<double> scores, AlarmRule rule) =>
    [
        .. Enumerable.Range(0, windows.Count).GroupBy(i => windows.Subjects[i]).Select(group => new RecordedScores(
            group.Key, rule.LimitOf(group.Key)!.Value, [.. group.Select(i => (int)scores[i])], [.. group.Select(i => AnomalyResult.IsAnomaly(windows, i))])),
    ];

    /// <summary>This recording up to its middle, and from there on with other scores: a fault that begins.</summary>
    public RecordedScores WithFault(RecordedScores faulty)
    {
        int middle = Scores.Length / 2;
        return this with
        {
            Scores = [.. Scores[..middle], .. faulty.Scores[middle..]],
            IsAnomalous = [.. Scores.Select((_, i) => i >= middle)],
        };
    }
}
