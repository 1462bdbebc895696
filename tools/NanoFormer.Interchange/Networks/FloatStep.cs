namespace NanoFormer.Interchange.Networks;

/// <summary>One step of a float network.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it alone writes.</param>
public abstract record FloatStep(FloatValue Input, FloatValue Output)
{
    /// <summary>All values it reads.</summary>
    public virtual IReadOnlyList<FloatValue> Inputs => [Input];
}
