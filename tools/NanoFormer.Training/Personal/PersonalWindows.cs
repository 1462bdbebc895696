using NanoFormer.Data;
using NanoFormer.Data.Import;
using NanoFormer.Data.Preparation;
using static System.FormattableString;

namespace NanoFormer.Training.Personal;

/// <summary>A wearer's windows: those to learn from, and those to judge by, which share no sample with them.</summary>
/// <param name="Learnt">Of each class, the first windows of every bout: a stretch of that class in a recording.</param>
/// <param name="Bouts">For each of those, the number of its bout among those of its class.</param>
/// <param name="Judged">The windows behind them.</param>
/// <param name="Waited">Of each class, still windows at the ends of its bouts that are neither, because the class is a motion.</param>
public sealed record PersonalWindows(WindowSet Learnt, IReadOnlyList<int> Bouts, WindowSet Judged, IReadOnlyList<int> Waited)
{
    /// <summary>The fewest windows of a class to learn from.</summary>
    public const int FewestLearnt = 10;

    /// <summary>The fewest windows of a class to judge by.</summary>
    public const int FewestJudged = 5;

    /// <summary>The fewest bouts of a class, so that what one teaches can be tried on another.</summary>
    public const int FewestBouts = 2;

    /// <summary>Of other people's windows of a class, the part that may be still before the class counts as a posture.</summary>
    private const double StillOfMotion = 0.1;

    /// <summary>Reads a wearer's recordings: a device's log with collect records, or a data set of recordings.</summary>
    /// <param name="path">The log, a folder of logs, or the folder of a data set.</param>
    /// <returns>The recordings, and the seconds that a log counts and does not hold; null for a data set, which does not tell.</returns>
    /// <exception cref="DataException">They cannot be read.</exception>
    public static (IReadOnlyList<Recording> Recordings, double? MissingSeconds) Read(string path)
    {
        if (File.Exists(Path.Combine(path, "header.json")))
        {
            return (PackedDataset.Open(path).ReadRecordings(), null);
        }

        var log = new FindingLog();
        using var spool = new SampleSpool();
        var repairs = new RepairOptions();
        var result = RecordingImport.Run(RecordingFormat.Log.Read(new ImportRequest(path, repairs), log, spool), repairs, log);
        return result.IsRefused || result.Recordings.Count == 0
            ? throw new DataException(DataError.RefusedData, $"'{path}' cannot be used as it is: {Faults(log)}")
            : (result.Recordings, log.All.Where(finding => finding.Kind == FindingKind.LostSamples).Sum(finding => finding.Count) / result.Recordings[0].RateHz);
    }

    /// <summary>Cuts windows as the model sees them, and parts them.</summary>
    /// <remarks>
    /// A device collects from its boot, or from the motion that woke it, until it is at rest: a bout of a motion begins and ends with the wearer
    /// standing by. Such windows are left out.
    /// </remarks>
    /// <param name="recordings">The wearer's, as a device collects them: without the slow part of rotations.</param>
    /// <param name="like">Windows of the model.</param>
    /// <param name="hopSamples">Samples from one window to the next.</param>
    /// <param name="mostLearnt">Windows of each class to learn from at most, spread over the bouts.</param>
    /// <exception cref="PersonalException">A class is unknown, or has too few windows.</exception>
    /// <exception cref="DataException">The channels or the rate are not the model's.</exception>
    public static PersonalWindows Cut(IReadOnlyList<Recording> recordings, WindowSet like, int hopSamples, int mostLearnt)
    {
        if (mostLearnt < FewestLearnt)
        {
            throw new PersonalException(PersonalError.TooFewWindows,
                Invariant($"{mostLearnt} windows of each class are too few to learn from: --windows must be at least {FewestLearnt}."));
        }

        if (Unknown(recordings, like) is { } unknown)
        {
            throw new PersonalException(PersonalError.UnknownClass,
                $"The model does not know the class '{unknown}'; its classes are {string.Join(", ", like.ClassNames)}.");
        }

        if (recordings.All(recording => recording.Labels is null))
        {
            throw new PersonalException(PersonalError.TooFewWindows,
                "The recordings have no label: collect with one, or give them one with ./run data import --label.");
        }

        if (recordings.FirstOrDefault(recording => recording.RateHz != like.RateHz) is { } other)
        {
            throw new DataException(DataError.Incompatible,
                Invariant($"{other.Name} has {other.RateHz} samples per second; the model needs {like.RateHz}."));
        }

        var cut = Windowing.Cut([.. recordings.Select(recording => SignalConversion.ToChannels(recording, like.Channels))], like.ClassNames,
            new WindowingOptions { WindowSamples = like.WindowSamples, HopSamples = hopSamples });
        bool[] isWaiting = Waiting(cut, like, hopSamples);
        var learnt = ByClass(cut).SelectMany(ofClass => FirstOfBouts(BoutsOf(cut, ofClass.Where(i => !isWaiting[i]), hopSamples)).Take(mostLearnt)).ToArray();
        var taken = learnt.ToLookup(first => cut.Origins[first.Window].Recording, first => cut.Origins[first.Window].Start);
        var windows = new PersonalWindows(
            cut.Windows.Take([.. learnt.Select(first => first.Window)]),
            [.. learnt.Select(first => first.Bout)],
            cut.Windows.Where(i => !isWaiting[i]
                && taken[cut.Origins[i].Recording].All(start => Math.Abs(start - cut.Origins[i].Start) >= like.WindowSamples)),
            [.. like.ClassNames.Select((_, label) => isWaiting.Index().Count(one => one.Item && cut.Windows.Labels[one.Index] == label))]);
        windows.RequireEnough();
        return windows;
    }

