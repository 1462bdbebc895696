namespace NanoFormer.Data.Preparation;

/// <summary>Windows, where each was cut, and what was left out.</summary>
/// <param name="Windows">The windows.</param>
/// <param name="Origins">One for each window.</param>
/// <param name="Transitions">Places left out because too few of their samples share a label.</param>
/// <param name="Unlabelled">Places left out because most of their samples have no label.</param>
/// <param name="TooShort">Recordings, or runs of a label, shorter than a window.</param>
public sealed record CutWindows(
    WindowSet Windows, IReadOnlyList<WindowOrigin> Origins, int Transitions = 0, int Unlabelled = 0, int TooShort = 0)
{
    /// <summary>Windows that were read, with no more known of where they come from.</summary>
    public static CutWindows Of(WindowSet windows) =>
        new(windows, [.. Enumerable.Range(0, windows.Count).Select(_ => new WindowOrigin("", 0))]);

    /// <summary>The windows of these indices, in this order.</summary>
    public CutWindows Take(IReadOnlyList<int> indices) => new(Windows.Take(indices), [.. indices.Select(i => Origins[i])]);
}

/// <summary>Where a window was cut.</summary>
/// <param name="Recording">Name of the recording; empty when unknown.</param>
/// <param name="Start">Its first sample there.</param>
public sealed record WindowOrigin(string Recording, int Start);
