namespace NanoFormer.Data.Inspection;

/// <summary>How well chosen windows stand for all, in one channel.</summary>
/// <param name="Name">The channel.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="RangeShare">Range of the chosen windows' values by that of all.</param>
/// <param name="Deviation">Standard deviation of the chosen windows' values.</param>
/// <param name="TrainDeviation">Standard deviation of all values.</param>
public sealed record ChannelCoverage(string Name, string Unit, double RangeShare, double Deviation, double TrainDeviation)
{
    /// <summary>Compares windows with those they were chosen from.</summary>
    public static IReadOnlyList<ChannelCoverage> Of(WindowSet all, WindowSet chosen) =>
        [.. Summaries(all).Zip(Summaries(chosen), (whole, part) => new ChannelCoverage(
            whole.Name,
            whole.Unit,
            whole.Max > whole.Min ? (part.Max - part.Min) / (whole.Max - whole.Min) : 1,
            part.StandardDeviation,
            whole.StandardDeviation))];

    private static IEnumerable<ChannelSummary> Summaries(WindowSet windows)
    {
        int width = windows.Channels.Count;
        foreach (var (channel, info) in windows.Channels.Index())
        {
            var tally = new ChannelTally();
            for (int i = channel; i < windows.Samples.Length; i += width)
            {
                tally.Add(windows.Samples[i]);
            }

            yield return tally.Of(info);
        }
    }
}