    /// <summary>The first of each kind of fault, and how to repair it.</summary>
    private static string Faults(FindingLog log) => string.Join("; ", log.All.Where(finding => finding.Outcome == FindingOutcome.Refused).Select(
        finding => Invariant($"{finding.Examples[0]} ({finding.Count} such): ") + (finding.Repair is { } repair
            ? $"./run data import {repair} repairs that; give the data set that it makes"
            : "only the log itself can be put right")));

    private static string? Unknown(IReadOnlyList<Recording> recordings, WindowSet like) => recordings
        .SelectMany(recording => (recording.Labels ?? []).Where(label => label >= 0).Distinct().Select(label => recording.ClassNames[label]))
        .FirstOrDefault(name => !like.ClassNames.Contains(name));

    private static IEnumerable<IGrouping<int, int>> ByClass(CutWindows cut) => cut.Windows.Labels.Index().GroupBy(pair => pair.Item, pair => pair.Index);

    /// <summary>The windows at the ends of a motion's bouts in which the wearer waits.</summary>
    private static bool[] Waiting(CutWindows cut, WindowSet like, int hopSamples)
    {
        bool[] isWaiting = new bool[cut.Windows.Count];
        foreach (var ofClass in ByClass(cut))
        {
            int[] others = [.. Enumerable.Range(0, like.Count).Where(i => like.Labels[i] == ofClass.Key)];
            if (others.Count(i => Stillness.IsStill(like, i)) >= StillOfMotion * others.Length)
            {
                continue;
            }

            foreach (var bout in BoutsOf(cut, ofClass, hopSamples))
            {
                foreach (int i in bout.TakeWhile(IsStill).Concat(bout.AsEnumerable().Reverse().TakeWhile(IsStill)))
                {
                    isWaiting[i] = true;
                }
            }
        }

        return isWaiting;

        bool IsStill(int i) => Stillness.IsStill(cut.Windows, i);
    }

    /// <summary>The windows of one class by bouts.</summary>
    private static List<List<int>> BoutsOf(CutWindows cut, IEnumerable<int> windows, int hopSamples)
    {
        List<List<int>> bouts = [];
        WindowOrigin? next = null;
        foreach (int i in windows)
        {
            if (cut.Origins[i] != next)
            {
                bouts.Add([]);
            }

            bouts[^1].Add(i);
            next = cut.Origins[i] with { Start = cut.Origins[i].Start + hopSamples };
        }

        return bouts;
    }

    /// <summary>The first window of every bout, then the second of every bout and so on, at most half of each.</summary>
    private static IEnumerable<(int Window, int Bout)> FirstOfBouts(List<List<int>> bouts) => bouts
        .SelectMany((windows, bout) => windows.Take((windows.Count + 1) / 2).Select((window, rank) => (window, bout, rank)))
        .OrderBy(first => first.rank)
        .Select(first => (first.window, first.bout));

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
                    + (Waited[label] > 0 ? Invariant($"{Waited[label]} still ones at the ends of its bouts were left out. ") : "") + "Collect more of it.");
            }

            int bouts = Bouts.Where((_, i) => Learnt.Labels[i] == label).Distinct().Count();
            if (bouts < FewestBouts)
            {
                throw new PersonalException(PersonalError.TooFewWindows,
                    Invariant($"'{name}' comes in {bouts} bout; needed are {FewestBouts}, to try on one what the other teaches. Collect it again."));
            }
        }
    }
}
