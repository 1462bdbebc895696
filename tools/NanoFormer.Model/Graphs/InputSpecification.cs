namespace NanoFormer.Model;

/// <summary>What a model is fed with.</summary>
/// <param name="Channels">Columns of a window, 1..64.</param>
/// <param name="WindowSamples">Rows of a window, 1..8192.</param>
/// <param name="HopSamples">Samples between the starts of two windows, at most a window.</param>
/// <param name="RateMillihertz">Samples in 1000 seconds.</param>
public sealed record InputSpecification(IReadOnlyList<InputChannel> Channels, int WindowSamples, int HopSamples, int RateMillihertz);

/// <summary>A column of the raw window.</summary>
/// <param name="Name">Such as <c>acc_x</c>; at most 15 printable ASCII characters.</param>
/// <param name="Unit">Such as <c>g</c> or <c>rad/s</c>; at most 7 printable ASCII characters.</param>
/// <param name="Scale">Units of one raw step, above 0.</param>
public sealed record InputChannel(string Name, string Unit, FixedMultiplier Scale)
{
    /// <summary>A channel whose raw step is a real number of units.</summary>
    public InputChannel(string name, string unit, double unitsPerStep)
        : this(name, unit, FixedMultiplier.FromReal(unitsPerStep))
    {
    }
}
