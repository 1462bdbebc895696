using System.Globalization;
using NanoFormer.Data.EdgeImpulse;
using NanoFormer.Data.Import;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Discovery;

/// <summary>Recordings of a folder that nobody described.</summary>
/// <param name="Recordings">The recordings, of one rate, one set of channels and one list of classes; each has a subject.</param>
/// <param name="Choices">What was chosen, and why.</param>
/// <param name="Findings">What was wrong with the files, and what became of it.</param>
public sealed record FolderImport(IReadOnlyList<Recording> Recordings, IReadOnlyList<Choice> Choices, IReadOnlyList<Finding> Findings)
{
    private const int MostRounds = 10;
    private const string Repaired = "repaired";

    private sealed record RepairMade(FindingKind Kind, int Count, string What, string Example);

    /// <summary>Whether the files tell who was recorded; otherwise each file counts as a subject.</summary>
    public bool KnowsSubjects { get; private init; }

    /// <summary>Whether a subject is a file's name: so it is where the files do not tell who was recorded.</summary>
    public static bool IsFile(string subject) => subject.Split('/').Any(part => SourceFiles.ExtensionOf(part) is { Length: > 0 } extension && Discovery.AllExtensions.Contains(extension));

    /// <summary>
    /// Looks at a file or folder, reads it, and repairs what is wrong with it in the usual way, telling each repair.
    /// </summary>
    /// <exception cref="DataException">It cannot be read, or something that must be known cannot be seen; the message says what, and how to
    /// tell it.</exception>
    public static FolderImport Run(string path, DiscoveryRequest request)
    {
        using var unpacked = new UnpackedArchives();
        using var joined = new SensorFiles();
        var found = Discovery.Look(path, request, unpacked, joined);
        var choices = found.Choices.ToList();
        var made = new List<RepairMade>();
        var (repairs, blanks) = (new RepairOptions { ResampleHz = found.ResampleHz }, BlankLineRule.Refuse);
        for (int round = 0; ; round++)
        {
            var log = new FindingLog();
            using var spool = new SampleSpool();
            var recordings = new RecordingList();
            var sources = Read(found, repairs, blanks, log, spool);
            RecordingImport.Run(sources, repairs, log, found.GapPeriods, recordings);
            var refused = log.All.Where(finding => finding.Outcome == FindingOutcome.Refused).ToArray();
            if (refused.Length == 0)
            {
                choices.AddRange(Told(made, log));
                if (found.Spans is not null)
                {
                    choices.Add(Unlabelled(recordings.All));
                }

                return Finish(CodeBook.Apply(found.Root, recordings.All, choices), choices, log);
            }

            var before = (repairs, blanks);
            foreach (var finding in refused)
            {
                (repairs, blanks) = Repair(finding, repairs, blanks, sources, made);
            }

            if (before == (repairs, blanks) || round == MostRounds)
            {
                throw new DataException(DataError.RefusedData, string.Join(Environment.NewLine, refused
                    .SelectMany(finding => finding.Examples.Take(2).Prepend(FormattableString.Invariant($"{finding.Kind}: {finding.Count}")))
                    .Prepend($"'{path}' has faults that nothing repairs:")));
            }
        }
    }

    private static IReadOnlyList<SourceRecording> Read(
        DiscoveredSource found, RepairOptions repairs, BlankLineRule blanks, FindingLog log, SampleSpool spool)
    {
        if (found.Format == RecordingFormat.EdgeImpulse)
        {
            var all = AcquisitionReader.Read(found.Root, null, null, repairs, log);
            return [.. all.Select((recording, i) => recording.Subject.Length == 0 && found.Names?.Subjects is { } subjects && subjects.Count == all.Count
                ? recording with { Subject = subjects[i] }
                : recording)];
        }

        return found.Format == RecordingFormat.Log
            ? RecordingFormat.Log.Read(new ImportRequest(found.Root, repairs), log, spool)
            : ReadTables(found, repairs, blanks, log, spool);
    }

