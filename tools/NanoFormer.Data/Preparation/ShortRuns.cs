namespace NanoFormer.Data.Preparation;

/// <summary>Makes windows of gestures that are shorter than one: what was recorded around them, or else their edges, fills it.</summary>
public static class ShortRuns
{
    /// <summary>A recording of just a window for every run of a label that is shorter.</summary>
    /// <param name="recordings">The recordings.</param>
    /// <param name="windowSamples">Samples in a window.</param>
    /// <param name="shifts">Where the middle of the run lies, as parts of the room beside it from -1 to 1: a window for each.</param>
    public static ShortRunWindows Fill(IReadOnlyList<Recording> recordings, int windowSamples, params IReadOnlyList<double> shifts)
    {
        var filled = new List<Recording>();
        var (runs, padded) = (0, 0);
        foreach (var recording in recordings.Where(recording => recording.Labels is not null))
        {
            foreach (var run in LabelRun.Of(recording.Labels!).Where(run => run.Label != Recording.Unlabelled && run.End - run.Begin < windowSamples))
            {
                runs++;
                padded += recording.SampleCount < windowSamples ? 1 : 0;
                int room = windowSamples - (run.End - run.Begin);
                foreach (double shift in shifts)
                {
                    int begin = run.Begin - (room / 2) - (int)Math.Round(shift * room / 2);
                    filled.Add(Window(recording, begin, windowSamples, run));
                }
            }
        }

        return new ShortRunWindows(filled, runs, padded);
    }

    /// <summary>Samples from one place on, of the recording as far as it goes; its first and last samples stand for what is not there.</summary>
    private static Recording Window(Recording recording, int begin, int length, LabelRun run)
    {
        int channels = recording.Channels.Count;
        int last = recording.SampleCount - 1;
        begin = recording.SampleCount >= length ? Math.Clamp(begin, 0, recording.SampleCount - length) : begin;
        short[] samples = new short[length * channels];
        for (int i = 0; i < length; i++)
        {
            recording.Samples.AsSpan(Math.Clamp(begin + i, 0, last) * channels, channels).CopyTo(samples.AsSpan(i * channels));
        }

        return new Recording
        {
            Name = FormattableString.Invariant($"{recording.Name}@{run.Begin}"),
            Source = recording.SourceOrName,
            Subject = recording.Subject,
            Split = recording.Split,
            RateHz = recording.RateHz,
            Channels = recording.Channels,
            Samples = samples,
            Labels = [.. Enumerable.Repeat(run.Label, length)],
            ClassNames = recording.ClassNames,
        };
    }
}

/// <summary>Windows of runs that are shorter.</summary>
/// <param name="Windows">A recording of one window for each run and shift.</param>
/// <param name="Runs">Runs that are shorter than a window.</param>
/// <param name="Padded">Of which the recording itself is shorter, so that its edges were repeated.</param>
public sealed record ShortRunWindows(IReadOnlyList<Recording> Windows, int Runs, int Padded);
