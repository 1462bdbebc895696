namespace NanoFormer.Training.Import;

/// <summary>A network of another tool as one that the trainer has.</summary>
/// <param name="WindowSamples">Samples in a window.</param>
/// <param name="Architecture">What it is made of.</param>
/// <param name="Ranges">For each channel the distance from its offset that becomes 1.</param>
/// <param name="Offsets">For each channel the value that becomes 0; empty for 0 on all.</param>
/// <param name="Weights">Parameters and norms by the trainer's names.</param>
public sealed record ImportedEncoder(int WindowSamples, ArchitectureOptions Architecture, IReadOnlyList<double> Ranges,
    IReadOnlyList<double> Offsets, IReadOnlyDictionary<string, WeightTensor> Weights)
{
    private const int LongestName = 31;

    /// <summary>
    /// The configuration to train it on with: <paramref name="like"/> with this network in it, or without one, common values for all that
    /// a network does not tell.
    /// </summary>
    /// <exception cref="ConfigException">The trainer has no network of these sizes, or none that streams as asked for.</exception>
    public TrainingConfig Configure(string name, TrainingConfig? like = null)
    {
        var common = like ?? Common(name);
        var config = common with
        {
            Architecture = Architecture with { Streaming = common.Architecture.Streaming },
            Input = common.Input with { Ranges = Ranges, Offsets = Offsets },
        };
        ConfigValidator.Validate(config);
        ConfigValidator.ValidateFor(config, WindowSamples, Ranges.Count);
        return config;
    }

    private TrainingConfig Common(string name) => new()
    {
        Name = new string([.. name.Where(c => c is > ' ' and <= '~').Take(LongestName)]) is { Length: > 0 } id ? id : "imported",
        Purpose = $"Imported from {name}.",
        Data = new DataOptions { Credit = "" },
        Input = new InputOptions { Ranges = Ranges, HopSamples = Math.Max(WindowSamples / 2, 1), GateThresholdPermille = 500 },
        Architecture = Architecture,
        FloatTraining = new FloatTrainingOptions
        {
            Epochs = 10,
            BatchSize = 64,
            LearningRate = 1e-3,
            WeightDecay = 0.05,
            LabelSmoothing = 0.1,
            Dropout = 0.1,
        },
        Augmentation = new AugmentationOptions(),
        Quantization = new QuantizationOptions { Epochs = 8, ObserveEpochs = 4, LearningRate = 1e-3 },
    };
}
