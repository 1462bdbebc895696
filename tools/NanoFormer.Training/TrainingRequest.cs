namespace NanoFormer.Training;

/// <summary>What <c>train</c> was asked to do.</summary>
public sealed record TrainingRequest
{
    /// <summary>The configuration file.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>Folder of packed windows with an official split, or of packed recordings; or a CSV file, or a folder of them.</summary>
    public required string Dataset { get; init; }

    /// <summary>Folder for the image and its card; made when it is not there.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// How many seeds, from <see cref="Seed"/> on, to train with; the model is that of the median, the others show the spread.
    /// </summary>
    public int Seeds { get; init; } = 1;

    /// <summary>
    /// Epochs in place of the configured ones: exactly as many in float, at most as many with rounding. Null to keep them.
    /// </summary>
    public int? Epochs { get; init; }

    /// <summary>For <see cref="TrainingRun.Prepare"/>: which of the configuration's other splits to train by, from 0; null for its own.</summary>
    public int? OtherSplit { get; init; }

    /// <summary>Settings in place of the configuration's, as <c>path=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Whether to take up a training that was stopped, from what it left in the output folder.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether to throw away what a training that was stopped left in the output folder, and begin again.</summary>
    public bool Restart { get; init; }

    /// <summary>A safetensors file to start from in place of random weights; null for none.</summary>
    public string? Weights { get; init; }

    /// <summary>The same, of another architecture: only weights whose names and shapes fit are taken.</summary>
    public string? WarmStart { get; init; }

    /// <summary>True to hold out the configured validation subjects and judge on them, leaving the official test part unread.</summary>
    public bool Validate { get; init; }

    /// <summary>
    /// Tells of the finished image whether it gets its <see cref="Model.PackedSection"/>, where the configuration does not ask for one anyway; null for no.
    /// </summary>
    public Func<byte[], bool>? Pack { get; init; }

    /// <summary>
    /// The program with the command <c>train</c>, and the arguments before that, to train several seeds side by side in processes of their
    /// own, and other splits; null to train one after the other in this one.
    /// </summary>
    public IReadOnlyList<string>? Program { get; init; }

    /// <summary>How many seeds train at a time where there is a <see cref="Program"/>.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The command line, for the card.</summary>
    public required string Command { get; init; }

    /// <summary>Told, before a training begins, what it will suffer from; null to be spared.</summary>
    public Action<string>? Warn { get; init; }
}
