namespace NanoFormer.Training.Configuration;

/// <summary>Checks the values of a configuration, and how they fit its data.</summary>
internal static class ConfigValidator
{
    private const int MaxPostureClasses = 32;

    public static void Validate(TrainingConfig config)
    {
        Ranges.Require(config, "");
        Rules.Require(IsModelId(config.Name), "name", "must be 1 to 31 printable ASCII characters without spaces and slashes, and not begin with a dot: it names files");
        Validate(config.Data);
        Rules.RequireFit(config.Data.AlarmSubjects.Count == 0 || config.Architecture.Score is not null,
            "data.alarmSubjects", "needs architecture.score");
        ScoreValidator.Validate(config.Data.Recordings?.Installation, config.Input, "data.recordings.installation");
        Rules.RequireFit(config.Data.Csv?.Installation is null,
            "data.csv.installation", "is for packed recordings; import the files first");
        Validate(config.Input);
        ArchitectureValidator.Validate(config.Architecture, "architecture");
        Rules.RequireFit(config.Ensemble == 1 || (config.Architecture is { Classes: true, Score: null, Streaming: false } && config.Pruning is null),
            "ensemble", "needs classes, and no score, streaming or pruning");
        if (config.Distillation is { } distillation)
        {
            ArchitectureValidator.Validate(distillation.Architecture, "distillation.architecture");
        }

        ScoreValidator.Validate(config.Faults, config.Architecture);
        Validate(config.Augmentation, "augmentation");
        Validate(config.ScoreTraining, config.Architecture);
        ScoreValidator.Validate(config.Denoising, config.Architecture);
        Rules.RequireRange("quantization.observeEpochs", config.Quantization.ObserveEpochs, 0, config.Quantization.Epochs);
        Rules.RequireFit(config.OtherSplits.DistinctBy(split => split.Name).Count() == config.OtherSplits.Count,
            "otherSplits", "must have a name each");
        foreach (var split in config.OtherSplits)
        {
            OtherSplit.ConfigOf(config, split);
        }
    }

    /// <summary>Checks the fields that depend on the windows trained on.</summary>
    public static void ValidateFor(TrainingConfig config, int windowSamples, int channels)
    {
        Rules.RequireFit(config.Input.Ranges.Count == channels, "input.ranges", $"must have one value for each of the {channels} channels");
        Rules.RequireFit(config.Input.HopSamples <= windowSamples,
            "input.hopSamples", $"must not exceed the window of {windowSamples} samples");
        var triads = config.Augmentation.Triads.Concat(config.ScoreTraining?.Augmentation.Triads ?? []);
        Rules.RequireFit(triads.All(t => t.All(c => c < channels)),
            "augmentation.triads", "names a channel that is not there");
        Rules.RequireFit(config.Denoising?.Channels.All(c => c >= 0 && c < channels) != false,
            "denoising.channels", "names a channel that is not there");
        Rules.RequireFit(config.Input.Offsets.Count is 0 || config.Input.Offsets.Count == channels,
            "input.offsets", $"must have none or one value for each of the {channels} channels");
        ArchitectureValidator.ValidateFor(config.Architecture, windowSamples, channels, "architecture");
        if (config.Faults is { Injection: var injection })
        {
            Rules.RequireFit(injection.Deviations.Count == channels, "faults.injection.deviations",
                $"must have one value for each of the {channels} channels");
            Rules.RequireFit(injection.Accelerometer.Concat(injection.Gyroscope).All(c => c >= 0 && c < channels),
                "faults.injection", "names a channel that is not there");
        }

        if (config.FloatTraining.EveryToken)
        {
            ValidateEveryToken(config.Architecture, windowSamples);
        }

        if (config.Distillation is { } distillation)
        {
            ArchitectureValidator.ValidateFor(distillation.Architecture, windowSamples, channels, "distillation.architecture");
            ValidateTeacher(distillation, config, windowSamples);
        }
    }

    /// <summary>Checks the fields that name classes.</summary>
    public static void ValidateClasses(TrainingConfig config, IReadOnlyList<string> classes)
    {
        var postures = config.Input.Postures;
        string? stranger = postures.FirstOrDefault(name => !classes.Take(MaxPostureClasses).Contains(name));
        Rules.RequireFit(stranger is null, "input.postures", $"names '{stranger}', which is none of the first {MaxPostureClasses} classes");
        Rules.RequireFit(postures.Count is 0 || postures.Distinct().Count() > 1, "input.postures", "must name two classes or none");
    }

