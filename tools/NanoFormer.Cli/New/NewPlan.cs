using System.Globalization;
using NanoFormer.Cli.Evaluation;
using NanoFormer.Data;
using NanoFormer.Data.Discovery;
using NanoFormer.Data.Preparation;
using NanoFormer.Data.Storage;
using NanoFormer.Files;
using NanoFormer.Model;
using NanoFormer.Runtime;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Export;
using NanoFormer.Training.Proposal;

namespace NanoFormer.Cli.New;

/// <summary>What a new model is to be made of.</summary>
internal sealed record NewRequest
{
    /// <summary>A folder or file.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Folder for all that is made.</summary>
    public required string Folder { get; init; }

    /// <summary>What the user states of the recordings.</summary>
    public required DiscoveryRequest Discovery { get; init; }

    /// <summary>The subjects, or files, to judge on; empty to choose.</summary>
    public required IReadOnlyList<string> TestSubjects { get; init; }

    /// <summary>Samples in a window; null to choose.</summary>
    public int? WindowSamples { get; init; }

    /// <summary>The board that the model is for.</summary>
    public required Flash.Board Board { get; init; }

    /// <summary>Trainings.</summary>
    public required int Seeds { get; init; }

    /// <summary>Minutes for everything.</summary>
    public required double Minutes { get; init; }

    /// <summary>Whether a configuration that was changed by hand is replaced.</summary>
    public required bool Force { get; init; }
}

