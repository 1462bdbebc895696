using NanoFormer.Data;
using NanoFormer.Evaluation;
using static System.FormattableString;

namespace NanoFormer.Training.Phases;

/// <summary>Warnings before a training begins, about what will spoil it and <c>new</c> would not have proposed.</summary>
internal static class DataWarnings
{
    private const double MostClipped = 0.02;
    private const double LeastUsed = 0.125; // of a range
    private const double Often = 0.999;

    /// <summary>A sentence for each.</summary>
    public static IEnumerable<string> Of(TrainingConfig config, TrainingData data)
    {
        var (train, test) = (data.Train, data.Test);
        for (int channel = 0; channel < train.Channels.Count; channel++)
        {
            if (Range(config.Input, train, channel) is { } warning)
            {
                yield return warning;
            }
        }

        if (config.Architecture.Classes)
        {
            string[] unlearnt = train.ClassNames.Where((_, i) => !train.Labels.Contains(i)).ToArray();
            if (unlearnt.Length > 0)
            {
                yield return $"no window to learn from: {string.Join(", ", unlearnt)}. The model can never answer it.";
            }

            string[] unjudged = test.ClassNames.Where((_, i) => !test.Labels.Contains(i)).ToArray();
            if (unjudged.Length > 0)
            {
                yield return $"no window to judge by: {string.Join(", ", unjudged)}. Its accuracy will say nothing about it.";
            }
        }

        string[] both = train.Subjects.Intersect(test.Subjects).Where(subject => subject.Length > 0).Order(StringComparer.Ordinal).ToArray();
        if (both.Length > 0 && data.Baselines is null)
        {
            yield return Invariant($"{both.Length} of the subjects judged on are learnt from, too, such as {both[0]}: the accuracy{OfClasses(train, test)} says nothing about others.");
        }

        if (config.Architecture.Score is not null && data.Alarm is null && data.Baselines is null)
        {
            yield return "the alarm's threshold comes from windows that are learnt from, and will be too low for others: "
                + "name subjects to hold out for it in data.alarmSubjects.";
        }

        if (SubjectMagnitudes.Of(train, test) is { AreMixed: true } magnitudes)
        {
            var (least, most) = (magnitudes.Subjects[0], magnitudes.Subjects[^1]);
            yield return Invariant($"mixed units: {least.Subject} feels {least.Size:0.##} {magnitudes.Unit} in the middle, {most.Subject} {most.Size:0.##}.");
        }
    }

    /// <summary>The classes that are judged on subjects they were learnt from; nothing where these are all classes, or none is.</summary>
    private static string OfClasses(WindowSet train, WindowSet test)
    {
        var learnt = train.Subjects.Zip(train.Labels).ToHashSet();
        int[] known = [.. test.Subjects.Zip(test.Labels).Where(learnt.Contains).Select(pair => pair.Second).Distinct().Order()];
        return known.Length == 0 || known.Length == test.Labels.Distinct().Count() ? "" : $" of {string.Join(", ", known.Select(label => test.ClassNames[label]))}";
    }

    private static string? Range(InputOptions input, WindowSet train, int channel)
    {
        var (channels, scale, offset, range) = (train.Channels.Count, train.Channels[channel].Scale, input.Offset(channel), input.Ranges[channel]);
        double[] sizes = [.. Enumerable.Range(0, train.Samples.Length / channels)
            .Select(i => Math.Abs((train.Samples[(i * channels) + channel] * scale) - offset)).Order()];
        double beyond = (double)sizes.Count(size => size > range) / sizes.Length;
        double usual = sizes[(int)(Often * (sizes.Length - 1))];
        string name = $"{train.Channels[channel].Name} ({train.Channels[channel].Unit})";
        return beyond > MostClipped
            ? Invariant($"{100 * beyond:0.#} % of {name} lie beyond input.ranges of {range:0.####} and are clipped; {usual:0.##} would hold all but one in a thousand.")
            : usual < LeastUsed * range && usual > 0
                ? Invariant($"{name} uses a small part of input.ranges of {range:0.####}: {usual:0.####} would hold all but one in a thousand, in finer steps.")
                : null;
    }
}
