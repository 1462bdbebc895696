namespace NanoFormer.Training.Configuration;

/// <summary>Checks the values of a configuration, and how they fit its data.</summary>
internal static class ConfigValidator
{
    public static void Validate(TrainingConfig config)
    {
        Rules.Require(IsModelId(config.Name), "name", "must be 1 to 31 printable ASCII characters without spaces");
        Validate(config.Data);
        ScoreValidator.Validate(config.Data.Recordings?.Installation, config.Input, "data.recordings.installation");
        Rules.RequireFit(config.Data.Csv?.Installation is null,
            "data.csv.installation", "is for packed recordings; import the files first");
        Validate(config.Input);
        ArchitectureValidator.Validate(config.Architecture, "architecture");
        Validate(config.FloatTraining, "floatTraining");
        Validate(config.Distillation);
        Validate(config.Pruning);
        ScoreValidator.Validate(config.Faults, config.Architecture);
        Validate(config.Augmentation, "augmentation");
        Validate(config.ScoreTraining, config.Architecture);
        ScoreValidator.Validate(config.Denoising, config.Architecture);
        Validate(config.Quantization);
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
        var sameTokens = distillation.Architecture.Tokens(windowSamples) == config.Architecture.Tokens(windowSamples);
        Rules.RequireFit(!config.FloatTraining.EveryToken || sameTokens,
            "distillation.architecture.streams", "must make as many tokens as those of architecture, as every token is asked");
    }

    private static bool IsModelId(string name) => name.Length is >= 1 and <= 31 && name.All(c => c is > ' ' and <= '~');

    private static void Validate(DataOptions data)
    {
        Rules.RequireRange("data.rawHopSamples", data.RawHopSamples, 0, 8192);
        Rules.RequireRange("data.slowMeanHz", data.SlowMeanHz, 1e-3, 10);
        if (data.Recordings is { } recordings)
        {
            Validate(recordings, "data.recordings");
        }
        if (data.Csv is { } csv)
        {
            Validate(csv, "data.csv");
            Rules.Require(csv.Columns.LabelColumn is not null, "data.csv.columns.labelColumn", "is needed");
            Rules.Require(csv.Columns.SubjectColumn is not null, "data.csv.columns.subjectColumn", "is needed");
            Rules.Require(csv.Columns.Channels.Count > 0 && csv.Columns.Channels.All(c => c.Scale > 0 && double.IsFinite(c.Scale)),
                "data.csv.columns.channels", "must be columns with a positive scale");
        }
    }

    private static void Validate(RecordingDataOptions recordings, string field)
    {
        Rules.RequireRange($"{field}.windowSamples", recordings.WindowSamples, 1, 8192);
        Rules.RequireRange($"{field}.trainHopSamples", recordings.TrainHopSamples, 0, 8192);
        Rules.RequireRange($"{field}.timeGap", recordings.TimeGap, 0, 0.5);
        Rules.Require(recordings.TimeSplit.Values.All(part => part is > 0 and < 1),
            $"{field}.timeSplit", "must be parts above 0 and below 1");
    }

    private static void Validate(InputOptions input)
    {
        Rules.Require(input.Ranges.Count > 0 && input.Ranges.All(r => r > 0 && double.IsFinite(r)),
            "input.ranges", "must be positive numbers");
        Rules.Require(input.Offsets.All(double.IsFinite), "input.offsets", "must be numbers");
        Rules.RequireRange("input.hopSamples", input.HopSamples, 1, 8192);
        Rules.RequireRange("input.selfTestWindows", input.SelfTestWindows, 1, 7);
        Rules.RequireRange("input.gateThresholdPermille", input.GateThresholdPermille, 0, 1000);
    }

    private static void Validate(FloatTrainingOptions training, string field)
    {
        Rules.RequireRange($"{field}.epochs", training.Epochs, 1, 10_000);
        Rules.RequireRange($"{field}.batchSize", training.BatchSize, 2, 65_536);
        Rules.RequireRange($"{field}.learningRate", training.LearningRate, 1e-8, 1);
        Rules.RequireRange($"{field}.weightDecay", training.WeightDecay, 0, 1);
        Rules.RequireRange($"{field}.labelSmoothing", training.LabelSmoothing, 0, 0.5);
        Rules.RequireRange($"{field}.gradientNorm", training.GradientNorm, 0, 1000);
        Rules.RequireRange($"{field}.dropout", training.Dropout, 0, 0.9);
    }

    private static void Validate(DistillationOptions? distillation)
    {
        if (distillation is null)
        {
            return;
        }
        ArchitectureValidator.Validate(distillation.Architecture, "distillation.architecture");
        Validate(distillation.Training, "distillation.training");
        Rules.RequireRange("distillation.weight", distillation.Weight, 0, 1);
        Rules.RequireRange("distillation.temperature", distillation.Temperature, 0.1, 100);
    }

    private static void Validate(ScoreTrainingOptions? score, ArchitectureOptions architecture)
    {
        Rules.RequireFit(score is null == architecture.Scorer is null,
            "scoreTraining", "is for, and needed by, architecture.score.encoder");
        if (score is not null)
        {
            Validate(score.Training, "scoreTraining.training");
            Validate(score.Augmentation, "scoreTraining.augmentation");
        }
    }

    private static void Validate(PruningOptions? pruning)
    {
        if (pruning is null)
        {
            return;
        }
        Rules.RequireRange("pruning.heads", pruning.Heads, 0, 0.95);
        Rules.RequireRange("pruning.feedForward", pruning.FeedForward, 0, 0.95);
        Rules.RequireRange("pruning.steps", pruning.Steps, 1, 16);
        Rules.RequireRange("pruning.epochs", pruning.Epochs, 1, 10_000);
        Rules.RequireRange("pruning.learningRate", pruning.LearningRate, 1e-8, 1);
    }

    private static void Validate(AugmentationOptions augmentation, string field)
    {
        Rules.Require(augmentation.Triads.All(t => t.Count == 3 && t.All(c => c >= 0)),
            $"{field}.triads", "must be triples of channel numbers");
        Rules.RequireRange($"{field}.rotationDegrees", augmentation.RotationDegrees, 0, 180);
        Rules.RequireRange($"{field}.gain", augmentation.Gain, 0, 0.5);
        Rules.RequireRange($"{field}.timeWarp", augmentation.TimeWarp, 0, 0.5);
        Rules.RequireRange($"{field}.jitter", augmentation.Jitter, 0, 4);
        Rules.RequireRange($"{field}.dropped", augmentation.Dropped, 0, 0.5);
        Rules.RequireRange($"{field}.masked", augmentation.Masked, 0, 0.5);
        Rules.Require(augmentation.Noise.Values.Concat(augmentation.Offset.Values).All(v => v >= 0 && double.IsFinite(v)),
            $"{field}.noise and {field}.offset", "must not be negative");
    }

    private static void Validate(QuantizationOptions quantization)
    {
        Rules.RequireRange("quantization.epochs", quantization.Epochs, 0, 10_000);
        Rules.RequireRange("quantization.observeEpochs", quantization.ObserveEpochs, 0, quantization.Epochs);
        Rules.RequireRange("quantization.learningRate", quantization.LearningRate, 0, 1);
        Rules.RequireRange("quantization.percentile", quantization.Percentile, 90, 100);
        Rules.RequireRange("quantization.calibrationWindows", quantization.CalibrationWindows, 1, 1_000_000);
        Rules.RequireRange("quantization.rangeMomentum", quantization.RangeMomentum, 1e-4, 1);
    }
}
