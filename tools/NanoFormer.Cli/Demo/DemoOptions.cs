using NanoFormer.Board;

namespace NanoFormer.Cli.Demo;

/// <summary>What <c>demo</c> was asked to do.</summary>
/// <param name="ModelPath">Image, or folder of a shipped model; <see cref="NoModel"/> to collect without one.</param>
/// <param name="Recording">Packed data set or CSV file to replay; null for the synthetic wearer.</param>
/// <param name="Subject">Subject of the data set, null for the first; whom else's motion is collected as.</param>
/// <param name="Core">Where the model runs; when collecting, only the board of that core.</param>
/// <param name="Seed">Seed of the synthetic wearer and of the sensor's noise.</param>
/// <param name="Faults">Named faults to inject.</param>
/// <param name="JsonPath">File for the summary; null for none.</param>
/// <param name="CollectPath">File for the log of a device that collects training data; null for one that recognises.</param>
/// <param name="Label">What the collected samples are labelled with; null for no label.</param>
internal sealed record DemoOptions(
    string ModelPath,
    string? Recording,
    string? Subject,
    string Core,
    int Seed,
    IReadOnlyList<string> Faults,
    string? JsonPath,
    string? CollectPath,
    string? Label)
{
    /// <summary>Pseudo-terminal that the serial port is to be, at the pace of <see cref="Speed"/>; null for none.</summary>
    public string? SerialPath { get; init; }

    /// <summary>The device's id in the log's head: the pseudo-terminal's name, so that several can be told apart.</summary>
    public string DeviceId => SerialPath is null or SerialCable.Unnamed ? "simulated" : Path.GetFileName(SerialPath);

    /// <summary>File for the board's power and marker as an instrument would record them; null for none.</summary>
    public string? TracePath { get; init; }

    /// <summary>How many times as fast as real the replay goes on a pseudo-terminal.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>The board, by its id in power-figures.json; null for the one that goes with the core.</summary>
    public string? Board { get; init; }

    /// <summary>The sensor.</summary>
    public SensorPart Sensor { get; init; }

    /// <summary>Stands for no model at all.</summary>
    public const string NoModel = "none";
}
