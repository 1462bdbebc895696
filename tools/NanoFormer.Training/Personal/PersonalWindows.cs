using NanoFormer.Data;
using NanoFormer.Data.Import;
using NanoFormer.Data.Preparation;
using static System.FormattableString;

namespace NanoFormer.Training.Personal;

/// <summary>A wearer's windows: those to learn from, and those to judge by, which share no sample with them.</summary>
/// <param name="Learnt">Of each class, the first windows of every recording.</param>
/// <param name="Judged">The windows behind them.</param>
public sealed record PersonalWindows(WindowSet Learnt, WindowSet Judged)
{
    /// <summary>The fewest windows of a class to learn from.</summary>
    public const int FewestLearnt = 10;

    /// <summary>The fewest windows of a class to judge by.</summary>
    public const int FewestJudged = 5;

    /// <summary>Reads a wearer's recordings: a device's log with collect records, or a data set of recordings.</summary>
    /// <param name="path">The log, a folder of logs, or the folder of a data set.</param>
    /// <exception cref="DataException">They cannot be read.</exception>
    public static IReadOnlyList<Recording> Read(string path)
    {
        if (File.Exists(Path.Combine(path, "header.json")))
        {
            return PackedDataset.Open(path).ReadRecordings();
        }

        var log = new FindingLog();
        using var spool = new SampleSpool();
        var repairs = new RepairOptions();
        var result = RecordingImport.Run(RecordingFormat.Log.Read(new ImportRequest(path, repairs), log, spool), repairs, log);
        return result.IsRefused || result.Recordings.Count == 0
            ? throw new DataException(DataError.RefusedData,
                $"'{path}' cannot be used as it is: repair it with ./run data import, and give the data set that this makes.")
            : result.Recordings;
    }

    /// <summary>Cuts windows as the model sees them, and parts them.</summary>
    /// <param name="recordings">The wearer's, as a device collects them: without the slow part of rotations.</param>
    /// <param name="like">Windows of the model.</param>
    /// <param name="hopSamples">Samples from one window to the next.</param>
    /// <param name="mostLearnt">Windows of each class to learn from at most, spread over the recordings.</param>
    /// <exception cref="PersonalException">A class is unknown, or has too few windows.</exception>
    /// <exception cref="DataException">The channels or the rate are not the model's.</exception>
    public static PersonalWindows Cut(IReadOnlyList<Recording> recordings, WindowSet like, int hopSamples, int mostLearnt)
    {
        if (Unknown(recordings, like) is { } unknown)
        {
            throw new PersonalException(PersonalError.UnknownClass,
                $"The model does not know the class '{unknown}'; its classes are {string.Join(", ", like.ClassNames)}.");
        }

        if (recordings.FirstOrDefault(recording => recording.RateHz != like.RateHz) is { } other)
        {
            throw new DataException(DataError.Incompatible,
                Invariant($"{other.Name} has {other.RateHz} samples per second; the model needs {like.RateHz}."));
        }

        var cut = Windowing.Cut([.. recordings.Select(recording => SignalConversion.ToChannels(recording, like.Channels))], like.ClassNames,
            new WindowingOptions { WindowSamples = like.WindowSamples, HopSamples = hopSamples });
        var (learnt, judged) = Part(cut, like.WindowSamples, mostLearnt);
        var windows = new PersonalWindows(cut.Windows.Take(learnt), cut.Windows.Take(judged));
        windows.RequireEnough();
        return windows;
    }

    private static string? Unknown(IReadOnlyList<Recording> recordings, WindowSet like) => recordings
        .SelectMany(recording => (recording.Labels ?? []).Where(label => label >= 0).Distinct().Select(label => recording.ClassNames[label]))
        .FirstOrDefault(name => !like.ClassNames.Contains(name));

    /// <summary>
    /// The first windows of every class of every recording, as many of each recording and at most half of it; and those behind that share no
    /// sample with them.
    /// </summary>
    private static (List<int> Learnt, List<int> Judged) Part(CutWindows cut, int windowSamples, int mostLearnt)
    {
        List<int> learnt = [];
        List<int> judged = [];
        foreach (var ofClass in Enumerable.Range(0, cut.Windows.Count).GroupBy(i => cut.Windows.Labels[i]))
        {
            var wearings = ofClass.GroupBy(i => cut.Origins[i].Recording).ToArray();
            foreach (var wearing in wearings)
            {
                int[] ordered = [.. wearing.OrderBy(i => cut.Origins[i].Start)];
                int[] first = ordered[..Math.Min((ordered.Length + 1) / 2, mostLearnt / wearings.Length)];
                int end = first.Length == 0 ? 0 : cut.Origins[first[^1]].Start + windowSamples;
                learnt.AddRange(first);
                judged.AddRange(ordered.Skip(first.Length).Where(i => cut.Origins[i].Start >= end));
            }
        }

        return (learnt, judged);
    }

    private void RequireEnough()
    {
        foreach (var (label, name) in Learnt.ClassNames.Index())
        {
            int learnt = Learnt.Labels.Count(l => l == label);
            int judged = Judged.Labels.Count(l => l == label);
            if (learnt < FewestLearnt || judged < FewestJudged)
            {
                throw new PersonalException(PersonalError.TooFewWindows,
                    Invariant($"'{name}' has {learnt} windows to learn from and {judged} to judge by; needed are {FewestLearnt} and {FewestJudged}. ")
                    + "Collect more of it.");
            }
        }
    }
}
