namespace NanoFormer.Board;

/// <summary>One current consumption from the literature.</summary>
/// <param name="Id">Name by which board profiles refer to it.</param>
/// <param name="Chip">Chip it was given for.</param>
/// <param name="Mode">Power mode.</param>
/// <param name="Value">Value in <paramref name="Unit"/>.</param>
/// <param name="Unit">mA, uA or uA/MHz.</param>
/// <param name="Source">Where the value stands, and how it was derived where it was.</param>
/// <param name="Quality">measured (by ./run energy), primary, secondary, derived or assumed.</param>
public sealed record PowerFigure(string Id, string Chip, string Mode, double Value, string Unit, string Source, string Quality)
{
    /// <summary>The figure in mA, at a clock in MHz for figures per MHz.</summary>
    /// <exception cref="FormatException">The unit is not one of the three.</exception>
    public double Milliamps(double clockMegahertz) => Unit switch
    {
        "mA" => Value,
        "uA" => Value / 1000,
        "uA/MHz" => Value * clockMegahertz / 1000,
        _ => throw new FormatException($"Power figure {Id} has the unknown unit '{Unit}'."),
    };
}
