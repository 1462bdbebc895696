using NanoFormer.Data.Import;

namespace NanoFormer.Data.Preparation;

/// <summary>Parts recordings into train and test by subject or by source, never by window.</summary>
public static class DatasetSplit
{
    /// <summary>The part learnt from.</summary>
    public const string Train = "train";

    /// <summary>The part judged on.</summary>
    public const string Test = "test";

    private const ulong TwinPlacesMask = 7; // one place in eight: copies of a second count

    /// <summary>Gives every recording its part.</summary>
    /// <exception cref="DataException"><see cref="DataError.LeakySplit"/>: asked to split by window.
    /// <see cref="DataError.BadOption"/>: a named unit does not exist, or there are too few units.</exception>
    public static SplitResult Run(IReadOnlyList<Recording> recordings, SplitRequest request)
    {
        if (request.Unit == SplitUnit.Window)
        {
            throw new DataException(DataError.LeakySplit,
                "windows of one recording overlap or nearly repeat each other. Split by window, and the model is judged on what it has "
                + "learnt by heart: the figure says nothing about a new wearer or machine. Use --by subject, or --by recording.");
        }

        var units = UnitsOf(recordings, request.Unit);
        var test = request.TestUnits.Count > 0 ? Named(units, request) : UnitChoice.Choose(units, request.TestShare, request.Seed);
        string[] train = units.Keys.Except(test).ToArray();
        if (train.Length == 0)
        {
            throw new DataException(DataError.BadOption, $"The {Plural(request.Unit)} named for the test leave none to learn from.");
        }

        var rest = train.ToDictionary(name => name, name => units[name]);
        var validation = request.ValidationShare > 0 ? UnitChoice.Choose(rest, request.ValidationShare, request.Seed) : [];
        var held = test.ToHashSet(StringComparer.Ordinal);
        var parted = recordings.Select(r => r.With(split: held.Contains(NameOf(r, request.Unit)) ? Test : Train)).ToArray();
        if (!request.IsFreeOfTwins)
        {
            RequireNoTwins(parted);
        }

        return new SplitResult(parted, train, test, validation, SplitWarnings.Of([.. parted.Select(SplitShare.Of)]));
    }

    /// <summary>Pairs of recordings, by number, of which the second holds samples of the first.</summary>
    internal static IEnumerable<(int First, int Second)> Twins(IReadOnlyList<Recording> recordings)
    {
        var search = new DuplicateSearch(TwinPlacesMask);
        foreach (var recording in recordings)
        {
            search.Begin();
            double[] values = new double[recording.Channels.Count];
            for (int i = 0; i < recording.Samples.Length; i++)
            {
                values[i % values.Length] = recording.Samples[i];
                if (i % values.Length == values.Length - 1)
                {
                    search.Add(values);
                }
            }

            search.End();
        }

        return search.Pairs();
    }

    /// <summary>Refuses parts that share samples: a model would be judged on what it has learnt by heart.</summary>
    private static void RequireNoTwins(Recording[] recordings)
    {
        foreach (var (first, second) in Twins(recordings).Where(pair => recordings[pair.First].Split != recordings[pair.Second].Split))
        {
            throw new DataException(DataError.LeakySplit,
                $"recordings {recordings[first].Name} and {recordings[second].Name} hold the same samples and would be in both parts: "
                + "import again with --duplicate-recordings drop.");
        }
    }

    private static SortedDictionary<string, IReadOnlyList<Recording>> UnitsOf(IReadOnlyList<Recording> recordings, SplitUnit unit)
    {
        if (unit == SplitUnit.Subject && recordings.FirstOrDefault(r => r.Subject.Length == 0) is { } nobody)
        {
            throw new DataException(DataError.BadOption,
                $"Recording {nobody.Name} has no subject: import it with one, or split by recording.");
        }

        var units = new SortedDictionary<string, IReadOnlyList<Recording>>(StringComparer.Ordinal);
        foreach (var group in recordings.GroupBy(r => NameOf(r, unit)))
        {
            units[group.Key] = [.. group];
        }

        return units.Count > 1
            ? units
            : throw new DataException(DataError.BadOption,
                $"All recordings are of one {unit.ToString().ToLowerInvariant()}: there is nothing to split.");
    }

    private static string[] Named(SortedDictionary<string, IReadOnlyList<Recording>> units, SplitRequest request)
    {
        string[] unknown = request.TestUnits.Where(name => !units.ContainsKey(name)).ToArray();
        return unknown.Length == 0
            ? [.. request.TestUnits.Distinct().Order(StringComparer.Ordinal)]
            : throw new DataException(DataError.BadOption,
                $"Among the {Plural(request.Unit)} there is no {string.Join(", ", unknown)}; there are {string.Join(", ", units.Keys)}.");
    }

    private static string NameOf(Recording recording, SplitUnit unit) =>
        unit == SplitUnit.Subject ? recording.Subject : recording.SourceOrName;

    private static string Plural(SplitUnit unit) => $"{unit.ToString().ToLowerInvariant()}s";
}
