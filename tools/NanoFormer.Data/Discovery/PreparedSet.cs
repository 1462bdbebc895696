using System.Globalization;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Discovery;

/// <summary>Windows to learn from and to judge on, cut from recordings in a way that was proposed by looking at them.</summary>
/// <param name="Train">Windows to learn from.</param>
/// <param name="Test">Windows of other subjects, or as other as the recordings allow.</param>
/// <param name="HopSamples">Samples from one window to the next on the device.</param>
/// <param name="StretchWindows">Windows that the middle one of the labelled stretches has on the device; 1 for what is no longer than one.</param>
/// <param name="ValidationSubjects">Train subjects to hold out while settings are chosen.</param>
/// <param name="Choices">What was chosen, and why.</param>
public sealed record PreparedSet(
    CutWindows Train, CutWindows Test, int HopSamples, int StretchWindows, IReadOnlyList<string> ValidationSubjects, IReadOnlyList<Choice> Choices)
{
    private const double TestShare = 0.3;
    private const double ValidationShare = 0.2;
    private const double TimeGap = 0.05;
    private const int ManyWindows = 4000;
    private const double LongSeconds = 30;
    private const double LongAlone = 10; // of recordings of one class, which have no borders between classes

    /// <summary>Parts recordings and cuts windows.</summary>
    /// <param name="recordings">Recordings of one kind, each with a subject.</param>
    /// <param name="knowsSubjects">Whether the subjects are persons or machines; otherwise they are files.</param>
    /// <param name="windowSamples">Samples in a window; null to choose by the lengths of what is labelled.</param>
    /// <param name="testSubjects">The subjects to judge on; empty to choose them, or to keep the recordings' own parts.</param>
    /// <param name="isFreeOfTwins">Whether recordings that share samples are left out already, as <see cref="FolderImport"/> does.</param>
    /// <exception cref="DataException">A part gives no windows, or a subject is not there.</exception>
    public static PreparedSet Of(
        IReadOnlyList<Recording> recordings, bool knowsSubjects, int? windowSamples = null, IReadOnlyList<string>? testSubjects = null, bool isFreeOfTwins = false)
    {
        var choices = new List<Choice>();
        var (parted, validation) = Part(recordings, knowsSubjects, testSubjects ?? [], isFreeOfTwins, choices);
        double[] runs = Runs(recordings);
        int length = Length(recordings, runs, windowSamples, choices);
        int hop = Math.Max(1, length / 2);
        string[] classes = recordings.SelectMany(r => r.ClassNames).Distinct().ToArray();
        var usual = Cut(parted, DatasetSplit.Train, classes, length, hop, [0]);
        var train = usual.Windows.Windows.Count < ManyWindows
            ? Cut(parted, DatasetSplit.Train, classes, length, Math.Max(1, length / 4), [-0.5, 0, 0.5])
            : usual;
        var test = Cut(parted, DatasetSplit.Test, classes, length, hop, [0]);
        foreach (var (part, cut) in new[] { (DatasetSplit.Train, train), (DatasetSplit.Test, test) })
        {
            if (cut.Windows.Windows.Count == 0)
            {
                throw new DataException(DataError.BadOption, $"the {part} part gives no windows of {length} samples: name a shorter window.");
            }
        }

        AddShort(length, recordings[0].RateHz, train.Short, test.Short, choices);
        choices.Add(new Choice("windows", string.Create(CultureInfo.InvariantCulture,
            $"{train.Windows.Windows.Count} to learn from, {test.Windows.Windows.Count} to judge on"), Balance(train.Windows.Windows)));
        int stretch = 1 + (int)(Math.Max(0, Statistics.Median(runs) - length) / hop);
        return new PreparedSet(train.Windows, test.Windows, hop, stretch, validation, choices);
    }

    /// <summary>Samples of each labelled stretch.</summary>
    private static double[] Runs(IReadOnlyList<Recording> recordings) =>
    [
        .. recordings.Where(r => r.Labels is not null).SelectMany(r => LabelRun.Of(r.Labels!))
            .Where(run => run.Label != Recording.Unlabelled).Select(run => (double)(run.End - run.Begin)),
    ];

    private static (CutWindows Windows, ShortRunWindows Short) Cut(
        Recording[] recordings, string part, string[] classes, int length, int hop, double[] shifts)
    {
        Recording[] own = [.. recordings.Where(recording => recording.Split == part)];
        var filled = ShortRuns.Fill(own, length, shifts);
        return (Windowing.Cut([.. own, .. filled.Windows], classes, new WindowingOptions { WindowSamples = length, HopSamples = hop }), filled);
    }

    private static void AddShort(int length, double rate, ShortRunWindows train, ShortRunWindows test, List<Choice> choices)
    {
        var (runs, padded) = (train.Runs + test.Runs, train.Padded + test.Padded);
        if (runs > 0)
        {
            choices.Add(new Choice("short stretches", string.Create(CultureInfo.InvariantCulture, $"{runs} shorter than {length / rate:0.##} s become a window each"),
                string.Create(CultureInfo.InvariantCulture, $"{runs - padded} filled with what was recorded around them, {padded} with their first and last sample")));
        }
    }

    private static string Balance(WindowSet windows) => "classes to learn: " + string.Join(", ", windows.ClassNames.Select((name, i) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} {windows.Labels.Count(label => label == i)}")));

    /// <summary>The length of a window: two and a half seconds, twice as much of what lasts, or that of the gestures.</summary>
    private static int Length(IReadOnlyList<Recording> recordings, double[] runs, int? stated, List<Choice> choices)
    {
        double rate = recordings[0].RateHz;
        double middle = Statistics.Median(runs);
        string Seconds(double samples) => string.Create(CultureInfo.InvariantCulture, $"{samples / rate:0.###} s");
        if (stated is { } given)
        {
            choices.Add(new Choice("window", $"{given} samples, {Seconds(given)}", "--window"));
            return given;
        }

        double usual = rate > 500 ? 1024 : rate < 5 ? 64 : 2.56 * rate;
        bool isGesture = middle < 1.5 * usual;
        bool isAlone = runs.Length <= recordings.Count;
        bool lasts = middle >= (isAlone ? LongAlone : LongSeconds) * rate && rate is >= 5 and <= 500;
        double wanted = isGesture ? Math.Min(Statistics.Quantile(runs, 0.8), 2 * usual) : lasts ? 2 * usual : usual;
        int length = Math.Clamp((int)Math.Ceiling(wanted / 8) * 8, 16, rate > 500 ? 1024 : 512);
        choices.Add(new Choice("window", $"{length} samples, {Seconds(length)}, one every {Seconds(length / 2)}", isGesture
            ? $"four of five labelled stretches are no longer; the middle one has {Seconds(middle)}"
            : $"labelled stretches are long, {Seconds(middle)} in the middle"));
        return length;
    }

    private static (Recording[] Parted, IReadOnlyList<string> Validation) Part(
        IReadOnlyList<Recording> recordings, bool knowsSubjects, IReadOnlyList<string> testSubjects, bool isFreeOfTwins, List<Choice> choices)
    {
        if (testSubjects.Count == 0 && recordings.All(recording => recording.Split.Length > 0) && recordings.Select(recording => recording.Split).Distinct().Count() > 1)
        {
            choices.Add(new Choice("split", "as the data set has it", "its own train and test parts"));
            Recording[] learnt = [.. recordings.Where(r => r.Split == DatasetSplit.Train)];
            return ([.. recordings], Some(learnt, knowsSubjects, isFreeOfTwins));
        }

        int subjects = recordings.Select(recording => recording.Subject).Distinct().Count();
        if (subjects < 2)
        {
            choices.Add(new Choice("split", "in time: of each labelled stretch the last quarter is judged", "there is only one recording or person: "
                + "the figures say how well the model knows this one, not others"));
            return (InTime(recordings), []);
        }

        var request = new SplitRequest
        {
            Unit = SplitUnit.Subject,
            TestShare = TestShare,
            TestUnits = testSubjects.Count > 0 || knowsSubjects ? testSubjects : ByClass(recordings, TestShare),
            IsFreeOfTwins = isFreeOfTwins,
            ValidationShare = subjects - testSubjects.Count > 1 && subjects > 2 ? ValidationShare : 0,
        };
        var result = DatasetSplit.Run(recordings, request);
        var validation = knowsSubjects || subjects < 4 ? result.ValidationUnits : ByClass([.. result.Recordings.Where(r => r.Split == DatasetSplit.Train)], ValidationShare);
        int told = choices.Count;
        choices.Add(new Choice("split", string.Create(CultureInfo.InvariantCulture,
                $"{result.TrainUnits.Count} {(knowsSubjects ? "subjects" : "files")} to learn from, {result.TestUnits.Count} to judge on: {Short(result.TestUnits)}"),
            testSubjects.Count > 0 ? "--test" : knowsSubjects ? "nobody is in both parts" : "no file is in both parts"));
        var (whole, inTime) = PartSingles(result.Recordings, choices);
        if (whole.Count == 0)
        {
            choices.RemoveAt(told); // no class has several subjects
            return ([.. inTime], []);
        }

        choices.AddRange(SplitWarnings.Of([.. whole.Select(SplitShare.Of)]).Select(warning => new Choice("warning", warning, "the split")));
        return ([.. whole, .. inTime], validation);
    }

    /// <summary>Classes that a single subject has are split in time: they would be missing from one of the parts.</summary>
    private static (IReadOnlyList<Recording> Whole, IReadOnlyList<Recording> InTime) PartSingles(IReadOnlyList<Recording> recordings, List<Choice> choices)
    {
        var singles = recordings.SelectMany(recording => ClassesOf(recording).Select(name => (Name: name, recording.Subject))).Distinct()
            .GroupBy(one => one.Name, one => one.Subject).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.First());
        if (singles.Count == 0)
        {
            return (recordings, []);
        }

        var (whole, inTime) = (new List<Recording>(), new List<Recording>());
        foreach (var recording in recordings)
        {
            int begin = 0;
            foreach (var run in LabelRun.Of(recording.Labels ?? []).Where(run => run.Label != Recording.Unlabelled && singles.ContainsKey(recording.ClassNames[run.Label])))
            {
                whole.AddRange(Between(recording, begin, run.Begin));
                inTime.Add(recording.Cut(run.Begin, run.End));
                begin = run.End;
            }

            whole.AddRange(begin == 0 ? [recording] : Between(recording, begin, recording.SampleCount));
        }

        choices.Add(new Choice("split in time", string.Join(", ", singles.Keys.Order(StringComparer.Ordinal)) + ": the last quarter is judged",
            $"only {string.Join(", ", singles.Values.Distinct().Order(StringComparer.Ordinal))} has it: its figure says how well this one is known, not others"));
        return (whole, InTime(inTime));
    }

    private static IEnumerable<string> ClassesOf(Recording recording) =>
        (recording.Labels ?? []).Distinct().Where(label => label != Recording.Unlabelled).Select(label => recording.ClassNames[label]);

    private static IEnumerable<Recording> Between(Recording recording, int begin, int end) => begin < end ? [recording.Cut(begin, end)] : [];

    private static string Short(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(8)) + (names.Count > 8 ? FormattableString.Invariant($" ... ({names.Count})") : "");

    private static IReadOnlyList<string> Some(Recording[] learnt, bool knowsSubjects, bool isFreeOfTwins)
    {
        int units = learnt.Select(r => r.Subject).Distinct().Count();
        return units < 2 ? []
            : knowsSubjects ? DatasetSplit.Run([.. learnt.Select(r => r.With(split: ""))], new SplitRequest { TestShare = ValidationShare, IsFreeOfTwins = isFreeOfTwins }).TestUnits
            : ByClass(learnt, ValidationShare);
    }

    /// <summary>A share of the files of each class, by the class of most of their samples.</summary>
    private static string[] ByClass(IReadOnlyList<Recording> recordings, double share)
    {
        var random = new Random(1);
        var files = recordings.GroupBy(recording => recording.Subject).Select(group => (Name: group.Key, Class: group
            .SelectMany(r => (r.Labels ?? []).Where(label => label != Recording.Unlabelled)).CountBy(label => label).DefaultIfEmpty().MaxBy(pair => pair.Value).Key)).ToArray();
        string[] chosen = files.GroupBy(file => file.Class).OrderBy(group => group.Key).SelectMany(group =>
        {
            string[] names = [.. group.Select(file => file.Name).Order(StringComparer.Ordinal)];
            random.Shuffle(names);
            return names.Take(names.Length == 1 ? 0 : Math.Max(1, (int)Math.Round(share * names.Length)));
        }).Order(StringComparer.Ordinal).ToArray();
        return chosen.Length > 0 ? chosen : [files[^1].Name];
    }

    /// <summary>Of every labelled stretch the beginning to learn from and the end to judge on, with a gap between them.</summary>
    private static Recording[] InTime(IReadOnlyList<Recording> recordings) =>
    [
        .. recordings.Where(recording => recording.Labels is not null).SelectMany(recording => LabelRun.Of(recording.Labels!)
            .Where(run => run.Label != Recording.Unlabelled)
            .SelectMany(run =>
            {
                int border = run.Begin + (int)(0.75 * (run.End - run.Begin));
                int gap = (int)(TimeGap * (run.End - run.Begin));
                return new[]
                {
                    recording.Cut(run.Begin, border - gap).With(split: DatasetSplit.Train),
                    recording.Cut(border, run.End).With(split: DatasetSplit.Test),
                };
            })).Where(recording => recording.SampleCount > 0),
    ];
}
