using NanoFormer.Data.Preparation;

namespace NanoFormer.Data;

/// <summary>Cuts labelled windows from recordings.</summary>
public static class Windowing
{
    /// <summary>
    /// Cuts every run of equal labels into windows from its first sample on, so that no window spans a label border, an unlabelled gap or
    /// two recordings. Labels are matched by class name; runs of a class that is not in <paramref name="classNames"/> are left out.
    /// </summary>
    /// <param name="recordings">Recordings of equal channels and rate; those without labels give no windows.</param>
    /// <param name="classNames">The classes of the resulting set.</param>
    /// <param name="windowSamples">Samples in a window.</param>
    /// <param name="hopSamples">Samples between the starts of two windows.</param>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: no recordings, or they differ in channels or rate.</exception>
    public static WindowSet Cut(IReadOnlyList<Recording> recordings, IReadOnlyList<string> classNames, int windowSamples, int hopSamples) =>
        Cut(recordings, classNames, new WindowingOptions { WindowSamples = windowSamples, HopSamples = hopSamples }).Windows;

    /// <summary>Cuts windows and tells where each comes from and how many places were left out.</summary>
    /// <param name="recordings">Recordings of equal channels and rate; those without labels give no windows.</param>
    /// <param name="classNames">The classes of the resulting set; labels are matched by name, other classes count as none.</param>
    /// <param name="options">Length, hop, and what becomes of windows across label borders.</param>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: no recordings, or they differ in channels or rate.</exception>
    public static CutWindows Cut(IReadOnlyList<Recording> recordings, IReadOnlyList<string> classNames, WindowingOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WindowSamples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.HopSamples, 1);
        var first = recordings.Count > 0 ? recordings[0] : throw new DataException(DataError.Incompatible, "There are no recordings.");
        var cuts = recordings.Select(recording =>
        {
            RequireSameKind(first, recording);
            return (Recording: recording, Places: WindowPlaces.Find(recording, classNames, options));
        }).ToArray();
        var windows = cuts.SelectMany(cut => cut.Places.Found, (cut, place) => (cut.Recording, place.Start, place.Label)).ToArray();
        var set = new WindowSet
        {
            WindowSamples = options.WindowSamples,
            RateHz = first.RateHz,
            Channels = first.Channels,
            ClassNames = classNames,
            Samples = Copy(windows, options.WindowSamples * first.Channels.Count),
            Labels = [.. windows.Select(window => window.Label)],
            Subjects = [.. windows.Select(window => window.Recording.Subject)],
        };
        return new CutWindows(
            set,
            [.. windows.Select(window => new WindowOrigin(window.Recording.Name, window.Start))],
            cuts.Sum(cut => cut.Places.Transitions),
            cuts.Sum(cut => cut.Places.Unlabelled),
            cuts.Sum(cut => cut.Places.TooShort));
    }

    private static short[] Copy((Recording Recording, int Start, int Label)[] windows, int values)
    {
        short[] samples = new short[(long)windows.Length * values];
        foreach (var (i, window) in windows.Index())
        {
            window.Recording.Samples.AsSpan(window.Start * window.Recording.Channels.Count, values).CopyTo(samples.AsSpan(i * values));
        }

        return samples;
    }

    internal static void RequireSameKind(Recording first, Recording other)
    {
        if (other.RateHz != first.RateHz || !other.Channels.SequenceEqual(first.Channels))
        {
            throw new DataException(DataError.Incompatible, $"Recordings {first.Name} and {other.Name} differ in rate or channels.");
        }
    }
}