    private static IReadOnlyList<SourceRecording> ReadTables(
        DiscoveredSource found, RepairOptions repairs, BlankLineRule blanks, FindingLog log, SampleSpool spool)
    {
        var spans = found.Spans is { } tables ? LabelSpans.Read(tables, [.. found.Files.Select(file => (file.Path, file.Name))], repairs, log) : null;
        return [.. found.Files.SelectMany(file => CsvSource.Read(file.Path, file.Name, file.Options with
        {
            BlankLines = blanks,
            Subject = spans?.SubjectOf(file.Name) ?? file.Options.Subject,
        }, repairs, log, spool, spans?.Of(file.Name)))];
    }

    /// <summary>
    /// The repairs, each with how often it was made in the end: a fault that is not repaired yet makes others look like faults. Of two of a
    /// kind the later one was made.
    /// </summary>
    private static IEnumerable<Choice> Told(List<RepairMade> made, FindingLog log) => made.Select(repair =>
    {
        var last = made.FindLast(other => other.Kind == repair.Kind) == repair
            ? log.All.LastOrDefault(finding => finding.Outcome == FindingOutcome.Repaired && finding.Kind == repair.Kind)
            : null;
        return new Choice(Repaired, FormattableString.Invariant($"{last?.Count ?? repair.Count} x {Words(repair.Kind)}: {repair.What}"), last?.Examples[0] ?? repair.Example);
    });

    private static Choice Unlabelled(IReadOnlyList<Recording> recordings)
    {
        double all = recordings.Sum(recording => (double)recording.SampleCount);
        double none = recordings.Sum(recording => (recording.Labels ?? []).Count(label => label == Recording.Unlabelled));
        int without = recordings.Count(recording => (recording.Labels ?? []).All(label => label == Recording.Unlabelled));
        return new Choice("unlabelled", FormattableString.Invariant($"{100 * none / all:0.0} % of the samples, {none / recordings[0].RateHz / 60:0.0} minutes"),
            without == 0 ? "they are in no span" : $"they are in no span; {without} of {recordings.Count} recordings have none");
    }

    /// <summary>The usual repair of a fault.</summary>
    private static (RepairOptions Repairs, BlankLineRule Blanks) Repair(
        Finding finding, RepairOptions repairs, BlankLineRule blanks, IReadOnlyList<SourceRecording> sources, List<RepairMade> made)
    {
        var (changed, what) = finding.Kind switch
        {
            FindingKind.BadRow or FindingKind.Contradiction => (repairs with { DropBadRows = true }, "left out"),
            FindingKind.MissingValue when repairs.MissingValues == MissingValueRepair.Refuse =>
                (repairs with { MissingValues = MissingValueRepair.Interpolate }, "filled by a straight line, up to five in a row"),
            FindingKind.MissingValue => (repairs with { MissingValues = MissingValueRepair.Drop }, "left out; the recordings are cut there"),
            FindingKind.TimeUnit => (repairs with { KeepTimeUnit = true }, "the unit is that of the other files"),
            FindingKind.DuplicateTime => (repairs with { DropDuplicateTimes = true }, "the first of each stays"),
            FindingKind.BackwardTime when repairs.BackwardTimes == BackwardTimeRepair.Refuse && GoesBackALittle(sources) =>
                (repairs with { BackwardTimes = BackwardTimeRepair.Sort }, "samples are put in order of time"),
            FindingKind.BackwardTime => (repairs with { BackwardTimes = BackwardTimeRepair.Split }, "a new recording begins"),
            FindingKind.UnevenTime or FindingKind.MixedRates => (repairs with { ResampleHz = RateOf(sources) },
                string.Create(CultureInfo.InvariantCulture, $"all brought to {RateOf(sources):0.###} Hz")),
            FindingKind.BurstyTime => (repairs with { Bursts = BurstRepair.Spread }, "the stamps are those of packets: samples are spread evenly"),
            FindingKind.Outlier => (repairs with { Outliers = OutlierRepair.Clip }, "clipped, as errors of transfer"),
            FindingKind.DuplicateRecording => (repairs with { DropDuplicateRecordings = true }, "the first of each stays"),
            FindingKind.OutOfRange => (repairs with { ClipOutOfRange = true }, "clipped"),
            FindingKind.BadSpan or FindingKind.SpanWithoutFile => (repairs with { DropBadSpans = true }, "left out"),
            FindingKind.SpanOverlap => (repairs with { DropBadSpans = true }, "what they share stays unlabelled"),
            FindingKind.SuspectLabel => Labels(sources, repairs),
            _ => (repairs, ""),
        };
        var rule = finding.Kind == FindingKind.BlankLine ? BlankLineRule.End : blanks;
        if (changed != repairs || rule != blanks)
        {
            made.Add(new RepairMade(finding.Kind, finding.Count, rule != blanks ? "each ends a recording" : what, finding.Examples[0]));
        }

        return (changed, rule);
    }