    private static void ValidateEveryToken(ArchitectureOptions architecture, int windowSamples) => Rules.RequireFit(
        architecture is { Classes: true, Streams.Count: 1, Pooling: not PoolingKind.Attention }
            && windowSamples % architecture.Tokens(windowSamples) == 0,
        "floatTraining.everyToken", "needs classes, one stream whose tokens divide the window evenly, and no pooling by attention");

    private static void ValidateTeacher(DistillationOptions distillation, TrainingConfig config, int windowSamples)
    {
        Rules.RequireFit(distillation.Architecture.Classes && config.Architecture.Classes,
            "distillation.architecture", "must have classes, as the network that learns from it");
        Rules.RequireFit(distillation.Training.EveryToken == config.FloatTraining.EveryToken,
            "distillation.training.everyToken", "must be that of floatTraining");
        bool sameTokens = distillation.Architecture.Tokens(windowSamples) == config.Architecture.Tokens(windowSamples);
        Rules.RequireFit(!config.FloatTraining.EveryToken || sameTokens,
            "distillation.architecture.streams", "must make as many tokens as those of architecture, as every token is asked");
    }

    private static bool IsModelId(string name) => name.Length is >= 1 and <= 31 && name.All(c => c is > ' ' and <= '~' and not ('/' or '\\')) && name[0] != '.';

    private static void Validate(DataOptions data)
    {
        Rules.RequireFit(!data.AlarmSubjects.Intersect(data.ValidationSubjects).Any(),
            "data.alarmSubjects", "must not be among the validation subjects");
        if (data.Recordings is { } recordings)
        {
            Validate(recordings, "data.recordings");
        }

        if (data.Csv is { } csv)
        {
            Validate(csv, "data.csv");
            Rules.Require(csv.Columns.LabelColumn is not null, "data.csv.columns.labelColumn", "is needed");
            Rules.Require(csv.Columns.SubjectColumn is not null, "data.csv.columns.subjectColumn", "is needed");
        }
    }

    private static void Validate(RecordingDataOptions recordings, string field)
    {
        Rules.Require(recordings.TimeSplit.Values.All(part => part is > 0 and < 1),
            $"{field}.timeSplit", "must be parts above 0 and below 1");
        string[] grouped = [.. recordings.ClassGroups.Values.SelectMany(names => names)];
        Rules.RequireFit(grouped.Distinct().Count() == grouped.Length, $"{field}.classGroups", "must name each class once");
        Rules.RequireFit(recordings.Installation is null || (grouped.Length == 0 && recordings.TestClasses.Count == 0),
            $"{field}.installation", "goes without classGroups and testClasses");
        Rules.RequireFit(recordings.TestClasses.Count == 0 || (recordings.TestSubjects.Count == 0 && recordings.UnknownClass is null),
            $"{field}.testClasses", "goes without testSubjects and unknownClass");
        Rules.RequireFit(!recordings.TestClasses.Any(recordings.TimeSplit.ContainsKey),
            $"{field}.testClasses", "must not name a class of timeSplit");
    }

    private static void Validate(InputOptions input)
    {
        Rules.Require(input.Ranges.All(r => r > 0 && double.IsFinite(r)),
            "input.ranges", "must be positive numbers");
        Rules.Require(input.Offsets.All(double.IsFinite), "input.offsets", "must be numbers");
    }

    private static void Validate(ScoreTrainingOptions? score, ArchitectureOptions architecture)
    {
        Rules.RequireFit(score is null == architecture.Scorer is null,
            "scoreTraining", "is for, and needed by, architecture.score.encoder");
        if (score is not null)
        {
            Validate(score.Augmentation, "scoreTraining.augmentation");
        }
    }

    private static void Validate(AugmentationOptions augmentation, string field)
    {
        Rules.Require(augmentation.Triads.All(t => t.Count == 3 && t.All(c => c >= 0)),
            $"{field}.triads", "must be triples of channel numbers");
        Rules.Require(augmentation.Noise.Values.Concat(augmentation.Offset.Values).All(v => v >= 0 && double.IsFinite(v)),
            $"{field}.noise and {field}.offset", "must not be negative");
    }
}
