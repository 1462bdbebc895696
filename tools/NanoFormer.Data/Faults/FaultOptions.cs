using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Data.Faults;

/// <summary>Faults to inject into windows of normal data, where recordings of real ones are not to be had.</summary>
public sealed record FaultOptions
{
    /// <summary>The usual deviation of each channel, in its unit; the size of a sensor's fault is a multiple of it.</summary>
    public required IReadOnlyList<double> Deviations { get; init; }

    /// <summary>How often each kind is drawn, relative to the others.</summary>
    public IReadOnlyDictionary<FaultKind, double> Kinds { get; init; } = Enum.GetValues<FaultKind>().ToDictionary(kind => kind, _ => 1.0);

    /// <summary>Channels of the accelerometer's axes, for an imbalance.</summary>
    [MinLength(2)]
    public IReadOnlyList<int> Accelerometer { get; init; } = [0, 1, 2];

    /// <summary>Channels of the gyroscope's axes; empty for none.</summary>
    public IReadOnlyList<int> Gyroscope { get; init; } = [];

    /// <summary>Lowest and highest frequency of an imbalance, in Hz.</summary>
    [Length(2, 2)]
    public IReadOnlyList<double> ImbalanceHz { get; init; } = [20, 55];

    /// <summary>Smallest and largest acceleration of an imbalance, in the accelerometer's unit.</summary>
    [Length(2, 2)]
    public IReadOnlyList<double> ImbalanceAmplitude { get; init; } = [0.5, 3];

    /// <summary>Smallest and largest turn rate for each unit of that acceleration at 30 Hz; it falls with the frequency.</summary>
    [Length(2, 2)]
    public IReadOnlyList<double> ImbalanceTurn { get; init; } = [1, 4];
}
