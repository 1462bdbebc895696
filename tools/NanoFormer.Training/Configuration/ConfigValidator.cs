using System.Globalization;

namespace NanoFormer.Training.Configuration;

/// <summary>Checks the values of a configuration, and how they fit its data.</summary>
internal static class ConfigValidator
{
    public static void Validate(TrainingConfig config)
    {
        Require(IsModelId(config.Name), "name", "must be 1 to 31 printable ASCII characters without spaces");
        Validate(config.Data);
        Validate(config.Input);
        Validate(config.Architecture);
        Validate(config.FloatTraining);
        Validate(config.Augmentation);
        Validate(config.Quantization);
    }

    /// <summary>Checks the fields that depend on the windows trained on.</summary>
    public static void ValidateFor(TrainingConfig config, int windowSamples, int channels)
    {
        RequireFit(config.Input.Ranges.Count == channels, "input.ranges", $"must have one value for each of the {channels} channels");
        RequireFit(config.Input.HopSamples <= windowSamples, "input.hopSamples", $"must not exceed the window of {windowSamples} samples");
        RequireFit(config.Augmentation.Triads.All(t => t.All(c => c < channels)),
            "augmentation.triads", "names a channel that is not there");
        RequireFit(config.Architecture.Tokens(windowSamples) is >= 1 and <= 511, "architecture.convolutions", "must leave 1 to 511 tokens");
    }

    private static bool IsModelId(string name) => name.Length is >= 1 and <= 31 && name.All(c => c is > ' ' and <= '~');

    private static void Validate(DataOptions data)
    {
        RequireRange("data.slowMeanHz", data.SlowMeanHz, 1e-3, 10);
        if (data.Recordings is { } recordings)
        {
            Validate(recordings, "data.recordings");
        }
        if (data.Csv is { } csv)
        {
            Validate(csv, "data.csv");
            Require(csv.Columns.LabelColumn is not null, "data.csv.columns.labelColumn", "is needed");
            Require(csv.Columns.SubjectColumn is not null, "data.csv.columns.subjectColumn", "is needed");
            Require(csv.Columns.Channels.Count > 0 && csv.Columns.Channels.All(c => c.Scale > 0 && double.IsFinite(c.Scale)),
                "data.csv.columns.channels", "must be columns with a positive scale");
        }
    }

    private static void Validate(RecordingDataOptions recordings, string field)
    {
        RequireRange($"{field}.windowSamples", recordings.WindowSamples, 1, 8192);
        Require(recordings.TestSubjects.Count > 0, $"{field}.testSubjects", "must not be empty");
    }

    private static void Validate(InputOptions input)
    {
        Require(input.Ranges.Count > 0 && input.Ranges.All(r => r > 0 && double.IsFinite(r)), "input.ranges", "must be positive numbers");
        RequireRange("input.hopSamples", input.HopSamples, 1, 8192);
        RequireRange("input.gateThresholdPermille", input.GateThresholdPermille, 0, 1000);
    }

    private static void Validate(ArchitectureOptions architecture)
    {
        Require(architecture.Convolutions.Count > 0, "architecture.convolutions", "must not be empty");
        foreach (var conv in architecture.Convolutions)
        {
            RequireRange("architecture.convolutions.channels", conv.Channels, 1, 1024);
            RequireRange("architecture.convolutions.kernel", conv.Kernel, 1, 64);
            RequireRange("architecture.convolutions.stride", conv.Stride, 1, 64);
        }
        RequireRange("architecture.blocks", architecture.Blocks, 1, 12);
        RequireRange("architecture.heads", architecture.Heads, 1, 64);
        RequireRange("architecture.headColumns", architecture.HeadColumns, 1, 256);
        RequireRange("architecture.feedForward", architecture.FeedForward, 1, 4096);
    }

    private static void Validate(FloatTrainingOptions training)
    {
        RequireRange("floatTraining.epochs", training.Epochs, 1, 10_000);
        RequireRange("floatTraining.batchSize", training.BatchSize, 2, 65_536);
        RequireRange("floatTraining.learningRate", training.LearningRate, 1e-8, 1);
        RequireRange("floatTraining.weightDecay", training.WeightDecay, 0, 1);
        RequireRange("floatTraining.labelSmoothing", training.LabelSmoothing, 0, 0.5);
        RequireRange("floatTraining.dropout", training.Dropout, 0, 0.9);
    }

    private static void Validate(AugmentationOptions augmentation)
    {
        Require(augmentation.Triads.All(t => t.Count == 3 && t.All(c => c >= 0)),
            "augmentation.triads", "must be triples of channel numbers");
        RequireRange("augmentation.rotationDegrees", augmentation.RotationDegrees, 0, 180);
        RequireRange("augmentation.gain", augmentation.Gain, 0, 0.5);
        RequireRange("augmentation.timeWarp", augmentation.TimeWarp, 0, 0.5);
        Require(augmentation.Noise.Values.Concat(augmentation.Offset.Values).All(v => v >= 0 && double.IsFinite(v)),
            "augmentation.noise and augmentation.offset", "must not be negative");
    }

    private static void Validate(QuantizationOptions quantization)
    {
        RequireRange("quantization.epochs", quantization.Epochs, 1, 10_000);
        RequireRange("quantization.observeEpochs", quantization.ObserveEpochs, 1, quantization.Epochs);
        RequireRange("quantization.learningRate", quantization.LearningRate, 0, 1);
        RequireRange("quantization.rangeMomentum", quantization.RangeMomentum, 1e-4, 1);
    }

    private static void RequireRange(string field, double value, double low, double high) =>
        Require(value >= low && value <= high, field, string.Create(CultureInfo.InvariantCulture, $"is {value}, not in {low} .. {high}"));

    private static void Require(bool holds, string field, string problem) => Check(holds, ConfigError.OutOfRange, field, problem);

    private static void RequireFit(bool holds, string field, string problem) => Check(holds, ConfigError.Mismatch, field, problem);

    private static void Check(bool holds, ConfigError error, string field, string problem)
    {
        if (!holds)
        {
            throw new ConfigException(error, $"{field} {problem}.");
        }
    }
}