/// <summary>Windows and configuration for a new model, on the disk, and every choice that led to them.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Choices">What was chosen, and why.</param>
/// <param name="WindowsFolder">The data set of windows.</param>
/// <param name="ConfigPath">The configuration.</param>
/// <param name="Proposals">
/// What the configuration may be, by name, the first as written; empty for one that was changed by hand.
/// </param>
internal sealed record NewPlan(
    NewRequest Request, IReadOnlyList<Choice> Choices, string WindowsFolder, string ConfigPath, IReadOnlyList<(string Name, ConfigProposal Proposal)> Proposals)
{
    private static readonly (int Width, int Blocks)[] Sizes = [(32, 2), (24, 2), (16, 2), (16, 1), (8, 1)];
    private const int Together = 2; // networks where there is room: a third adds little to what the second does

    /// <summary>Looks at the recordings, cuts windows, and writes both files.</summary>
    public static NewPlan Make(NewRequest request)
    {
        string windows = Path.Combine(request.Folder, "windows");
        var (train, hop, stretch, validation, choices) = IsPackedWindows(request.Source)
            ? FromWindows(request, ref windows)
            : FromRecordings(request, windows);
        int voters = DeviceVote.For(stretch);
        bool isUsual = voters == ApplicationSettings.UsualVoters;
        choices.Add(new Choice("vote", DeviceVote.Text(voters), DeviceVote.Stretches(stretch)));
        var proposals = Propose(request, train, hop, isUsual ? 0 : voters, validation, choices);
        choices.AddRange(Firmware(train));
        bool isProposed = request.Force || !IsChanged(request);
        if (isProposed)
        {
            WriteConfig(request, proposals[0].Proposal);
        }
        else
        {
            TrainingConfig.Load(ConfigOf(request));
            choices.Add(new Choice("configuration", $"{ConfigOf(request)} as it is", "it was changed by hand; --force proposes it again"));
        }

        return new NewPlan(request, choices, windows, ConfigOf(request), isProposed ? proposals : []);
    }

    /// <summary>Writes a proposed configuration; <c>train.proposed.json</c> tells later whether somebody changed it.</summary>
    public static void WriteConfig(NewRequest request, ConfigProposal proposal)
    {
        Directory.CreateDirectory(request.Folder);
        AtomicFile.WriteAllText(ConfigOf(request), proposal.Text);
        AtomicFile.WriteAllText(ProposedOf(request), proposal.Text);
    }

    private static string ConfigOf(NewRequest request) => Path.Combine(request.Folder, "train.json");

    private static string ProposedOf(NewRequest request) => Path.Combine(request.Folder, "train.proposed.json");

    private static bool IsChanged(NewRequest request) => File.Exists(ConfigOf(request))
        && (!File.Exists(ProposedOf(request)) || File.ReadAllText(ConfigOf(request)) != File.ReadAllText(ProposedOf(request)));

    private static bool IsPackedWindows(string source) =>
        File.Exists(Path.Combine(source, "header.json")) && PackedDataset.Open(source).HasWindows;

    private static (WindowSet Train, int Hop, int Stretch, IReadOnlyList<string> Validation, List<Choice> Choices) FromWindows(NewRequest request, ref string windows)
    {
        if (request.TestSubjects.Count > 0)
        {
            throw new CommandFailure("BAD_OPTION", "--test cannot part a packed set of windows, which has parts of its own.");
        }

        var dataset = PackedDataset.Open(request.Source);
        var train = dataset.ReadWindows(DatasetSplit.Train);
        windows = request.Source;
        string[] subjects = train.Subjects.Distinct().Order(StringComparer.Ordinal).ToArray();
        List<Choice> choices = [new("layout", $"a packed set of windows, {dataset.Name}", "its header"),
            new("windows", string.Create(CultureInfo.InvariantCulture, $"{train.Count} to learn from, {train.WindowSamples} samples at {train.RateHz:0.###} Hz"), "as they are")];
        return (train, Math.Max(1, train.WindowSamples / 2), DeviceVote.MiddleStretch(train), [.. subjects.Where((_, i) => i % 5 == 2)], choices);
    }

    private static (WindowSet Train, int Hop, int Stretch, IReadOnlyList<string> Validation, List<Choice> Choices) FromRecordings(NewRequest request, string windows)
    {
        var (recordings, knows, isImported, choices) = Recordings(request);
        recordings = Labelled(recordings, choices);
        var prepared = PreparedSet.Of(recordings, knows, request.WindowSamples, request.TestSubjects, isFreeOfTwins: isImported);
        choices.AddRange(prepared.Choices);
        DatasetWriter.WriteWindows(windows, request.Name, new Dictionary<string, CutWindows>
        {
            [DatasetSplit.Train] = prepared.Train,
            [DatasetSplit.Test] = prepared.Test,
        }, replace: true);
        return (prepared.Train.Windows, prepared.HopSamples, prepared.StretchWindows, prepared.ValidationSubjects, choices);
    }

    /// <summary>The recordings with class names that an image can hold as labels.</summary>
    private static IReadOnlyList<Recording> Labelled(IReadOnlyList<Recording> recordings, List<Choice> choices)
    {
        string[] classes = [.. recordings.SelectMany(recording => recording.ClassNames).Distinct()];
        var renamed = classes.Zip(LabelRule.Mended(classes)).Where(pair => pair.First != pair.Second).ToDictionary(pair => pair.First, pair => pair.Second);
        if (renamed.Count == 0)
        {
            return recordings;
        }

        choices.Add(new Choice("renamed", string.Join(", ", renamed.Select(pair => $"'{pair.Key}' becomes '{pair.Value}'")),
            "the device's log needs names that differ and that it does not use itself, as 'unknown' for an answer that is not sure"));
        return [.. recordings.Select(recording => recording.OfClasses([.. recording.ClassNames.Select(name => renamed.GetValueOrDefault(name, name))]))];
    }

    private static (IReadOnlyList<Recording> Recordings, bool KnowsSubjects, bool IsImported, List<Choice> Choices) Recordings(NewRequest request)
    {
        if (!File.Exists(Path.Combine(request.Source, "header.json")))
        {
            var import = FolderImport.Run(request.Source, request.Discovery);
            return (import.Recordings, import.KnowsSubjects, true, [.. import.Choices]);
        }

        var dataset = PackedDataset.Open(request.Source);
        var recordings = SignalConversion.ToCommonScale(dataset.ReadRecordings());
        bool knows = recordings.All(recording => recording.Subject.Length > 0);
        List<Choice> choices = [new("layout", $"a packed set of recordings, {dataset.Name}", "its header"),
            new("recordings", string.Create(CultureInfo.InvariantCulture, $"{recordings.Count}, {recordings.Sum(r => r.SampleCount / r.RateHz) / 60:0.0} minutes at {recordings[0].RateHz:0.###} Hz"), "as they are")];
        return ([.. recordings.Select(recording => recording.Subject.Length > 0 ? recording : recording.OfSubject(recording.SourceOrName))], knows, false, choices);
    }

    /// <summary>The largest of the usual networks that the board has room for, and others of its size.</summary>
    private static (string Name, ConfigProposal Proposal)[] Propose(
        NewRequest request, WindowSet train, int hop, int voters, IReadOnlyList<string> validation, List<Choice> choices)
    {
        long room = request.Board.ModelBytes;
        foreach (var (width, blocks) in Sizes)
        {
            var asked = new ProposalRequest(request.Name, $"Tells {Named(train.ClassNames)} apart.",
                $"Recordings of {Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Source)))}.", hop, validation)
            {
                Seeds = request.Seeds,
                Minutes = request.Minutes,
                Jobs = Environment.ProcessorCount,
                Voters = voters,
                Width = width,
                Blocks = blocks,
            };
            var proposal = ConfigProposal.For(asked, train);
            var costs = ModelCosts.Of(proposal.Config, train);
            if (Fits(costs) || (width, blocks) == Sizes[^1])
            {
                var together = ModelCosts.Of(proposal.Config with { Ensemble = Together }, train);
                if (request.Seeds > 1 && Fits(together))
                {
                    asked = asked with { Ensemble = Together };
                    (proposal, costs) = (ConfigProposal.For(asked, train), together);
                }

                choices.AddRange(proposal.Choices);
                choices.Add(new Choice("budget", string.Create(CultureInfo.InvariantCulture, $"image {costs.ImageBytes / 1024.0:0} KB, arena {costs.ArenaBytes / 1024.0:0.0} KB"),
                    string.Create(CultureInfo.InvariantCulture, $"{request.Board.Id} has {room / 1024} KB of flash for a model and {request.Board.ArenaBudgetBytes / 1024} KB of memory")));
                return
                [
                    ("as proposed", proposal),
                    ("a quarter of the epochs", ConfigProposal.For(asked with { ShareOfEpochs = 0.25 }, train)),
                    (NameOfOther(proposal.Config), ConfigProposal.For(asked with { IsOther = true }, train)),
                ];
            }
        }

        throw new InvalidOperationException("There is always a smallest size.");

        bool Fits(ModelCosts costs) => costs.ImageBytes <= room && costs.ArenaBytes <= request.Board.ArenaBudgetBytes;
    }

    private static string NameOfOther(TrainingConfig config) => config.Augmentation.RotationDegrees > 0 ? "turned further"
        : config.Architecture.Streams[0].Gains.Count > 1 ? "without gains"
        : "with gains";

    private static string Named(IReadOnlyList<string> classes) => classes.Count <= 6
        ? string.Join(", ", classes)
        : $"{string.Join(", ", classes.Take(5))} and {classes.Count - 5} more";

    private static IEnumerable<Choice> Firmware(WindowSet train)
    {
        var reasons = FirmwareAcceptance.Refusals(train.Channels, train.RateHz);
        yield return reasons.Count == 0
            ? new Choice("firmware", "takes these channels and this rate", "an MPU6050 measures them; mount it with its axes as they were recorded")
            : new Choice("warning", $"the shipped firmware will refuse this model: {string.Join("; ", reasons)}", "it reads an accelerometer with gyroscope");
    }
}