    /// <summary>Labels that differ only in case and blanks become one; all others are taken as meant.</summary>
    private static (RepairOptions Repairs, string What) Labels(IReadOnlyList<SourceRecording> sources, RepairOptions repairs)
    {
        var counts = sources.Where(source => source.HasLabels).SelectMany(source => source.Samples).Select(sample => LabelNames.Normalize(sample.Label))
            .Where(label => label.Length > 0).CountBy(label => label).ToDictionary();
        var renames = counts.Keys.ToDictionary(label => label, label => counts.Keys.Where(other => LabelDistance.IsSpelledAlike(other, label) || other == label)
            .OrderByDescending(other => counts[other]).ThenBy(other => other, StringComparer.Ordinal).First())
            .Where(pair => pair.Key != pair.Value).ToDictionary();
        string[] meant = [.. counts.Keys.Except(renames.Keys).Order(StringComparer.Ordinal)];
        string what = renames.Count == 0 ? "all names are taken as meant" : string.Join(", ", renames.Select(pair => $"'{pair.Key}' becomes '{pair.Value}'"));
        return (repairs with { Renames = renames, Labels = meant }, what);
    }

    /// <summary>Whether time never goes back by a second: samples arrived out of order, and no new session begins.</summary>
    private static bool GoesBackALittle(IReadOnlyList<SourceRecording> sources)
    {
        foreach (var source in sources.Where(source => source.HasTimes))
        {
            double before = double.NegativeInfinity;
            foreach (var sample in source.Samples)
            {
                if (sample.Seconds < before - 1)
                {
                    return false;
                }

                before = sample.Seconds;
            }
        }

        return true;
    }

    /// <summary>The rate of most samples, as nearly as sensors are set to it.</summary>
    private static double RateOf(IReadOnlyList<SourceRecording> sources)
    {
        double[] rates = [.. sources.Select(source => source.HasTimes
            ? SampleTimes.Of(source.Samples) is var times && times.Packets is { } packets ? 1 / packets.Period : times.RateHz ?? double.NaN
            : source.RateHz ?? double.NaN).Where(double.IsFinite)];
        return Discovery.NiceRate(Statistics.Median(rates));
    }

