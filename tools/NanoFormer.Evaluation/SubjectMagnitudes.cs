using NanoFormer.Data;
using NanoFormer.Evaluation.Robustness;

namespace NanoFormer.Evaluation;

/// <summary>How much the accelerometer feels of each subject: what differs many times over was recorded in another unit.</summary>
/// <param name="Unit">The unit of the channels.</param>
/// <param name="Subjects">Subjects with the root mean square of their middle window, the least first.</param>
public sealed record SubjectMagnitudes(string Unit, IReadOnlyList<(string Subject, double Size)> Subjects)
{
    private const double OtherUnit = 4; // times: g and m/s2 differ by 9.8, people by less than 1.5

    /// <summary>Whether some subject must have been recorded in another unit than another.</summary>
    public bool AreMixed => Subjects[^1].Size > OtherUnit * Math.Max(Subjects[0].Size, 1e-9);

    /// <summary>Measures windows; null when they have no accelerometer with three axes.</summary>
    /// <param name="sets">Sets of windows of the same channels; one at least has windows.</param>
    public static SubjectMagnitudes? Of(params IReadOnlyList<WindowSet> sets)
    {
        var channels = sets[0].Channels;
        if (AxisTriads.Find(channels).FirstOrDefault(triad => AccelerationUnit.InG(channels[triad[0]].Unit) is not null) is not { } triad)
        {
            return null;
        }

        return new SubjectMagnitudes(channels[triad[0]].Unit,
        [
            .. sets.SelectMany(set => Enumerable.Range(0, set.Count).Select(i => (Subject: set.Subjects[i], Size: Magnitude(set, i, triad))))
                .GroupBy(window => window.Subject, window => window.Size)
                .Select(group => (group.Key, group.Order().ElementAt(group.Count() / 2))).OrderBy(subject => subject.Item2),
        ]);
    }

    private static double Magnitude(WindowSet set, int index, IReadOnlyList<int> triad)
    {
        var window = set.Window(index);
        double squares = 0.0;
        for (int i = 0; i < window.Length; i += set.Channels.Count)
        {
            foreach (int channel in triad)
            {
                double value = window[i + channel] * set.Channels[channel].Scale;
                squares += value * value;
            }
        }

        return Math.Sqrt(squares / set.WindowSamples);
    }
}
