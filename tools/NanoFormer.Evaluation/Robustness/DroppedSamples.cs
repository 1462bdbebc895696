using NanoFormer.Data;

namespace NanoFormer.Evaluation.Robustness;

/// <summary>Samples get lost; the one before is repeated, so that the window keeps its length.</summary>
/// <param name="Part">Part of the samples, 0..1.</param>
/// <param name="Seed">Seed of the choice.</param>
public sealed record DroppedSamples(double Part, int Seed)
    : Perturbation("dropped samples", FormattableString.Invariant($"{Part * 100:0.##} %"))
{
    /// <inheritdoc/>
    protected override Action<double[]> Change(WindowSet windows)
    {
        var random = new Random(Seed);
        int width = windows.Channels.Count;
        return window =>
        {
            for (int sample = width; sample < window.Length; sample += width)
            {
                if (random.NextDouble() < Part)
                {
                    Array.Copy(window, sample - width, window, sample, width);
                }
            }
        };
    }
}