    private static FolderImport Finish(IReadOnlyList<Recording> imported, List<Choice> choices, FindingLog log)
    {
        var recordings = WithOwnParts(WithoutTwins(imported, choices), choices);
        bool knows = recordings.Any(recording => recording.Subject.Length > 0) && recordings.Select(recording => recording.Subject).Distinct().Count() > 1;
        if (recordings.All(recording => recording.Labels is null || Array.TrueForAll(recording.Labels, label => label == Recording.Unlabelled)))
        {
            throw new DataException(DataError.UnknownFormat, "no sample of the recordings has a class: there is nothing to learn.");
        }

        foreach (var finding in log.All.Where(finding => finding.Outcome == FindingOutcome.Noted && finding.Kind is FindingKind.SuspectUnit or FindingKind.UnfinishedRow or FindingKind.SpanBeyond))
        {
            choices.Add(new Choice("note", finding.Examples[0], FormattableString.Invariant($"{finding.Count} x")));
        }

        Fill(choices, "subjects", knows ? recordings.Select(recording => recording.Subject) : [], knows ? "" : "unknown, each file counts as one");
        Fill(choices, "classes", recordings.SelectMany(recording => (recording.Labels ?? []).Distinct().Where(label => label >= 0).Select(label => recording.ClassNames[label])), "");
        int gaps = log.All.Where(finding => finding.Kind is FindingKind.Gap or FindingKind.LostSamples).Sum(finding => finding.Count);
        int cuts = recordings.Count - recordings.Select(recording => recording.SourceOrName).Distinct().Count();
        choices.Add(new Choice("recordings", FormattableString.Invariant($"{recordings.Count}, {recordings.Sum(r => r.SampleCount / r.RateHz) / 60:0.0} minutes at {recordings[0].RateHz:0.###} Hz"),
            gaps > 0 ? FormattableString.Invariant($"cut at {gaps} gaps in time")
                : cuts > 0 ? FormattableString.Invariant($"cut {cuts} times, where samples are missing or time begins again") : "no gaps"));
        return new FolderImport(
            [.. recordings.Select(recording => knows && recording.Subject.Length > 0 ? recording : recording.With(subject: recording.SourceOrName))],
            choices, log.All)
        {
            KnowsSubjects = knows,
        };
    }

    /// <summary>Without the recordings that hold samples of an earlier one: in the other part of a split they would be known by heart.</summary>
    private static IReadOnlyList<Recording> WithoutTwins(IReadOnlyList<Recording> recordings, List<Choice> choices)
    {
        var left = new HashSet<int>();
        string? example = null;
        foreach (var (first, second) in DatasetSplit.Twins(recordings))
        {
            if (!left.Contains(first) && left.Add(second))
            {
                example ??= $"{recordings[second].Name}: samples of {recordings[first].Name}";
            }
        }

        if (example is null)
        {
            return recordings;
        }

        choices.Add(new Choice(Repaired, FormattableString.Invariant($"{left.Count} x copy of a part of a recording: the first of each stays"), example));
        return [.. recordings.Where((_, i) => !left.Contains(i))];
    }

    /// <summary>Parts that the files' names tell are kept unless somebody is in both.</summary>
    private static IReadOnlyList<Recording> WithOwnParts(IReadOnlyList<Recording> recordings, List<Choice> choices)
    {
        bool isShared = recordings.Where(recording => recording.Subject.Length > 0).GroupBy(recording => recording.Subject)
            .Any(group => group.Select(recording => recording.Split).Distinct().Count() > 1);
        if (!isShared)
        {
            return recordings;
        }

        choices.Add(new Choice("note", "the parts that the names tell, train and test, are not used", "the same subjects are in both"));
        return [.. recordings.Select(recording => recording.With(split: ""))];
    }

    /// <summary>Says which names were found.</summary>
    private static void Fill(List<Choice> choices, string what, IEnumerable<string> names, string without)
    {
        int why = choices.FindIndex(choice => choice.What == what);
        string[] all = [.. names.Where(name => name.Length > 0).Distinct().OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)];
        string text = all.Length == 0 ? without : FormattableString.Invariant($"{all.Length}: ") + string.Join(", ", all.Take(12)) + (all.Length > 12 ? " ..." : "");
        var choice = new Choice(what, text, why >= 0 ? choices[why].Why : "as the files say");
        if (why >= 0)
        {
            choices[why] = choice;
        }
        else
        {
            choices.Add(choice);
        }
    }

    private static string Words(FindingKind kind) => string.Concat(kind.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
