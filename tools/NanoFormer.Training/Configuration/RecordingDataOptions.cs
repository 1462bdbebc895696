using System.ComponentModel.DataAnnotations;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Training.Configuration;

/// <summary>How to cut recordings into windows, and whom to judge on.</summary>
public record RecordingDataOptions
{
    /// <summary>Samples in a window.</summary>
    [Range(1, 8192)]
    public required int WindowSamples { get; init; }

    /// <summary>Samples per second to resample to; null to keep the recordings' own.</summary>
    [Range(1e-3, 1e6)]
    public double? RateHz { get; init; }

    /// <summary>Samples between two windows to learn from; 0 for the device's hop, with which those to judge on are always cut.</summary>
    [Range(0, 8192)]
    public int TrainHopSamples { get; init; }

    /// <summary>The subjects judged on; the others are learnt from. Empty for the recordings' own split.</summary>
    public IReadOnlyList<string> TestSubjects { get; init; } = [];

    /// <summary>
    /// Classes, by the names they were recorded under, that are judged on and never learnt, in place of subjects: faults of another size,
    /// flights of another kind. Those of <see cref="ClassGroups"/> are told by what else is in their group.
    /// </summary>
    public IReadOnlyList<string> TestClasses { get; init; } = [];

    /// <summary>Classes that become one: its name, and the names they were recorded under. Those not named here stay as they are.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ClassGroups { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>
    /// Classes recorded of one subject only: part of each such recording, from its end, to judge on; before it as much as
    /// <see cref="TimeGap"/> of the recording is left out.
    /// </summary>
    public IReadOnlyDictionary<string, double> TimeSplit { get; init; } = new Dictionary<string, double>();

    /// <summary>Part of a recording that is left out between the two parts of a split by time.</summary>
    [Range(0, 0.5)]
    public double TimeGap { get; init; } = 0.05;

    /// <summary>
    /// Every recording is an installation that begins with normal samples: those are learnt from, set against themselves, and the rest is
    /// judged. Null to part recordings as said above.
    /// </summary>
    public InstallationOptions? Installation { get; init; }

    /// <summary>Name of a class for samples without label and of classes that are not listed; null to leave them out.</summary>
    public string? UnknownClass { get; init; }

    /// <summary>The classes, in order; empty for all that occur.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];
}
